#include "fv_fused.h"

#include <string.h>

static void take_maximum(const int8_t *x, int8_t *y, int32_t n) {
  for (int32_t i = 0; i < n; i++) {
    if (x[i] > y[i]) {
      y[i] = x[i];
    }
  }
}

void fv_pool_row(const struct fv_pool_ring *ring, int32_t c, int8_t *out) {
  const struct fv_conv2d_s8 *conv = ring->conv;
  const struct fv_fused_pool *pool = &conv->pool;
  const int32_t channels = ring->channels;
  for (int32_t x = 0; x < pool->out_width; x++) {
    int8_t *y = out + x * conv->out_channels;
    const int32_t left = x * pool->stride_x - pool->pad_left;
    const struct fv_taps columns = fv_taps_inside(left, conv->conv_width, pool->width, 1);
    memset(y, INT8_MIN, (size_t)channels);
    for (int32_t py = 0; py < pool->height; py++) {
      if (!fv_pool_row_exists(ring, c + py)) {
        continue;
      }
      const int8_t *row = fv_pool_slot(ring, c + py);
      for (int32_t px = columns.lo; px < columns.hi; px++) {
        take_maximum(row + (left + px) * channels, y, channels);
      }
    }
  }
}
