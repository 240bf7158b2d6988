/* The specification of fv_depthwise_conv2d_s8.h in plain loops. */
#include "fv_depthwise_conv2d_s8.h"

#include "fv_fused.h"

#include <stddef.h>

/* Sum over the taps of one kernel row that fall inside the image. row: the input row from the channel on; left: the
 * column of tap 0, which may lie outside; w: the channel's weight of tap 0. */
static inline int32_t dot_row(const struct fv_conv2d_s8 *conv, const int8_t *row, int32_t left, const int8_t *w,
                              struct fv_taps taps) {
  const int32_t x_step = conv->dilation_x * conv->in_channels;
  const int32_t w_step = conv->out_channels;
  const int32_t zero_point = conv->in_zero_point;
  const int8_t *x = row + (left + taps.lo * conv->dilation_x) * conv->in_channels;
  int32_t sum = 0;
  w += taps.lo * w_step;
  for (int32_t n = taps.hi - taps.lo; n > 0; n--, x += x_step, w += w_step) {
    sum += (*x - zero_point) * *w;
  }
  return sum;
}

/* One row of the convolution, channels first .. first + n - 1. rows[0] is the input row of the window's first tap;
 * pixels of `out` are `pixel_bytes` apart. */
static void depthwise_row(const struct fv_depthwise_conv2d_s8 *depthwise, const int8_t *const rows[], int8_t *out,
                          int32_t pixel_bytes, int32_t first, int32_t n) {
  const struct fv_conv2d_s8 *conv = &depthwise->conv;
  const int32_t kernel_row_bytes = conv->kernel_width * conv->out_channels;
  for (int32_t x = 0; x < conv->conv_width; x++, out += pixel_bytes) {
    const int32_t left = x * conv->stride_x - conv->pad_left;
    const struct fv_taps taps = fv_taps_inside(left, conv->in_width, conv->kernel_width, conv->dilation_x);
    for (int32_t o = 0; o < n; o++) {
      const int32_t channel = first + o;
      const int32_t in_channel = channel / depthwise->depth_multiplier;
      const int8_t *filter = conv->weights + channel;
      int32_t acc = conv->bias[channel];
      for (int32_t ky = 0; ky < conv->kernel_height; ky++, filter += kernel_row_bytes) {
        const int8_t *row = rows[ky * conv->dilation_y];
        if (row != NULL && taps.lo < taps.hi) {
          acc += dot_row(conv, row + in_channel, left, filter, taps);
        }
      }
      out[o] = fv_fused_output(conv, channel, acc);
    }
  }
}

void fv_depthwise_conv2d_s8(const struct fv_depthwise_conv2d_s8 *depthwise, const int8_t *const rows[],
                            int8_t *const out[], int32_t first_row, int32_t n_rows, int32_t first_channel,
                            int32_t n_channels, void *scratch) {
  const struct fv_conv2d_s8 *conv = &depthwise->conv;
  const struct fv_fused_pool *pool = &conv->pool;
  if (!fv_has_pool(pool)) {
    for (int32_t r = 0; r < n_rows; r++) {
      depthwise_row(depthwise, rows + r * conv->stride_y, out[r] + first_channel, conv->out_channels, first_channel,
                    n_channels);
    }
    return;
  }
  const struct fv_pool_ring ring = {conv, scratch, first_row * pool->stride_y - pool->pad_top, n_channels};
  int32_t c = 0;
  for (int32_t r = 0; r < n_rows; r++) {
    const int32_t window = r * pool->stride_y;
    for (c = c > window ? c : window; c < window + pool->height; c++) {
      if (fv_pool_row_exists(&ring, c)) {
        depthwise_row(depthwise, rows + c * conv->stride_y, fv_pool_slot(&ring, c), n_channels, first_channel,
                      n_channels);
      }
    }
    fv_pool_row(&ring, window, out[r] + first_channel);
  }
}
