#include "fv_add_s8.h"
#include "fv_requant.h"

void fv_add_s8(const struct fv_add_s8 *add, const int8_t *const first[], const int8_t *const second[],
               int8_t *const out[], int32_t n_rows)
{
  const int32_t scale = 1 << add->left_shift;
  for (int32_t row = 0; row < n_rows; row++) {
    for (uint32_t i = 0; i < add->row_bytes; i++) {
      const int32_t a =
          fv_requantise((first[row][i] - add->first_zero_point) * scale, add->first_multiplier, add->first_shift);
      const int32_t b =
          fv_requantise((second[row][i] - add->second_zero_point) * scale, add->second_multiplier, add->second_shift);
      const int32_t sum = fv_requantise(a + b, add->out_multiplier, add->out_shift);
      out[row][i] = fv_clamp_s8(sum + add->out_zero_point, add->act_min, add->act_max);
    }
  }
}
