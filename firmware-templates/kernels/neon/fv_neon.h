/* What differs between ARMv7-A and AArch64 in sums of products, and the sums. */
#ifndef FV_NEON_H
#define FV_NEON_H

#include <arm_neon.h>
#include <stdint.h>

enum {
  FV_UNIT = 16, /* weights or pixel values of a vector */
  FV_LANES = 8, /* output channels that are stored together */
  FV_QUAD = 4,  /* output channels that are summed together */
  FV_TILE = 2   /* pixels that are summed together */
};

/* acc[i] += the products of x and w that meet in lane i. Two products are added in 16 bits: exact unless both are
 * -128 times -128. */
static inline int32x4_t fv_mac(int32x4_t acc, int8x16_t x, int8x16_t w);

/* {sum of a, sum of b, sum of c, sum of d} */
static inline int32x4_t fv_sums_of(int32x4_t a, int32x4_t b, int32x4_t c, int32x4_t d);

/* 32 bytes by one instruction; at goes on behind them. */
static inline int8x16x2_t fv_load_two(const int8_t **at);

/* Stores 32 bytes; returns where the next go, `step` values behind. */
static inline int16_t *fv_store_two(int16_t *to, int16x8_t a, int16x8_t b, int32_t step);

#ifdef __aarch64__

static inline int32x4_t fv_mac(int32x4_t acc, int8x16_t x, int8x16_t w) {
  const int16x8_t low = vmull_s8(vget_low_s8(x), vget_low_s8(w));
  return vpadalq_s16(acc, vmlal_high_s8(low, x, w));
}

static inline int32x4_t fv_sums_of(int32x4_t a, int32x4_t b, int32x4_t c, int32x4_t d) {
  return vpaddq_s32(vpaddq_s32(a, b), vpaddq_s32(c, d));
}

/* With vld1q_s8_x2, gcc 12 adds to the address apart and moves what it has loaded. */
static inline int8x16x2_t fv_load_two(const int8_t **at) {
  int8x16x2_t two;
  __asm("ldp %q0, %q1, [%2], #32" : "=w"(two.val[0]), "=w"(two.val[1]), "+r"(*at) : "m"(*(const int8_t(*)[32]) * at));
  return two;
}

static inline int16_t *fv_store_two(int16_t *to, int16x8_t a, int16x8_t b, int32_t step) {
  vst1q_s16(to, a);
  vst1q_s16(to + 8, b);
  return to + step;
}

#else

static inline int32x4_t fv_mac(int32x4_t acc, int8x16_t x, int8x16_t w) {
  const int16x8_t low = vmull_s8(vget_low_s8(x), vget_low_s8(w));
  return vpadalq_s16(acc, vmlal_s8(low, vget_high_s8(x), vget_high_s8(w)));
}

static inline int32x4_t fv_sums_of(int32x4_t a, int32x4_t b, int32x4_t c, int32x4_t d) {
  const int32x2_t a2 = vpadd_s32(vget_low_s32(a), vget_high_s32(a));
  const int32x2_t b2 = vpadd_s32(vget_low_s32(b), vget_high_s32(b));
  const int32x2_t c2 = vpadd_s32(vget_low_s32(c), vget_high_s32(c));
  const int32x2_t d2 = vpadd_s32(vget_low_s32(d), vget_high_s32(d));
  return vcombine_s32(vpadd_s32(a2, b2), vpadd_s32(c2, d2));
}

/* arm_neon.h of gcc 12 has no vld1q_s8_x2 for ARMv7-A. */
static inline int8x16x2_t fv_load_two(const int8_t **at) {
  int8x16x2_t two;
  __asm("vld1.8 %h0, [%1]!" : "=w"(two), "+r"(*at) : "m"(*(const int8_t(*)[32]) * at));
  return two;
}

static inline int16_t *fv_store_two(int16_t *to, int16x8_t a, int16x8_t b, int32_t step) {
  const int16x8x2_t two = {{a, b}};
  __asm volatile("vst1.16 %h1, [%0], %2" : "+r"(to) : "w"(two), "r"(step * 2) : "memory");
  return to;
}

#endif

/* sums[pixel * FV_LANES + channel] = bias[channel] + x[pixel] . w[channel], of four channels by two pixels.
 * w: [units][FV_QUAD][FV_UNIT], x: [units][FV_TILE][FV_UNIT]. */
static inline void fv_dot_tile(const int8_t *w, const int8_t *x, int32_t units, int32x4_t bias, int32_t *sums) {
  const int32x4_t zero = vdupq_n_s32(0);
  int32x4_t a0 = zero, a1 = zero, a2 = zero, a3 = zero, b0 = zero, b1 = zero, b2 = zero, b3 = zero;
  for (const int8_t *const end = w + units * FV_QUAD * FV_UNIT; w != end;) {
    const int8x16x2_t pixels = fv_load_two(&x);
    int8x16x2_t weights = fv_load_two(&w);
    a0 = fv_mac(a0, pixels.val[0], weights.val[0]);
    a1 = fv_mac(a1, pixels.val[0], weights.val[1]);
    b0 = fv_mac(b0, pixels.val[1], weights.val[0]);
    b1 = fv_mac(b1, pixels.val[1], weights.val[1]);
    weights = fv_load_two(&w);
    a2 = fv_mac(a2, pixels.val[0], weights.val[0]);
    a3 = fv_mac(a3, pixels.val[0], weights.val[1]);
    b2 = fv_mac(b2, pixels.val[1], weights.val[0]);
    b3 = fv_mac(b3, pixels.val[1], weights.val[1]);
  }
  vst1q_s32(sums, vaddq_s32(bias, fv_sums_of(a0, a1, a2, a3)));
  vst1q_s32(sums + FV_LANES, vaddq_s32(bias, fv_sums_of(b0, b1, b2, b3)));
}

#endif
