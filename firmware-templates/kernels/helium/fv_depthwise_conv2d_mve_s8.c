#include "fv_depthwise_conv2d_mve_s8.h"

#include "fv_copy_bytes.h"
#include "fv_depthwise_3x3.h"
#include "fv_vector_scale.h"


/* Phases come one after another, so their frames need not add up. */
#define PHASE __attribute__((noinline))

enum { LANES = 8, TABLE_ZERO = 128 };

static void split(const int32_t *values, struct fv_halves *halves) {
  const int32x4x2_t both = vld2q_s32(values);
  vst1q_s32(halves->even, both.val[0]);
  vst1q_s32(halves->odd, both.val[1]);
}

static void scale_of(const struct fv_conv2d_s8 *conv, int32_t channel, struct fv_eight_channels *scale) {
  const int16x8_t shift = vldrbq_s16(conv->shift + channel);
  vst1q_s32(scale->shift.even, vmovlbq_s16(shift));
  vst1q_s32(scale->shift.odd, vmovltq_s16(shift));
  split(conv->bias + channel, &scale->bias);
  split(conv->multiplier + channel, &scale->multiplier);
}

/* Sums of a window of any size, of four channels. rows: from the first tap and the first channel on. */
static int32x4_t sum_window(const struct fv_conv2d_s8 *conv, const int8_t *const rows[], int32_t at, const int8_t *w,
                            int32x4_t sum) {
  for (int32_t ky = 0; ky < conv->kernel_height; ky++) {
    const int8_t *x = rows[ky] + at;
    for (int32_t kx = 0; kx < conv->kernel_width; kx++, x += conv->in_channels, w += LANES) {
      sum = vaddq_s32(sum, vmulq_s32(vldrbq_s32(x), vldrbq_s32(w)));
    }
  }
  return sum;
}

/* Eight channels of n pixels of any window, side by side; the first one's begins at rows[ky]. */
PHASE static void store_pixels(const struct fv_conv2d_s8 *conv, const int8_t *const rows[], int32_t channel, int32_t n,
                         int8_t *out) {
  const mve_pred16_t all = vctp32q(4);
  const int8_t *weights = conv->weights + channel * conv->kernel_height * conv->kernel_width;
  for (int32_t c = 0; c < LANES; c += 4) {
    const struct fv_vector_scale scale = fv_vector_scale_of(conv, channel + c, all);
    const int32x4_t bias = vldrwq_s32(conv->bias + channel + c);
    int32_t at = channel + c;
    for (int32_t i = 0; i < n; i++, at += conv->stride_x * conv->in_channels) {
      const int32x4_t sum = sum_window(conv, rows, at, weights + c, bias);
      fv_store_scaled(&scale, scale.of_zero, sum, all, out + i * conv->in_channels + channel + c);
    }
  }
}

/* The same of 3 x 3. */
PHASE static void store_pixels_3x3(const struct fv_conv2d_s8 *conv, const int8_t *const rows[], int32_t channel, int32_t n,
                             int8_t *out) {
  struct fv_eight_channels scale;
  scale_of(conv, channel, &scale);
  const int32_t offset = conv->table != NULL ? TABLE_ZERO : 0;
  const struct fv_depthwise_3x3 pixels = {.rows = {rows[0] + channel, rows[1] + channel, rows[2] + channel},
                                          .weights = conv->weights + channel * 9,
                                          .out = out + channel,
                                          .n = n,
                                          .channels = conv->in_channels,
                                          .step = conv->stride_x * conv->in_channels,
                                          .offset = conv->out_zero_point + offset,
                                          .low = INT8_MIN + offset,
                                          .high = INT8_MAX + offset,
                                          .table = conv->table,
                                          .scale = &scale};
  fv_depthwise_3x3(&pixels);
}

/* A copy of one window, with in_zero_point where it lies outside the image. */
PHASE static void gather_window(const struct fv_conv2d_s8 *conv, const int8_t *const rows[], int32_t left, int8_t *to) {
  const int32_t channels = conv->in_channels, row_bytes = conv->kernel_width * channels;
  const int32_t before = left < 0 ? -left : 0;
  const int32_t beyond = left + conv->kernel_width - conv->in_width;
  const int32_t inside = conv->kernel_width - before - (beyond > 0 ? beyond : 0);
  for (int32_t ky = 0; ky < conv->kernel_height; ky++, to += row_bytes) {
    fv_fill_bytes(to, conv->in_zero_point, row_bytes);
    if (inside > 0) {
      fv_copy_bytes(to + before * channels, rows[ky] + (left + before) * channels, inside * channels);
    }
  }
}

/* A call's scratch: see FV_DEPTHWISE_CONV2D_MVE_S8_SCRATCH_HELIUM. */
struct scratch {
  const int8_t **rows;  /* of the windows to compute */
  const int8_t **image; /* rows under the output row: in the image, or padding */
  int8_t *padding, *window;
};

static struct scratch scratch_of(const struct fv_conv2d_s8 *conv, void *at) {
  struct scratch scratch = {.rows = at};
  scratch.image = scratch.rows + conv->kernel_height;
  scratch.padding = (int8_t *)(scratch.image + conv->kernel_height);
  scratch.window = scratch.padding + conv->in_width * conv->in_channels;
  fv_fill_bytes(scratch.padding, conv->in_zero_point, conv->in_width * conv->in_channels);
  return scratch;
}

/* One row of outputs. */
static void depthwise_row(const struct fv_conv2d_s8 *conv, const struct scratch *scratch, int8_t *out,
                          int32_t first_channel, int32_t n_channels) {
  const int32_t height = conv->kernel_height, channels = conv->in_channels;
  const int32_t last = conv->in_width - conv->kernel_width;
  for (int32_t x = 0, n = 1; x < conv->conv_width; x += n, out += n * channels) {
    const int32_t left = x * conv->stride_x - conv->pad_left;
    const int32_t inside = left >= 0 && left <= last;
    n = inside ? (last - left) / conv->stride_x + 1 : 1;
    n = n < conv->conv_width - x ? n : conv->conv_width - x;
    if (!inside) {
      gather_window(conv, scratch->image, left, scratch->window);
    }
    for (int32_t ky = 0; ky < height; ky++) {
      scratch->rows[ky] = inside ? scratch->image[ky] + left * channels
                                 : scratch->window + ky * conv->kernel_width * channels;
    }
    for (int32_t c = first_channel; c < first_channel + n_channels; c += LANES) {
      if (height == 3 && conv->kernel_width == 3) {
        store_pixels_3x3(conv, scratch->rows, c, n, out);
      } else {
        store_pixels(conv, scratch->rows, c, n, out);
      }
    }
  }
}

void fv_depthwise_conv2d_mve_s8(const struct fv_depthwise_conv2d_s8 *depthwise, const int8_t *const rows[],
                                int8_t *const out[], int32_t first_row, int32_t n_rows, int32_t first_channel,
                                int32_t n_channels, void *scratch_) {
  const struct fv_conv2d_s8 *conv = &depthwise->conv;
  const struct scratch scratch = scratch_of(conv, scratch_);
  (void)first_row;
  for (int32_t r = 0; r < n_rows; r++, rows += conv->stride_y) {
    for (int32_t ky = 0; ky < conv->kernel_height; ky++) {
      scratch.image[ky] = rows[ky] != NULL ? rows[ky] : scratch.padding;
    }
    depthwise_row(conv, &scratch, out[r], first_channel, n_channels);
  }
}
