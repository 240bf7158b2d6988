#include "fv_max_pool_s8.h"
#include <stddef.h>
#include "fv_requant.h"

static int8_t most_of(const struct fv_max_pool_s8 *pool, const int8_t *const rows[], int32_t column, int32_t channel)
{
  int8_t most = -128;
  for (int32_t ky = 0; ky < pool->height; ky++) {
    if (!rows[ky]) {
      continue;
    }
    for (int32_t x = column; x < column + pool->width; x++) {
      if (x >= 0 && x < pool->in_width && rows[ky][x * pool->channels + channel] > most) {
        most = rows[ky][x * pool->channels + channel];
      }
    }
  }
  return most;
}

void fv_max_pool_s8(const struct fv_max_pool_s8 *pool, const int8_t *const rows[], int8_t *const out[],
                    int32_t n_rows)
{
  for (int32_t i = 0; i < n_rows; i++) {
    int8_t *y = out[i];
    for (int32_t x = 0; x < pool->out_width; x++) {
      for (int32_t c = 0; c < pool->channels; c++) {
        const int8_t most = most_of(pool, rows + i * pool->stride_y, x * pool->stride_x - pool->pad_left, c);
        *y++ = fv_clamp_s8(most, pool->act_min, pool->act_max);
      }
    }
  }
}
