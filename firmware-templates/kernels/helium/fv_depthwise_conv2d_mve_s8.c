#include "fv_depthwise_conv2d_mve_s8.h"

#include "fv_copy_bytes.h"
#include "fv_vector_scale.h"

#include <stdbool.h>

enum { LANES = 8 };

/* Even and odd channels of eight: what VMOVLB and VMOVLT make of eight int16. */
struct halves {
  int32x4_t even, odd;
};

/* Requantisation of eight channels. */
struct scale {
  struct halves bias, multiplier, shift;
  int32_t zero_point;
  const int8_t *table;
};

static inline struct halves halves_of(const int32_t *values) {
  const int32x4x2_t both = vld2q_s32(values);
  return (struct halves){both.val[0], both.val[1]};
}

static inline struct scale scale_of(const struct fv_conv2d_s8 *conv, int32_t channel) {
  const int16x8_t shift = vldrbq_s16(conv->shift + channel);
  return (struct scale){.bias = halves_of(conv->bias + channel),
                        .multiplier = halves_of(conv->multiplier + channel),
                        .shift = {vmovlbq_s16(shift), vmovltq_s16(shift)},
                        .zero_point = conv->out_zero_point,
                        .table = conv->table};
}

static inline struct halves plus(struct halves sums, int16x8_t products) {
  return (struct halves){vaddq_s32(sums.even, vmovlbq_s16(products)), vaddq_s32(sums.odd, vmovltq_s16(products))};
}

/* Products of eight channels and one tap. */
static inline int16x8_t products(const int8_t *x, const int8_t *w) { return vmulq_s16(vldrbq_s16(x), vldrbq_s16(w)); }

/* The window's sums of eight channels. rows: its rows, from the first tap and the first channel on. */
static inline __attribute__((always_inline)) struct halves sum_window(struct halves bias, const int8_t *const rows[],
                                                                      int32_t channel, const int8_t *w, int32_t step,
                                                                      int32_t height, int32_t width) {
  struct halves sums = bias;
#pragma GCC unroll 3
  for (int32_t ky = 0; ky < height; ky++) {
    const int8_t *x = rows[ky] + channel;
    int32_t kx = 0;
#pragma GCC unroll 3
    for (; kx + 1 < width; kx += 2, x += 2 * step, w += 2 * LANES) {
      sums = plus(sums, vaddq_s16(products(x, w), products(x + step, w + LANES)));
    }
    if (kx < width) {
      sums = plus(sums, products(x, w));
      w += LANES;
    }
  }
  return sums;
}

static inline void store(const struct scale *scale, struct halves sums, int8_t *out) {
  int16x8_t q = vdupq_n_s16(0);
  q = vqmovnbq_s32(q, fv_scaled(sums.even, scale->multiplier.even, scale->shift.even));
  q = vqmovntq_s32(q, fv_scaled(sums.odd, scale->multiplier.odd, scale->shift.odd));
  q = vqaddq_n_s16(q, (int16_t)scale->zero_point);
  q = vmaxq_s16(vminq_s16(q, vdupq_n_s16(INT8_MAX)), vdupq_n_s16(INT8_MIN));
  if (scale->table != NULL) {
    q = vldrbq_gather_offset_s16(scale->table, vreinterpretq_u16_s16(vaddq_n_s16(q, 128)));
  }
  vstrbq_s16(out, q);
}

/* Eight channels of n pixels, side by side; the first one's window begins at rows[ky]. */
static void store_pixels(const struct fv_conv2d_s8 *conv, const int8_t *const rows[], int32_t channel, int32_t n,
                         int8_t *out) {
  const int32_t height = conv->kernel_height, width = conv->kernel_width, step = conv->in_channels;
  const int8_t *w = conv->weights + channel * height * width;
  const struct scale scale = scale_of(conv, channel);
  int32_t at = channel;
  if (height == 3 && width == 3) {
    for (; n > 0; n--, at += conv->stride_x * step, out += step) {
      store(&scale, sum_window(scale.bias, rows, at, w, step, 3, 3), out + channel);
    }
  } else {
    for (; n > 0; n--, at += conv->stride_x * step, out += step) {
      store(&scale, sum_window(scale.bias, rows, at, w, step, height, width), out + channel);
    }
  }
}

/* A copy of one window, with in_zero_point where it lies outside the image. */
static void gather_window(const struct fv_conv2d_s8 *conv, const int8_t *const rows[], int32_t left, int8_t *to) {
  const int32_t channels = conv->in_channels, row_bytes = conv->kernel_width * channels;
  const int32_t before = left < 0 ? -left : 0;
  const int32_t beyond = left + conv->kernel_width - conv->in_width;
  const int32_t inside = conv->kernel_width - before - (beyond > 0 ? beyond : 0);
  for (int32_t ky = 0; ky < conv->kernel_height; ky++, to += row_bytes) {
    fv_fill_bytes(to, conv->in_zero_point, row_bytes);
    if (rows[ky] != NULL && inside > 0) {
      fv_copy_bytes(to + before * channels, rows[ky] + (left + before) * channels, inside * channels);
    }
  }
}

/* One row of outputs. rows[0] is that of the window's first tap; first: kernel_height pointers and a window. */
static void depthwise_row(const struct fv_conv2d_s8 *conv, const int8_t *const rows[], int8_t *out,
                          int32_t first_channel, int32_t n_channels, const int8_t **first) {
  const int32_t height = conv->kernel_height, channels = conv->in_channels;
  int8_t *const window = (int8_t *)(first + height);
  bool whole = true;
  for (int32_t ky = 0; ky < height; ky++) {
    whole = whole && rows[ky] != NULL;
  }
  for (int32_t x = 0, n = 1; x < conv->conv_width; x += n, out += n * channels) {
    const int32_t left = x * conv->stride_x - conv->pad_left;
    const int32_t last = conv->in_width - conv->kernel_width;
    const bool in_place = whole && left >= 0 && left <= last;
    n = in_place ? (last - left) / conv->stride_x + 1 : 1;
    n = n < conv->conv_width - x ? n : conv->conv_width - x;
    if (!in_place) {
      gather_window(conv, rows, left, window);
    }
    for (int32_t ky = 0; ky < height; ky++) {
      first[ky] = in_place ? rows[ky] + left * channels : window + ky * conv->kernel_width * channels;
    }
    for (int32_t c = first_channel; c < first_channel + n_channels; c += LANES) {
      store_pixels(conv, first, c, n, out);
    }
  }
}

void fv_depthwise_conv2d_mve_s8(const struct fv_depthwise_conv2d_s8 *depthwise, const int8_t *const rows[],
                                int8_t *const out[], int32_t first_row, int32_t n_rows, int32_t first_channel,
                                int32_t n_channels, void *scratch) {
  const struct fv_conv2d_s8 *conv = &depthwise->conv;
  (void)first_row;
  for (int32_t r = 0; r < n_rows; r++) {
    depthwise_row(conv, rows + r * conv->stride_y, out[r], first_channel, n_channels, scratch);
  }
}
