#include "fv_add_neon_s8.h"

#include "fv_neon_scale.h"

#include <string.h>

/* A requantisation in every lane. */
struct scale {
  int32x4_t multiplier, left, right;
};

/* An input: its scale, and what its values are shifted by before. */
struct input {
  struct scale scale;
  int16x8_t zero_point;
  int32x4_t shift;
};

struct eight {
  int32x4_t first, second;
};

static struct scale scale_of(int32_t multiplier, int32_t shift) {
  return (struct scale){vdupq_n_s32(multiplier), vdupq_n_s32(shift > 0 ? shift : 0),
                        vdupq_n_s32(shift > 0 ? 0 : shift)};
}

static inline int32x4_t scaled(const struct scale *scale, int32x4_t x) {
  return fv_neon_requantise(x, scale->multiplier, scale->left, scale->right);
}

static inline struct eight rescaled(const struct input *input, int8x8_t x) {
  const int16x8_t d = vsubq_s16(vmovl_s8(x), input->zero_point);
  const int32x4_t a = vshlq_s32(vmovl_s16(vget_low_s16(d)), input->shift);
  const int32x4_t b = vshlq_s32(vmovl_s16(vget_high_s16(d)), input->shift);
  return (struct eight){scaled(&input->scale, a), scaled(&input->scale, b)};
}

/* The whole operator, in every lane. */
struct sum {
  struct input a, b;
  struct scale scale;
  int16x8_t zero_point;
  int8x8_t low, high;
};

static struct sum sum_of(const struct fv_add_s8 *add) {
  const int32x4_t shift = vdupq_n_s32(add->left_shift);
  return (struct sum){{scale_of(add->first_multiplier, add->first_shift), vdupq_n_s16(add->first_zero_point), shift},
                      {scale_of(add->second_multiplier, add->second_shift), vdupq_n_s16(add->second_zero_point), shift},
                      scale_of(add->out_multiplier, add->out_shift),
                      vdupq_n_s16(add->out_zero_point),
                      vdup_n_s8(add->act_min),
                      vdup_n_s8(add->act_max)};
}

static inline int8x8_t added(const struct sum *sum, int8x8_t x, int8x8_t y) {
  const struct eight a = rescaled(&sum->a, x), b = rescaled(&sum->b, y);
  const int16x4_t c = vqmovn_s32(scaled(&sum->scale, vaddq_s32(a.first, b.first)));
  const int16x4_t d = vqmovn_s32(scaled(&sum->scale, vaddq_s32(a.second, b.second)));
  const int8x8_t q = vqmovn_s16(vqaddq_s16(vcombine_s16(c, d), sum->zero_point));
  return vmin_s8(vmax_s8(q, sum->low), sum->high);
}

void fv_add_neon_s8(const struct fv_add_s8 *add, const int8_t *const first[], const int8_t *const second[],
                    int8_t *const out[], int32_t n_rows) {
  const struct sum sum = sum_of(add);
  const uint32_t whole = add->row_bytes / FV_LANES * FV_LANES, rest = add->row_bytes - whole;
  for (int32_t r = 0; r < n_rows; r++) {
    for (uint32_t i = 0; i < whole; i += FV_LANES) {
      vst1_s8(out[r] + i, added(&sum, vld1_s8(first[r] + i), vld1_s8(second[r] + i)));
    }
    if (rest > 0) {
      int8_t x[FV_LANES] = {0}, y[FV_LANES] = {0};
      memcpy(x, first[r] + whole, rest);
      memcpy(y, second[r] + whole, rest);
      vst1_s8(x, added(&sum, vld1_s8(x), vld1_s8(y)));
      memcpy(out[r] + whole, x, rest);
    }
  }
}
