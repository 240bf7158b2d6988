#include "fv_softmax_s8.h"

#include "fv_requant.h"

enum { SUM_BITS = 12 };

/* round(2^31 / (1 + a / 2^31)) more or less, for a >= 0: gemmlowp's one_over_one_plus_x_for_x_in_0_1. */
static int32_t one_over_one_plus(int32_t a) {
  const int32_t half = (int32_t)(((int64_t)a + INT32_MAX + 1) / 2);
  int32_t x = 1515870810 + fv_doubling_high_mul(half, -1010580540); /* 48/17 - 32/17 half, in Q29 */
  for (int32_t i = 0; i < 3; i++) {
    const int32_t rest = (1 << 29) - fv_doubling_high_mul(half, x);
    x += fv_doubling_high_mul(x, rest) * 4;
  }
  return x > INT32_MAX / 2 ? INT32_MAX : x * 2;
}

static int32_t leading_zeros(uint32_t x) {
  int32_t zeros = 0;
  for (; x < UINT32_C(0x80000000); x <<= 1) {
    zeros++;
  }
  return zeros;
}

static void pixel(const struct fv_softmax_s8 *softmax, const int8_t *x, int8_t *y) {
  int32_t largest = x[0];
  for (int32_t c = 1; c < softmax->channels; c++) {
    largest = x[c] > largest ? x[c] : largest;
  }
  uint32_t sum = 0; /* at least 2^19 */
  for (int32_t c = 0; c < softmax->channels; c++) {
    sum += (uint32_t)fv_rounding_divide_by_pot(softmax->exp[largest - x[c]], SUM_BITS);
  }
  const int32_t zeros = leading_zeros(sum);
  const int32_t scale = one_over_one_plus((int32_t)((sum << zeros) - UINT32_C(0x80000000)));
  for (int32_t c = 0; c < softmax->channels; c++) {
    const int32_t share = fv_doubling_high_mul(scale, softmax->exp[largest - x[c]]);
    y[c] = (int8_t)fv_clamp(fv_rounding_divide_by_pot(share, SUM_BITS - zeros + 31 - 8) - 128, -128, 127);
  }
}

void fv_softmax_s8(const struct fv_softmax_s8 *softmax, const int8_t *const rows[], int8_t *const out[],
                   int32_t n_rows) {
  for (int32_t r = 0; r < n_rows; r++) {
    for (int32_t i = 0; i < softmax->width; i++) {
      pixel(softmax, rows[r] + i * softmax->channels, out[r] + i * softmax->channels);
    }
  }
}
