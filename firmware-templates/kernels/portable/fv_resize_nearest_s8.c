#include "fv_resize_nearest_s8.h"

#include <string.h>

void fv_resize_nearest_s8(const struct fv_resize_nearest_s8 *resize, const int8_t *const rows[], int8_t *const out[],
                          int32_t first_row, int32_t n_rows) {
  for (int32_t r = 0; r < n_rows; r++) {
    const int8_t *x = rows[resize->source_row[first_row + r]];
    int8_t *y = out[r];
    for (int32_t i = 0; i < resize->out_width; i++, y += resize->channels) {
      memcpy(y, x + resize->source_column[i] * resize->channels, resize->channels);
    }
  }
}
