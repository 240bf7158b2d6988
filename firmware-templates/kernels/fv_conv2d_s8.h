/* 2-D convolution of int8 images, with an optional 256-entry table and an optional max-pool behind it.
 *
 *   acc[o]  = bias[o] + sum over the window of (x - in_zero_point) * w[o]          int32, never overflows:
 *             the generator refuses models whose weights allow it
 *   conv[o] = clamp(out_zero_point + requantise(acc[o], multiplier[o], shift[o]), act_min, act_max)
 *   y       = maximum over the pool window of table[conv]
 *
 * requantise is TFLite's MultiplyByQuantizedMultiplier with two roundings (fv_requant.h).
 * Source: TFLite reference_integer_ops/conv.h, pooling.h; LeakyReLU and the like as a table, since any
 * one-input int8 operator is a function of 256 values.
 */
#ifndef FV_CONV2D_S8_H
#define FV_CONV2D_S8_H

#include <stdint.h>

/* Max-pool behind a convolution, over its rows and columns. Without a pool: 1 x 1, strides 1, pads 0. */
struct fv_fused_pool {
  uint8_t height, width;      /* window, 1..255 */
  uint8_t stride_y, stride_x; /* 1..255 */
  uint8_t pad_top, pad_left;  /* rows and columns of padding; they never win the maximum */
  uint16_t out_width;         /* columns written per output row */
};

/* How a variant that works in blocks cuts a call into pieces that its scratch holds; others do not read it. */
struct fv_blocks {
  uint16_t rows, columns;             /* of the output, at a time */
  uint16_t in_channels, out_channels; /* at a time */
  uint16_t sum_channels;              /* input channels that are summed before a change of form */
};

struct fv_conv2d_s8 {
  const int8_t *weights;     /* [out_channels][kernel_height][kernel_width][in_channels] */
  const int32_t *bias;       /* [out_channels], scale in_scale * weight_scale[o] */
  const int32_t *multiplier; /* [out_channels], Q31, 0 or 2^30 .. 2^31-1 */
  const int8_t *shift;       /* [out_channels], left when positive, -31 .. 30 */
  const int8_t *table;       /* [256], indexed by q + 128; NULL: none */
  uint16_t in_width, in_channels;
  uint16_t conv_height, conv_width; /* rows and columns before the pool */
  uint16_t out_channels;
  uint8_t kernel_height, kernel_width; /* 1..255 */
  uint8_t stride_y, stride_x;          /* 1..255 */
  uint8_t dilation_y, dilation_x;      /* 1..255 */
  uint8_t pad_top, pad_left;
  int16_t in_zero_point, out_zero_point; /* -128..127 */
  int8_t act_min, act_max;
  struct fv_fused_pool pool;
  struct fv_blocks blocks;
  uint16_t sparse_run; /* packed bytes of a run of sparse weights, for variants that read them: fv_sparse.h; 0: dense */
};

/* Computes output rows first_row .. first_row + n_rows - 1 (after the pool), output channels first_channel ..
 * first_channel + n_channels - 1.
 *
 * rows[i]: the input row (first_row * pool.stride_y - pool.pad_top) * stride_y - pad_top + i, laid out
 *          [in_width][in_channels]; NULL when that row lies outside the image. There are as many as the
 *          n_rows output rows reach.
 * out[i]:  output row first_row + i, laid out [pool.out_width][out_channels]; channels outside the asked range
 *          are left alone.
 * scratch: FV_CONV2D_S8_SCRATCH_<variant> bytes, 8-byte aligned; holds nothing between calls. Where the pool's
 *          windows overlap, convolution rows shared by two calls are computed in both.
 * Input, output and scratch do not overlap.
 */
void fv_conv2d_s8(const struct fv_conv2d_s8 *conv, const int8_t *const rows[], int8_t *const out[], int32_t first_row,
                  int32_t n_rows, int32_t first_channel, int32_t n_channels, void *scratch);

#endif
