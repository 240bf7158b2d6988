#include "fv_depthwise_conv2d_neon_s8.h"

#include "fv_neon_scale.h"
#include "fv_parallel.h"

#include <stddef.h>

struct call {
  const struct fv_conv2d_s8 *conv;
  const int8_t *const *rows;
  int8_t *const *out;
  int32_t n_rows;
  int32_t first_group, end_group; /* whole groups of eight channels */
};

/* A group of eight channels. */
struct group {
  struct fv_neon_scale scale;
  int32x4_t first_bias, second_bias;
  const int8_t *weights; /* [kernel_height][kernel_width][8] */
  int32_t channel;       /* the first */
};

struct eight {
  int32x4_t first, second;
};

static inline struct eight plus(struct eight sum, int16x8_t products) {
  return (struct eight){vaddw_s16(sum.first, vget_low_s16(products)), vaddw_s16(sum.second, vget_high_s16(products))};
}

/* The sums of a window of 3 x 3, all inside: two products at a time in 16 bits. */
static inline struct eight window_of_3(const int8_t *const x[3], int32_t at, int32_t step, const int8x8_t w[9],
                                       struct eight sum) {
  const int8_t *const a = x[0] + at, *const b = x[1] + at, *const c = x[2] + at;
  sum = plus(sum, vmlal_s8(vmull_s8(vld1_s8(a), w[0]), vld1_s8(a + step), w[1]));
  sum = plus(sum, vmlal_s8(vmull_s8(vld1_s8(a + 2 * step), w[2]), vld1_s8(b), w[3]));
  sum = plus(sum, vmlal_s8(vmull_s8(vld1_s8(b + step), w[4]), vld1_s8(b + 2 * step), w[5]));
  sum = plus(sum, vmlal_s8(vmull_s8(vld1_s8(c), w[6]), vld1_s8(c + step), w[7]));
  return plus(sum, vmull_s8(vld1_s8(c + 2 * step), w[8]));
}

/* One pixel with any window; rows[0] is the row of its first tap. */
static void any_pixel(const struct fv_conv2d_s8 *conv, const struct group *group, const int8_t *const rows[],
                      int32_t left, int8_t *out) {
  const int8x8_t padding = vdup_n_s8((int8_t)conv->in_zero_point);
  const int8_t *w = group->weights;
  struct eight sum = {group->first_bias, group->second_bias};
  for (int32_t ky = 0; ky < conv->kernel_height; ky++) {
    const int8_t *row = rows[ky * conv->dilation_y];
    for (int32_t kx = 0; kx < conv->kernel_width; kx++, w += FV_LANES) {
      const int32_t x = left + kx * conv->dilation_x;
      const int inside = row != NULL && x >= 0 && x < conv->in_width;
      const int8x8_t value = inside ? vld1_s8(row + x * conv->in_channels + group->channel) : padding;
      sum = plus(sum, vmull_s8(value, vld1_s8(w)));
    }
  }
  fv_neon_store(&group->scale, sum.first, sum.second, out);
}

/* Pixels from .. end - 1 of a row, whose windows of 3 x 3 lie inside. */
static void pixels_of_3(const struct fv_conv2d_s8 *conv, const struct group *group, const int8_t *const rows[],
                        int32_t from, int32_t end, int8_t *out) {
  const int32_t step = conv->in_channels, at = (from * conv->stride_x - conv->pad_left) * step + group->channel;
  const int8_t *const x[3] = {rows[0] + at, rows[1] + at, rows[2] + at};
  const struct eight bias = {group->first_bias, group->second_bias};
  int8x8_t w[9];
#pragma GCC unroll 9
  for (int32_t i = 0; i < 9; i++) {
    w[i] = vld1_s8(group->weights + i * FV_LANES);
  }
  for (int32_t i = 0; i < end - from; i++, out += conv->out_channels) {
    const struct eight sum = window_of_3(x, i * conv->stride_x * step, step, w, bias);
    fv_neon_store(&group->scale, sum.first, sum.second, out);
  }
}

/* Pixels whose windows of 3 x 3 lie inside; from the width to the width where there are none. */
struct span {
  int32_t from, end;
};

static struct span inside_of_3(const struct fv_conv2d_s8 *conv, const int8_t *const rows[]) {
  const int32_t stride = conv->stride_x, width = conv->conv_width, room = conv->in_width + conv->pad_left - 3;
  if (conv->kernel_height == 3 && conv->kernel_width == 3 && conv->dilation_x == 1 && conv->dilation_y == 1 &&
      rows[0] != NULL && rows[1] != NULL && rows[2] != NULL && room >= 0) {
    const int32_t from = (conv->pad_left + stride - 1) / stride, end = room / stride + 1;
    if (from < end) {
      return (struct span){from, end < width ? end : width};
    }
  }
  return (struct span){width, width};
}

static void row_of_group(const struct fv_conv2d_s8 *conv, const struct group *group, const int8_t *const rows[],
                         int8_t *out) {
  const struct span inside = inside_of_3(conv, rows);
  const int32_t step = conv->out_channels;
  int8_t *const to = out + group->channel;
  for (int32_t x = 0; x < inside.from; x++) {
    any_pixel(conv, group, rows, x * conv->stride_x - conv->pad_left, to + x * step);
  }
  if (inside.from < inside.end) {
    pixels_of_3(conv, group, rows, inside.from, inside.end, to + inside.from * step);
  }
  for (int32_t x = inside.end; x < conv->conv_width; x++) {
    any_pixel(conv, group, rows, x * conv->stride_x - conv->pad_left, to + x * step);
  }
}

static void compute_group(const struct call *call, int32_t index) {
  const struct fv_conv2d_s8 *conv = call->conv;
  const int32_t last = conv->out_channels - FV_LANES;
  struct group group = {.channel = index * FV_LANES < last ? index * FV_LANES : last};
  group.weights = conv->weights + index * conv->kernel_height * conv->kernel_width * FV_LANES;
  group.scale = fv_neon_scale_of(conv, group.channel, FV_LANES);
  group.first_bias = vld1q_s32(conv->bias + group.channel);
  group.second_bias = vld1q_s32(conv->bias + group.channel + 4);
  for (int32_t r = 0; r < call->n_rows; r++) {
    row_of_group(conv, &group, call->rows + r * conv->stride_y, call->out[r]);
  }
}

/* Whole groups of channels go round the parts. */
static void compute_part(const void *context, int32_t part, int32_t parts) {
  const struct call *call = context;
  for (int32_t g = call->first_group + part; g < call->end_group; g += parts) {
    compute_group(call, g);
  }
}

void fv_depthwise_conv2d_neon_s8(const struct fv_depthwise_conv2d_s8 *depthwise, const int8_t *const rows[],
                                 int8_t *const out[], int32_t first_row, int32_t n_rows, int32_t first_channel,
                                 int32_t n_channels, void *scratch) {
  const struct fv_conv2d_s8 *conv = &depthwise->conv;
  const struct call call = {conv, rows, out, n_rows, first_channel / FV_LANES, (first_channel + n_channels) / FV_LANES};
  (void)first_row, (void)scratch;
  fv_parallel(compute_part, &call);
  if (n_channels % FV_LANES != 0) {
    compute_group(&call, call.end_group); /* it shares channels with the one before */
  }
}
