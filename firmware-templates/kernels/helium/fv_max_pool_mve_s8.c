#include "fv_max_pool_mve_s8.h"

#include <arm_mve.h>
#include <stddef.h>

enum { LANES = 16 };

static inline int32_t larger(int32_t a, int32_t b) { return a > b ? a : b; }
static inline int32_t smaller(int32_t a, int32_t b) { return a < b ? a : b; }

/* Sixteen channels, fewer at the end, of the window over columns column .. end - 1. */
static inline int8x16_t maximum_of_window(const struct fv_max_pool_s8 *pool, const int8_t *const rows[],
                                          int32_t column, int32_t end, int32_t channel, mve_pred16_t lanes) {
  const int32_t step = pool->channels;
  int8x16_t maximum = vdupq_n_s8(pool->act_min);
  for (int32_t py = 0; py < pool->height; py++) {
    if (rows[py] == NULL) {
      continue;
    }
    const int8_t *x = rows[py] + column * step + channel;
    for (int32_t n = end - column; n > 0; n--, x += step) {
      maximum = vmaxq_s8(maximum, vldrbq_z_s8(x, lanes));
    }
  }
  return maximum;
}

void fv_max_pool_mve_s8(const struct fv_max_pool_s8 *pool, const int8_t *const rows[], int8_t *const out[],
                        int32_t n_rows) {
  for (int32_t r = 0; r < n_rows; r++, rows += pool->stride_y) {
    int8_t *y = out[r];
    for (int32_t x = 0; x < pool->out_width; x++, y += pool->channels) {
      const int32_t left = x * pool->stride_x - pool->pad_left;
      const int32_t column = larger(left, 0), end = smaller(left + pool->width, pool->in_width);
      for (int32_t c = 0; c < pool->channels; c += LANES) {
        const mve_pred16_t lanes = vctp8q((uint32_t)(pool->channels - c));
        const int8x16_t maximum = maximum_of_window(pool, rows, column, end, c, lanes);
        vstrbq_p_s8(y + c, vminq_s8(maximum, vdupq_n_s8(pool->act_max)), lanes);
      }
    }
  }
}
