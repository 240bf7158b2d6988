/* Every rounding of fv_requant.h against the form in which gemmlowp states it. */
#include "check.h"
#include "fv_requant.h"
#include "naive.h"

static void check(int32_t x, int32_t multiplier, int32_t shift) {
  const int32_t expected = naive_requantise(x, multiplier, shift);
  const int32_t actual = fv_requantise(x, multiplier, shift);
  CHECK(actual == expected, "%d * %d, shift %d: %d, not %d", x, multiplier, shift, actual, expected);
}

int main(void) {
  static const int32_t edges[] = {0, 1, -1, 2, -2, 3, -3, 1 << 30, -(1 << 30), INT32_MAX, INT32_MIN, INT32_MIN + 1};
  static const int32_t multipliers[] = {0, 1 << 30, (1 << 30) + 1, 3 << 29, INT32_MAX - 1, INT32_MAX};
  for (unsigned i = 0; i < sizeof edges / sizeof *edges; i++) {
    for (unsigned j = 0; j < sizeof multipliers / sizeof *multipliers; j++) {
      for (int32_t shift = -31; shift <= 30; shift++) {
        check(edges[i], multipliers[j], shift);
      }
    }
  }
  uint32_t seed = 1;
  for (int i = 0; i < 2000000; i++) {
    const int32_t x = (int32_t)random_u32(&seed) >> random_in(&seed, 0, 31);
    const int32_t multiplier = (int32_t)(random_u32(&seed) >> 2 | 1u << 30);
    check(x, multiplier, random_in(&seed, -31, 30));
  }
  return 0;
}
