#include "fv_resize_nearest_s8.h"
#include <string.h>

void fv_resize_nearest_s8(const struct fv_resize_nearest_s8 *resize, const int8_t *const rows[],
                          int8_t *const out[], int32_t first_row, int32_t n_rows)
{
  for (int32_t i = 0; i < n_rows; i++) {
    const int8_t *row = rows[resize->source_row[first_row + i]];
    for (int32_t x = 0; x < resize->out_width; x++) {
      memcpy(out[i] + x * resize->channels, row + resize->source_column[x] * resize->channels, resize->channels);
    }
  }
}
