/* TFLite's int8 requantisation: multiply by a real factor multiplier * 2^(shift - 31), rounding twice.
 *
 * Source: gemmlowp fixedpoint.h (SaturatingRoundingDoublingHighMul, RoundingDivideByPOT) and TFLite
 * kernels/internal/common.cc (MultiplyByQuantizedMultiplier without TFLITE_SINGLE_ROUNDING).
 */
#ifndef FV_REQUANT_H
#define FV_REQUANT_H

#include <stdint.h>

/* round(a * b / 2^31), halves upward. gemmlowp nudges by the sign and divides towards zero; adding half and
 * shifting (floor) gives the same integer for every product. The one product that does not fit, of two INT32_MIN,
 * cannot occur: a multiplier is never negative. */
static inline int32_t fv_doubling_high_mul(int32_t a, int32_t b) {
  return (int32_t)(((int64_t)a * b + (INT64_C(1) << 30)) >> 31);
}

/* round(x / 2^exponent), halves away from zero; exponent 0..31. */
static inline int32_t fv_rounding_divide_by_pot(int32_t x, int32_t exponent) {
  const int32_t mask = (int32_t)((UINT32_C(1) << exponent) - 1u);
  const int32_t threshold = (mask >> 1) + (x < 0);
  return (x >> exponent) + ((x & mask) > threshold);
}

/* shift: left when positive, -31..30. The left shift comes before the multiplication and wraps as TFLite's does. */
static inline int32_t fv_requantise(int32_t x, int32_t multiplier, int32_t shift) {
  if (shift > 0) {
    return fv_doubling_high_mul((int32_t)((uint32_t)x << shift), multiplier);
  }
  return fv_rounding_divide_by_pot(fv_doubling_high_mul(x, multiplier), -shift);
}

static inline int32_t fv_clamp(int32_t x, int32_t low, int32_t high) { return x < low ? low : x > high ? high : x; }

#endif
