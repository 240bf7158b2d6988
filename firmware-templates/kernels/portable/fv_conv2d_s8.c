#include "fv_convolve_rows.h"

/* Sum over the window of output channel weights w at one place; column is the leftmost input column. */
static int32_t accumulate(const struct fv_conv2d_s8 *conv, const int8_t *const rows[], int32_t column,
                          const int8_t *w, int32_t acc)
{
  const int32_t channels = conv->in_channels;
  const int32_t zero = conv->in_zero_point;
  for (int32_t ky = 0; ky < conv->kernel_height; ky++) {
    const int8_t *row = rows[ky * conv->dilation_y];
    if (!row) {
      w += conv->kernel_width * channels;
      continue;
    }
    for (int32_t kx = 0; kx < conv->kernel_width; kx++, w += channels) {
      const int32_t x = column + kx * conv->dilation_x;
      if (x < 0 || x >= conv->in_width) {
        continue;
      }
      const int8_t *pixel = row + x * channels;
      for (int32_t c = 0; c < channels; c++) {
        acc += (pixel[c] - zero) * w[c];
      }
    }
  }
  return acc;
}

/* One row of convolution results; out holds pixels of `pixel_bytes`, and receives n_channels of each. */
static void convolve_row(const struct fv_conv2d_s8 *conv, const int8_t *const rows[], int8_t *out,
                         int32_t pixel_bytes, int32_t first_channel, int32_t n_channels)
{
  const int32_t filter = conv->kernel_height * conv->kernel_width * conv->in_channels;
  for (int32_t x = 0; x < conv->conv_width; x++, out += pixel_bytes) {
    const int32_t column = x * conv->stride_x - conv->pad_left;
    const int8_t *w = conv->weights + first_channel * filter;
    for (int32_t c = 0; c < n_channels; c++, w += filter) {
      const int32_t channel = first_channel + c;
      out[c] = fv_finish(conv, accumulate(conv, rows, column, w, conv->bias[channel]), channel);
    }
  }
}

void fv_conv2d_s8(const struct fv_conv2d_s8 *conv, const int8_t *const rows[], int8_t *const out[],
                  int32_t first_row, int32_t n_rows, int32_t first_channel, int32_t n_channels, void *scratch)
{
  if (!fv_has_pool(conv)) {
    for (int32_t i = 0; i < n_rows; i++) {
      convolve_row(conv, fv_rows_of(conv, rows, 0, i), out[i] + first_channel, conv->out_channels, first_channel,
                   n_channels);
    }
    return;
  }
  const struct fv_fused_pool *pool = &conv->pool;
  const int32_t first = first_row * pool->stride_y - pool->pad_top;
  int8_t *const held = scratch;
  int32_t next = first > 0 ? first : 0; /* convolution row to compute next */
  for (int32_t i = 0; i < n_rows; i++) {
    const int32_t top = first + i * pool->stride_y;
    for (next = next > top ? next : top; next < top + pool->height && next < conv->conv_height; next++) {
      convolve_row(conv, fv_rows_of(conv, rows, first, next),
                   held + (next % pool->height) * conv->conv_width * n_channels, n_channels, first_channel,
                   n_channels);
    }
    fv_pool_row(conv, held, first_row + i, out[i], first_channel, n_channels);
  }
}
