/* How vectors of sums become int8 with MVE. */
#ifndef FV_VECTOR_SCALE_H
#define FV_VECTOR_SCALE_H

#include "fv_conv2d_s8.h"

#include <arm_mve.h>
#include <stddef.h>

/* Requantisation of four channels, fewer at the end. */
struct fv_vector_scale {
  int32x4_t multiplier, shift; /* shift: -22 .. -1 */
  int32_t low, high;           /* what is stored, less the zero point */
  int32_t zero_point;
  const int8_t *of_zero; /* table + 128 + zero point, or NULL */
};

static inline struct fv_vector_scale fv_vector_scale_of(const struct fv_conv2d_s8 *conv, int32_t channel,
                                                        mve_pred16_t lanes) {
  const int32_t zero_point = conv->out_zero_point;
  return (struct fv_vector_scale){.multiplier = vldrwq_z_s32(conv->multiplier + channel, lanes),
                                  .shift = vldrbq_z_s32(conv->shift + channel, lanes),
                                  .low = INT8_MIN - zero_point,
                                  .high = INT8_MAX - zero_point,
                                  .zero_point = zero_point,
                                  .of_zero = conv->table != NULL ? conv->table + 128 + zero_point : NULL};
}

/* fv_requantise for right shifts: VQRDMULH rounds as fv_doubling_high_mul (only INT32_MIN squared saturates, and a
 * multiplier is never negative); VRSHL rounds halves upward, so less 1 where negative, halves go away from zero. */
static inline int32x4_t fv_scaled(int32x4_t sum, int32x4_t multiplier, int32x4_t shift) {
  const int32x4_t high = vqrdmulhq_s32(sum, multiplier);
  return vrshlq_s32(vaddq_s32(high, vshrq_n_s32(high, 31)), shift);
}

/* Four int8 of sums, clamped and through the table. */
static inline __attribute__((always_inline)) void fv_store_scaled(const struct fv_vector_scale *scale,
                                                                  const int8_t *of_zero, int32x4_t sum,
                                                                  mve_pred16_t lanes, int8_t *out) {
  int32x4_t q = fv_scaled(sum, scale->multiplier, scale->shift);
  q = vmaxq_s32(q, vdupq_n_s32(scale->low));
  q = vminq_s32(q, vdupq_n_s32(scale->high));
  if (of_zero != NULL) {
    q = vldrbq_gather_offset_s32(of_zero, vreinterpretq_u32_s32(q));
  } else {
    q = vaddq_n_s32(q, scale->zero_point);
  }
  vstrbq_p_s32(out, q, lanes);
}

#endif
