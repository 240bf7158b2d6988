/* Sums and pools with MVE against the portable ones, byte for byte. */
#include "test_elementwise.h"

#include "fv_add_mve_s8.h"
#include "fv_max_pool_mve_s8.h"

#include "../check.h"
#include "machine.h"

#include <stddef.h>
#include <string.h>

enum { BYTES = 1 << 15, CANARY = 0x5a, HEIGHT = 9 };

static int8_t first[BYTES], second[BYTES], expected[BYTES], actual[BYTES];
static uint32_t seed = 5;

static void fill(void) {
  for (int32_t i = 0; i < BYTES; i++) {
    first[i] = (int8_t)(i % 7 == 0 ? INT8_MIN : (int32_t)random_u32(&seed));
    second[i] = (int8_t)(i % 11 == 0 ? INT8_MAX : (int32_t)random_u32(&seed));
  }
  memset(expected, CANARY, sizeof expected);
  memset(actual, CANARY, sizeof actual);
}

static void test_add(int32_t row_bytes) {
  const struct fv_add_s8 add = {.first_multiplier = 1 << 30,
                                .second_multiplier = random_in(&seed, 1 << 30, INT32_MAX),
                                .out_multiplier = random_in(&seed, 1 << 30, INT32_MAX),
                                .first_shift = (int8_t)random_in(&seed, -1, 0),
                                .second_shift = (int8_t)random_in(&seed, -5, 0),
                                .out_shift = (int8_t)random_in(&seed, -20, -17),
                                .left_shift = 20,
                                .first_zero_point = (int16_t)random_in(&seed, -128, 127),
                                .second_zero_point = (int16_t)random_in(&seed, -128, 127),
                                .out_zero_point = (int16_t)random_in(&seed, -40, 40),
                                .act_min = -100,
                                .act_max = 120,
                                .row_bytes = (uint32_t)row_bytes};
  fill();
  const int8_t *const a[] = {first, first + row_bytes}, *const b[] = {second, second + row_bytes};
  int8_t *const e[] = {expected, expected + row_bytes}, *const y[] = {actual, actual + row_bytes};
  fv_add_s8(&add, a, b, e, 2);
  fv_add_mve_s8(&add, a, b, y, 2);
  for (int32_t i = 0; i < BYTES; i++) {
    CHECK(actual[i] == expected[i], "sum of %ld bytes: byte %ld is %d, not %d", (long)row_bytes, (long)i, actual[i],
          expected[i]);
  }
}

static void test_max_pool(int32_t channels, uint8_t window, uint8_t stride, uint8_t pad) {
  const int32_t width = 11, out_width = (width + 2 * pad - window) / stride + 1;
  const struct fv_max_pool_s8 pool = {.in_width = (uint16_t)width,
                                      .out_width = (uint16_t)out_width,
                                      .channels = (uint16_t)channels,
                                      .height = window,
                                      .width = window,
                                      .stride_y = stride,
                                      .stride_x = stride,
                                      .pad_left = pad,
                                      .act_min = -90,
                                      .act_max = 126};
  fill();
  for (int32_t row = 0; row * stride - pad + window <= HEIGHT + pad; row++) {
    const int8_t *rows[16];
    for (int32_t i = 0; i < window; i++) {
      const int32_t at = row * stride - pad + i;
      rows[i] = at >= 0 && at < HEIGHT ? first + at * width * channels : NULL;
    }
    int8_t *const e[] = {expected + row * out_width * channels}, *const y[] = {actual + row * out_width * channels};
    fv_max_pool_s8(&pool, rows, e, 1);
    fv_max_pool_mve_s8(&pool, rows, y, 1);
  }
  for (int32_t i = 0; i < BYTES; i++) {
    CHECK(actual[i] == expected[i], "pool %d/%d of %ld channels: byte %ld is %d, not %d", window, stride,
          (long)channels, (long)i, actual[i], expected[i]);
  }
}

void test_elementwise(void) {
  for (int32_t n = 1; n <= 40; n++) {
    test_add(n);
    test_max_pool(n, 2, 2, 0);
    test_max_pool(n, 3, 1, 1);
    test_max_pool(n, 5, 1, 2);
  }
}
