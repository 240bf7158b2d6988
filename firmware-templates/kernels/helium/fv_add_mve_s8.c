#include "fv_add_mve_s8.h"

#include <arm_mve.h>

/* fv_requantise for shifts of -31 .. 0 (fv_vector_scale.h); of 0 the sign of `shift` is none, so nothing is added. */
static inline __attribute__((always_inline)) int32x4_t requantise(int32x4_t x, int32_t multiplier, int32_t shift) {
  const int32x4_t high = vqrdmulhq_n_s32(x, multiplier);
  const int32x4_t less = vshrq_n_s32(vandq_s32(high, vdupq_n_s32(shift)), 31);
  return vrshlq_n_s32(vaddq_s32(high, less), shift);
}

void fv_add_mve_s8(const struct fv_add_s8 *add, const int8_t *const first[], const int8_t *const second[],
                   int8_t *const out[], int32_t n_rows) {
  const int32_t left = add->left_shift;
  const int32_t first_shift = add->first_shift, second_shift = add->second_shift, out_shift = add->out_shift;
  const int32_t first_multiplier = add->first_multiplier, second_multiplier = add->second_multiplier;
  const int32_t first_offset = -add->first_zero_point, second_offset = -add->second_zero_point;
  for (int32_t r = 0; r < n_rows; r++) {
    const int8_t *a = first[r], *b = second[r];
    int8_t *y = out[r];
    for (int32_t n = (int32_t)add->row_bytes; n > 0; n -= 4, a += 4, b += 4, y += 4) {
      const mve_pred16_t lanes = vctp32q((uint32_t)n);
      int32x4_t x = vshlq_r_s32(vaddq_n_s32(vldrbq_z_s32(a, lanes), first_offset), left);
      int32x4_t sum = requantise(x, first_multiplier, first_shift);
      x = vshlq_r_s32(vaddq_n_s32(vldrbq_z_s32(b, lanes), second_offset), left);
      sum = vaddq_s32(sum, requantise(x, second_multiplier, second_shift));
      int32x4_t q = vaddq_n_s32(requantise(sum, add->out_multiplier, out_shift), add->out_zero_point);
      q = vmaxq_s32(q, vdupq_n_s32(add->act_min));
      q = vminq_s32(q, vdupq_n_s32(add->act_max));
      vstrbq_p_s32(y, q, lanes);
    }
  }
}
