#include "fv_resize_bilinear_s8.h"

enum { BITS = 10, ONE = 1 << BITS };

static int32_t mixed(int32_t first, int32_t second, int32_t weight) {
  return first * ONE + (second - first) * weight;
}

static int8_t rounded(int32_t sum) {
  return (int8_t)((sum + (sum > 0 ? ONE * ONE / 2 : -ONE * ONE / 2)) / (ONE * ONE));
}

void fv_resize_bilinear_s8(const struct fv_resize_bilinear_s8 *resize, const int8_t *const rows[], int8_t *const out[],
                           int32_t first_row, int32_t n_rows) {
  for (int32_t r = 0; r < n_rows; r++) {
    const int32_t row_weight = resize->row_weight[first_row + r];
    const int8_t *upper = rows[resize->row[first_row + r]];
    const int8_t *lower = row_weight > 0 ? rows[resize->row[first_row + r] + 1] : upper;
    int8_t *y = out[r];
    for (int32_t i = 0; i < resize->out_width; i++) {
      const int32_t weight = resize->column_weight[i];
      const int32_t left = resize->column[i] * resize->channels;
      const int32_t right = weight > 0 ? left + resize->channels : left;
      for (int32_t c = 0; c < resize->channels; c++) {
        const int32_t above = mixed(upper[left + c], upper[right + c], weight);
        const int32_t below = mixed(lower[left + c], lower[right + c], weight);
        *y++ = rounded(mixed(above, below, row_weight));
      }
    }
  }
}
