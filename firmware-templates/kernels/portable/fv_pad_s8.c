#include "fv_pad_s8.h"

#include <stddef.h>
#include <string.h>

void fv_pad_s8(const struct fv_pad_s8 *pad, const int8_t *const rows[], int8_t *const out[], int32_t n_rows) {
  const size_t left = (size_t)pad->pad_left * pad->channels;
  const size_t middle = (size_t)pad->in_width * pad->channels;
  const size_t right = (size_t)pad->pad_right * pad->channels;
  for (int32_t r = 0; r < n_rows; r++) {
    memset(out[r], pad->zero_point, left + middle + right);
    if (rows[r] != NULL) {
      memcpy(out[r] + left, rows[r], middle);
    }
  }
}
