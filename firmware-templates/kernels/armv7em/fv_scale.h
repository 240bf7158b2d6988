/* How sums become int8 on Armv7E-M. */
#ifndef FV_SCALE_H
#define FV_SCALE_H

#include "fv_conv2d_s8.h"

#include <arm_acle.h>
#include <stddef.h>

/* One channel's requantisation. */
struct fv_scale {
  int32_t multiplier, shift; /* right, 1..22 */
  int32_t offset;            /* half of 2^shift, and the zero point times 2^shift */
  const int8_t *of_zero;     /* table + 128, or NULL */
};

static inline struct fv_scale fv_scale_of(const struct fv_conv2d_s8 *conv, int32_t channel) {
  const int32_t shift = -conv->shift[channel];
  return (struct fv_scale){.multiplier = conv->multiplier[channel],
                           .shift = shift,
                           .offset = (1 << (shift - 1)) + conv->out_zero_point * (1 << shift),
                           .of_zero = conv->table != NULL ? conv->table + 128 : NULL};
}

/* fv_requantise for |sum| < 2^30: SMMULR of twice the sum rounds as fv_doubling_high_mul, and less 1 where negative,
 * halves go away from zero. */
static inline int32_t fv_scaled(int32_t sum, int32_t multiplier, int32_t shift, int32_t offset) {
  int32_t high;
  __asm("smmulr %0, %1, %2" : "=r"(high) : "r"(sum * 2), "r"(multiplier));
  return __ssat((high + (high >> 31) + offset) >> shift, 8);
}

static inline int8_t fv_scaled_output(const struct fv_scale *scale, int32_t sum) {
  const int32_t q = fv_scaled(sum, scale->multiplier, scale->shift, scale->offset);
  return scale->of_zero != NULL ? scale->of_zero[q] : (int8_t)q;
}

#endif
