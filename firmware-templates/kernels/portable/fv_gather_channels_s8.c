#include "fv_gather_channels_s8.h"

void fv_gather_channels_s8(const struct fv_gather_channels_s8 *gather, const int8_t *const rows[], int8_t *const out[],
                           int32_t n_rows) {
  for (int32_t r = 0; r < n_rows; r++) {
    const int8_t *x = rows[r];
    int8_t *y = out[r];
    for (int32_t i = 0; i < gather->width; i++, x += gather->in_channels) {
      for (int32_t c = 0; c < gather->out_channels; c++) {
        *y++ = x[gather->channel[c]];
      }
    }
  }
}
