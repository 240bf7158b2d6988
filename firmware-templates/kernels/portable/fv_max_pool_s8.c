/* The specification of fv_max_pool_s8.h in plain loops. */
#include "fv_max_pool_s8.h"

#include <stddef.h>

static int8_t maximum_of_window(const struct fv_max_pool_s8 *pool, const int8_t *const rows[], int32_t left,
                                int32_t channel) {
  int8_t maximum = pool->act_min;
  for (int32_t py = 0; py < pool->height; py++) {
    if (rows[py] == NULL) {
      continue;
    }
    for (int32_t px = 0; px < pool->width; px++) {
      const int32_t x = left + px;
      if (x >= 0 && x < pool->in_width && rows[py][x * pool->channels + channel] > maximum) {
        maximum = rows[py][x * pool->channels + channel];
      }
    }
  }
  return maximum < pool->act_max ? maximum : pool->act_max;
}

void fv_max_pool_s8(const struct fv_max_pool_s8 *pool, const int8_t *const rows[], int8_t *const out[],
                    int32_t n_rows) {
  for (int32_t r = 0; r < n_rows; r++, rows += pool->stride_y) {
    int8_t *y = out[r];
    for (int32_t x = 0; x < pool->out_width; x++) {
      const int32_t left = x * pool->stride_x - pool->pad_left;
      for (int32_t channel = 0; channel < pool->channels; channel++) {
        *y++ = maximum_of_window(pool, rows, left, channel);
      }
    }
  }
}
