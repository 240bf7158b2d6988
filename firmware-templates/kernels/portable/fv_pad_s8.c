#include "fv_pad_s8.h"
#include <string.h>

void fv_pad_s8(const struct fv_pad_s8 *pad, const int8_t *const rows[], int8_t *const out[], int32_t n_rows)
{
  const size_t left = (size_t)pad->pad_left * pad->channels;
  const size_t middle = (size_t)pad->in_width * pad->channels;
  const size_t right = (size_t)pad->pad_right * pad->channels;
  for (int32_t row = 0; row < n_rows; row++) {
    memset(out[row], pad->zero_point, left + middle + right);
    if (rows[row]) {
      memcpy(out[row] + left, rows[row], middle);
    }
  }
}
