#include "fv_copy_channels_s8.h"
#include <string.h>

void fv_copy_channels_s8(const struct fv_copy_channels_s8 *copy, const int8_t *const rows[], int8_t *const out[],
                         int32_t n_rows)
{
  for (int32_t row = 0; row < n_rows; row++) {
    const int8_t *x = rows[row];
    int8_t *y = out[row] + copy->out_channel;
    for (int32_t i = 0; i < copy->width; i++, x += copy->channels, y += copy->out_channels) {
      memcpy(y, x, copy->channels);
    }
  }
}
