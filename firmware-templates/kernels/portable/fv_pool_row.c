#include "fv_convolve_rows.h"

static int8_t pool_value(const struct fv_conv2d_s8 *conv, const int8_t *scratch, int32_t row, int32_t column,
                         int32_t channel, int32_t n_channels)
{
  const struct fv_fused_pool *pool = &conv->pool;
  int8_t most = -128;
  for (int32_t y = row; y < row + pool->height; y++) {
    if (y < 0 || y >= conv->conv_height) {
      continue;
    }
    const int8_t *line = scratch + (y % pool->height) * conv->conv_width * n_channels;
    for (int32_t x = column; x < column + pool->width; x++) {
      if (x >= 0 && x < conv->conv_width && line[x * n_channels + channel] > most) {
        most = line[x * n_channels + channel];
      }
    }
  }
  return most;
}

void fv_pool_row(const struct fv_conv2d_s8 *conv, const int8_t *scratch, int32_t row, int8_t *out,
                 int32_t first_channel, int32_t n_channels)
{
  const struct fv_fused_pool *pool = &conv->pool;
  for (int32_t x = 0; x < pool->out_width; x++) {
    for (int32_t c = 0; c < n_channels; c++) {
      out[x * conv->out_channels + first_channel + c] = pool_value(
          conv, scratch, row * pool->stride_y - pool->pad_top, x * pool->stride_x - pool->pad_left, c, n_channels);
    }
  }
}
