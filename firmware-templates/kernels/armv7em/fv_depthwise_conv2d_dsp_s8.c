#include "fv_depthwise_conv2d_dsp_s8.h"

#include "fv_dot.h"
#include "fv_scale.h"

/* Two taps of one channel. */
typedef int16x2_t pair;

enum { LANES = 4 };

/* Columns under a row of windows. */
static int32_t columns_of(const struct fv_conv2d_s8 *conv) {
  return (conv->conv_width - 1) * conv->stride_x + conv->kernel_width;
}

/* Two rows of four channels as pairs, [column][lane]; NULL is padding, and a lower row that is not part of the window
 * meets weights of 0. */
static void expand_rows(const struct fv_conv2d_s8 *conv, const int8_t *upper, const int8_t *lower, pair *to) {
  const uint32_t padding = (uint8_t)conv->in_zero_point * 0x01010101u;
  const int8_t *const outside = (const int8_t *)&padding;
  const int32_t columns = columns_of(conv), left = conv->pad_left;
  const int32_t inside = columns - left < conv->in_width ? columns - left : conv->in_width;
  const int32_t right = columns - left - inside;
  const struct fv_row_pair rows = {upper != NULL ? upper : outside, lower != NULL ? lower : outside,
                                   upper != NULL ? conv->in_channels : 0, lower != NULL ? conv->in_channels : 0};
  const struct fv_row_pair none = {outside, outside, 0, 0};
  if (left > 0) {
    fv_interleave_rows(&none, to, left);
  }
  fv_interleave_rows(&rows, to + left * LANES, inside);
  if (right > 0) {
    fv_interleave_rows(&none, to + (left + inside) * LANES, right);
  }
}

/* Rows of sums of one channel, of windows of 3 x 3; with stride 1 two windows at a time share two columns. */
static void sum_3x3(const struct fv_conv2d_s8 *conv, int32_t bias, const pair *upper, const pair *lower,
                    const pair *weights, int32_t *sums) {
  const pair w0 = weights[0], w1 = weights[1], w2 = weights[2], w3 = weights[3], w4 = weights[4], w5 = weights[5];
  const int32_t *const end = sums + conv->conv_width;
  if (conv->stride_x == 1) {
    for (const int32_t *const last = end - 1; sums < last; sums += 2, upper += 2 * LANES, lower += 2 * LANES) {
      int32_t first = __smlad(upper[0], w0, bias);
      int32_t second = __smlad(upper[LANES], w0, bias);
      first = __smlad(upper[LANES], w2, first);
      second = __smlad(upper[2 * LANES], w2, second);
      first = __smlad(upper[2 * LANES], w4, first);
      second = __smlad(upper[3 * LANES], w4, second);
      first = __smlad(lower[0], w1, first);
      second = __smlad(lower[LANES], w1, second);
      first = __smlad(lower[LANES], w3, first);
      second = __smlad(lower[2 * LANES], w3, second);
      sums[0] = __smlad(lower[2 * LANES], w5, first);
      sums[1] = __smlad(lower[3 * LANES], w5, second);
    }
  }
  const int32_t step = conv->stride_x * LANES;
  for (; sums != end; sums++, upper += step, lower += step) {
    int32_t sum = __smlad(upper[0], w0, bias);
    sum = __smlad(lower[0], w1, sum);
    sum = __smlad(upper[LANES], w2, sum);
    sum = __smlad(lower[LANES], w3, sum);
    sum = __smlad(upper[2 * LANES], w4, sum);
    *sums = __smlad(lower[2 * LANES], w5, sum);
  }
}

/* The same for any window: x is [pair of rows][column][lane]. */
static inline __attribute__((always_inline)) void sum_window(const struct fv_conv2d_s8 *conv, int32_t bias,
                                                             const pair *x, const pair *weights, int32_t *sums,
                                                             int32_t width, int32_t pairs) {
  const int32_t row = columns_of(conv) * LANES;
  for (int32_t i = 0; i < conv->conv_width; i++, x += conv->stride_x * LANES) {
    int32_t sum = bias;
    for (int32_t p = 0; p < pairs; p++) {
#pragma GCC unroll 5
      for (int32_t kx = 0; kx < width; kx++) {
        sum = __smlad(x[p * row + kx * LANES], weights[kx * pairs + p], sum);
      }
    }
    sums[i] = sum;
  }
}

static void store(const struct fv_scale *scale, const int32_t *sums, int32_t n, int8_t *out, int32_t step) {
  const int32_t multiplier = scale->multiplier, shift = scale->shift, offset = scale->offset;
  const int8_t *const of_zero = scale->of_zero;
  if (of_zero == NULL) {
    for (const int32_t *const end = sums + n; sums != end; sums++, out += step) {
      *out = (int8_t)fv_scaled(*sums, multiplier, shift, offset);
    }
  } else {
    for (const int32_t *const end = sums + n; sums != end; sums++, out += step) {
      *out = of_zero[fv_scaled(*sums, multiplier, shift, offset)];
    }
  }
}

/* A row of outputs of four channels. */
static void depthwise_row(const struct fv_conv2d_s8 *conv, const pair *x, int32_t channel, int32_t *sums,
                          int8_t *out) {
  const int32_t pairs = (conv->kernel_height + 1) / 2;
  const pair *weights = (const pair *)conv->weights + channel * conv->kernel_width * pairs;
  for (int32_t lane = 0; lane < LANES; lane++, weights += conv->kernel_width * pairs) {
    const struct fv_scale scale = fv_scale_of(conv, channel + lane);
    const int32_t bias = conv->bias[channel + lane];
    if (conv->kernel_width == 3 && pairs == 2) {
      sum_3x3(conv, bias, x + lane, x + columns_of(conv) * LANES + lane, weights, sums);
    } else if (conv->kernel_width == 5 && pairs == 3) {
      sum_window(conv, bias, x + lane, weights, sums, 5, 3);
    } else {
      sum_window(conv, bias, x + lane, weights, sums, conv->kernel_width, pairs);
    }
    store(&scale, sums, conv->conv_width, out + channel + lane, conv->out_channels);
  }
}

void fv_depthwise_conv2d_dsp_s8(const struct fv_depthwise_conv2d_s8 *depthwise, const int8_t *const rows[],
                                int8_t *const out[], int32_t first_row, int32_t n_rows, int32_t first_channel,
                                int32_t n_channels, void *scratch) {
  const struct fv_conv2d_s8 *conv = &depthwise->conv;
  const int32_t pairs = (conv->kernel_height + 1) / 2;
  const int32_t row_pairs = columns_of(conv) * LANES;
  pair *const x = scratch;
  int32_t *const sums = (int32_t *)scratch + row_pairs * pairs;
  (void)first_row;
  for (int32_t r = 0; r < n_rows; r++) {
    const int8_t *const *window = rows + r * conv->stride_y;
    for (int32_t c = first_channel; c < first_channel + n_channels; c += LANES) {
      for (int32_t p = 0; p < pairs; p++) {
        const int8_t *upper = window[2 * p];
        const int8_t *lower = 2 * p + 1 < conv->kernel_height ? window[2 * p + 1] : NULL;
        expand_rows(conv, upper != NULL ? upper + c : NULL, lower != NULL ? lower + c : NULL, x + p * row_pairs);
      }
      depthwise_row(conv, x, c, sums, out[r]);
    }
  }
}
