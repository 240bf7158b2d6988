/* How sums of eight channels become int8: fv_requant.h, the clamp and the table, eight at a time. */
#ifndef FV_NEON_SCALE_H
#define FV_NEON_SCALE_H

#include "fv_conv2d_s8.h"
#include "fv_neon.h"

#include <stddef.h>
#include <string.h>

struct fv_neon_scale {
  int32x4_t multiplier[2], left[2], right[2]; /* right: the shift to the right, negated */
  int16x8_t zero_point;
  int8x8_t low, high;
  const int8_t *of_zero; /* table + 128, or NULL */
  int32_t lanes;         /* channels that are stored, 1..8 */
};

static inline struct fv_neon_scale fv_neon_scale_of(const struct fv_conv2d_s8 *conv, int32_t channel, int32_t lanes) {
  int32_t multiplier[FV_LANES] = {0}, left[FV_LANES] = {0}, right[FV_LANES] = {0};
  for (int32_t i = 0; i < lanes; i++) {
    const int32_t shift = conv->shift[channel + i];
    multiplier[i] = conv->multiplier[channel + i];
    left[i] = shift > 0 ? shift : 0;
    right[i] = shift > 0 ? 0 : shift;
  }
  return (struct fv_neon_scale){.multiplier = {vld1q_s32(multiplier), vld1q_s32(multiplier + 4)},
                                .left = {vld1q_s32(left), vld1q_s32(left + 4)},
                                .right = {vld1q_s32(right), vld1q_s32(right + 4)},
                                .zero_point = vdupq_n_s16(conv->out_zero_point),
                                .low = vdup_n_s8(conv->act_min),
                                .high = vdup_n_s8(conv->act_max),
                                .of_zero = conv->table != NULL ? conv->table + 128 : NULL,
                                .lanes = lanes};
}

/* fv_requantise: VQRDMULH is fv_doubling_high_mul; less 1 where negative and shifted, halves go away from zero. */
static inline int32x4_t fv_neon_requantise(int32x4_t sum, int32x4_t multiplier, int32x4_t left, int32x4_t right) {
  const int32x4_t high = vqrdmulhq_s32(vshlq_s32(sum, left), multiplier);
  return vrshlq_s32(vsraq_n_s32(high, vandq_s32(high, right), 31), right);
}

static inline int8x8_t fv_neon_scaled(const struct fv_neon_scale *s, int32x4_t first, int32x4_t second) {
  const int16x4_t a = vqmovn_s32(fv_neon_requantise(first, s->multiplier[0], s->left[0], s->right[0]));
  const int16x4_t b = vqmovn_s32(fv_neon_requantise(second, s->multiplier[1], s->left[1], s->right[1]));
  const int8x8_t q = vqmovn_s16(vqaddq_s16(vcombine_s16(a, b), s->zero_point));
  return vmin_s8(vmax_s8(q, s->low), s->high);
}

/* Stores `lanes` outputs side by side. */
static inline void fv_neon_store(const struct fv_neon_scale *s, int32x4_t first, int32x4_t second, int8_t *out) {
  const int8x8_t q = fv_neon_scaled(s, first, second);
  const int8_t *const of_zero = s->of_zero;
  if (of_zero == NULL && s->lanes == FV_LANES) {
    vst1_s8(out, q);
    return;
  }
  int8_t stored[FV_LANES];
  vst1_s8(stored, q);
  if (s->lanes == FV_LANES) {
#pragma GCC unroll 8
    for (int32_t i = 0; i < FV_LANES; i++) {
      out[i] = of_zero[stored[i]];
    }
    return;
  }
  for (int32_t i = 0; i < s->lanes; i++) {
    out[i] = of_zero != NULL ? of_zero[stored[i]] : stored[i];
  }
}

#endif
