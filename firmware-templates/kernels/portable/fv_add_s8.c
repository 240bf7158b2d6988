#include "fv_add_s8.h"

#include "fv_requant.h"

static inline int32_t rescaled(int8_t x, int32_t zero_point, int32_t left_shift, int32_t multiplier, int32_t shift) {
  return fv_requantise((x - zero_point) * (1 << left_shift), multiplier, shift);
}

void fv_add_s8(const struct fv_add_s8 *add, const int8_t *const first[], const int8_t *const second[],
               int8_t *const out[], int32_t n_rows) {
  for (int32_t r = 0; r < n_rows; r++) {
    const int8_t *a = first[r];
    const int8_t *b = second[r];
    int8_t *y = out[r];
    for (uint32_t i = 0; i < add->row_bytes; i++) {
      const int32_t sum =
          rescaled(a[i], add->first_zero_point, add->left_shift, add->first_multiplier, add->first_shift) +
          rescaled(b[i], add->second_zero_point, add->left_shift, add->second_multiplier, add->second_shift);
      const int32_t scaled = add->out_zero_point + fv_requantise(sum, add->out_multiplier, add->out_shift);
      y[i] = (int8_t)fv_clamp(scaled, add->act_min, add->act_max);
    }
  }
}
