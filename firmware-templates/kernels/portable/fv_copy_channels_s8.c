#include "fv_copy_channels_s8.h"

#include <string.h>

void fv_copy_channels_s8(const struct fv_copy_channels_s8 *copy, const int8_t *const rows[], int8_t *const out[],
                         int32_t n_rows) {
  for (int32_t r = 0; r < n_rows; r++) {
    const int8_t *x = rows[r];
    int8_t *y = out[r] + copy->out_channel;
    for (int32_t i = 0; i < copy->width; i++, x += copy->channels, y += copy->out_channels) {
      memcpy(y, x, copy->channels);
    }
  }
}
