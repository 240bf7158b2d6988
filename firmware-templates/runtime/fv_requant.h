/* TFLite's fixed-point requantisation, both roundings, in plain C.
 * Source: tensorflow/lite/kernels/internal/common.h (MultiplyByQuantizedMultiplier) over gemmlowp's
 * SaturatingRoundingDoublingHighMul and RoundingDivideByPOT.
 */
#ifndef FV_REQUANT_H
#define FV_REQUANT_H

#include <stdint.h>

/* round(a * b / 2^31), ties away from zero; a = b = -2^31 saturates. */
static inline int32_t fv_doubling_high_mul(int32_t a, int32_t b)
{
  if (a == INT32_MIN && b == INT32_MIN) {
    return INT32_MAX;
  }
  const int64_t product = (int64_t)a * b;
  const int64_t nudge = product >= 0 ? (1 << 30) : 1 - (1 << 30);
  return (int32_t)((product + nudge) / ((int64_t)1 << 31));
}

/* round(x / 2^exponent), ties away from zero; exponent 0 .. 31. */
static inline int32_t fv_rounding_shift_right(int32_t x, int32_t exponent)
{
  const int32_t mask = (int32_t)(((int64_t)1 << exponent) - 1);
  const int32_t remainder = x & mask;
  const int32_t threshold = (mask >> 1) + (x < 0 ? 1 : 0);
  return (x >> exponent) + (remainder > threshold ? 1 : 0);
}

/* x * multiplier / 2^31 * 2^shift; multiplier in Q31, shift left when positive. The left shift must not overflow:
 * the generator sees to it. */
static inline int32_t fv_requantise(int32_t x, int32_t multiplier, int32_t shift)
{
  const int32_t left = shift > 0 ? shift : 0;
  const int32_t right = shift > 0 ? 0 : -shift;
  const int32_t scaled = (int32_t)((uint32_t)x << left);
  return fv_rounding_shift_right(fv_doubling_high_mul(scaled, multiplier), right);
}

static inline int8_t fv_clamp_s8(int32_t x, int32_t low, int32_t high)
{
  return (int8_t)(x < low ? low : x > high ? high : x);
}

#endif
