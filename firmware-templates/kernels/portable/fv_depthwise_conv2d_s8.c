#include "fv_depthwise_conv2d_s8.h"
#include "fv_convolve_rows.h"

/* Sum over the window of one output channel at one place; column is the leftmost input column. */
static int32_t accumulate(const struct fv_conv2d_s8 *conv, const int8_t *const rows[], int32_t column,
                          int32_t in_channel, int32_t out_channel)
{
  int32_t acc = conv->bias[out_channel];
  for (int32_t ky = 0; ky < conv->kernel_height; ky++) {
    const int8_t *row = rows[ky * conv->dilation_y];
    if (!row) {
      continue;
    }
    const int8_t *w = conv->weights + ky * conv->kernel_width * conv->out_channels + out_channel;
    for (int32_t kx = 0; kx < conv->kernel_width; kx++, w += conv->out_channels) {
      const int32_t x = column + kx * conv->dilation_x;
      if (x >= 0 && x < conv->in_width) {
        acc += (row[x * conv->in_channels + in_channel] - conv->in_zero_point) * *w;
      }
    }
  }
  return acc;
}

static void convolve_row(const struct fv_depthwise_conv2d_s8 *depthwise, const int8_t *const rows[], int8_t *out,
                         int32_t pixel_bytes, int32_t first_channel, int32_t n_channels)
{
  const struct fv_conv2d_s8 *conv = &depthwise->conv;
  for (int32_t x = 0; x < conv->conv_width; x++, out += pixel_bytes) {
    const int32_t column = x * conv->stride_x - conv->pad_left;
    for (int32_t c = 0; c < n_channels; c++) {
      const int32_t channel = first_channel + c;
      const int32_t acc = accumulate(conv, rows, column, channel / depthwise->depth_multiplier, channel);
      out[c] = fv_finish(conv, acc, channel);
    }
  }
}

void fv_depthwise_conv2d_s8(const struct fv_depthwise_conv2d_s8 *depthwise, const int8_t *const rows[],
                            int8_t *const out[], int32_t first_row, int32_t n_rows, int32_t first_channel,
                            int32_t n_channels, void *scratch)
{
  const struct fv_conv2d_s8 *conv = &depthwise->conv;
  if (!fv_has_pool(conv)) {
    for (int32_t i = 0; i < n_rows; i++) {
      convolve_row(depthwise, fv_rows_of(conv, rows, 0, i), out[i] + first_channel, conv->out_channels,
                   first_channel, n_channels);
    }
    return;
  }
  const struct fv_fused_pool *pool = &conv->pool;
  const int32_t first = first_row * pool->stride_y - pool->pad_top;
  int8_t *const held = scratch;
  int32_t next = first > 0 ? first : 0;
  for (int32_t i = 0; i < n_rows; i++) {
    const int32_t top = first + i * pool->stride_y;
    for (next = next > top ? next : top; next < top + pool->height && next < conv->conv_height; next++) {
      convolve_row(depthwise, fv_rows_of(conv, rows, first, next),
                   held + (next % pool->height) * conv->conv_width * n_channels, n_channels, first_channel,
                   n_channels);
    }
    fv_pool_row(conv, held, first_row + i, out[i], first_channel, n_channels);
  }
}
