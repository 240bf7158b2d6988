/* The specification of fv_average_pool_s8.h in plain loops. */
#include "fv_average_pool_s8.h"

#include <stddef.h>

static int8_t mean_of_window(const struct fv_average_pool_s8 *pool, const int8_t *const rows[], int32_t left,
                             int32_t channel) {
  int32_t sum = 0;
  int32_t count = 0;
  for (int32_t py = 0; py < pool->height; py++) {
    if (rows[py] == NULL) {
      continue;
    }
    for (int32_t px = 0; px < pool->width; px++) {
      const int32_t x = left + px;
      if (x >= 0 && x < pool->in_width) {
        sum += rows[py][x * pool->channels + channel];
        count++;
      }
    }
  }
  const int32_t mean = (sum > 0 ? sum + count / 2 : sum - count / 2) / count;
  if (mean < pool->act_min) {
    return pool->act_min;
  }
  return (int8_t)(mean < pool->act_max ? mean : pool->act_max);
}

void fv_average_pool_s8(const struct fv_average_pool_s8 *pool, const int8_t *const rows[], int8_t *const out[],
                        int32_t n_rows) {
  for (int32_t r = 0; r < n_rows; r++, rows += pool->stride_y) {
    int8_t *y = out[r];
    for (int32_t x = 0; x < pool->out_width; x++) {
      const int32_t left = x * pool->stride_x - pool->pad_left;
      for (int32_t channel = 0; channel < pool->channels; channel++) {
        *y++ = mean_of_window(pool, rows, left, channel);
      }
    }
  }
}
