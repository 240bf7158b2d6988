/* Independent re-statement of TFLite's requantisation, as gemmlowp writes it: nudge by the sign, divide towards zero.
 */
#ifndef NAIVE_H
#define NAIVE_H

#include <stdint.h>

static inline int32_t naive_high_mul(int32_t a, int32_t b) {
  const int64_t product = (int64_t)a * b;
  const int64_t nudge = product >= 0 ? 1LL << 30 : 1 - (1LL << 30);
  return (int32_t)((product + nudge) / (1LL << 31));
}

/* Halves away from zero. */
static inline int32_t naive_divide(int32_t x, int exponent) {
  const int64_t divisor = 1LL << exponent;
  const int64_t magnitude = x < 0 ? -(int64_t)x : x;
  const int64_t rounded = (magnitude + divisor / 2) / divisor;
  return (int32_t)(x < 0 ? -rounded : rounded);
}

static inline int32_t naive_requantise(int32_t x, int32_t multiplier, int shift) {
  const int32_t shifted = (int32_t)(uint32_t)((uint64_t)(int64_t)x * (1ULL << (shift > 0 ? shift : 0)));
  return naive_divide(naive_high_mul(shifted, multiplier), shift > 0 ? 0 : -shift);
}

#endif
