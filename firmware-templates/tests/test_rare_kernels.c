/* The kernels of operators that few detectors have, each against its formula. */
#include "check.h"
#include "fv_average_pool_s8.h"
#include "fv_gather_channels_s8.h"
#include "fv_resize_bilinear_s8.h"
#include "fv_softmax_s8.h"
#include "images.h"
#include "naive.h"

#include <math.h>

static void test_gather(uint32_t *seed) {
  const uint16_t width = (uint16_t)random_in(seed, 1, 6);
  const uint16_t ins = (uint16_t)random_in(seed, 1, 5), outs = (uint16_t)random_in(seed, 1, 7);
  uint16_t channel[7];
  for (int i = 0; i < 7; i++) {
    channel[i] = (uint16_t)random_in(seed, 0, ins - 1);
  }
  struct image in = random_image(seed, 2, (size_t)width * ins), out = blank(2, (size_t)width * outs);
  fv_gather_channels_s8(&(struct fv_gather_channels_s8){channel, width, ins, outs}, CONST_ROWS(in), out.rows, 2);
  for (int32_t i = 0; i < 2 * width * outs; i++) {
    const int32_t y = i / (width * outs), x = i / outs % width, c = i % outs;
    CHECK(out.rows[y][x * outs + c] == in.rows[y][x * ins + channel[c]], "row %d, column %d, channel %d", y, x, c);
  }
  check_canaries(&out);
  free_image(&in);
  free_image(&out);
}

static int32_t rounded_quotient(int64_t a, int64_t b) { return (int32_t)((a + (a > 0 ? b / 2 : -b / 2)) / b); }

static void test_bilinear(uint32_t *seed) {
  uint16_t row[4], row_weight[4], column[7], column_weight[7];
  struct image in = random_image(seed, 3, 5 * 2), out = blank(4, 7 * 2);
  for (int i = 0; i < 4; i++) {
    row[i] = (uint16_t)random_in(seed, 0, 2);
    row_weight[i] = (uint16_t)(row[i] == 2 ? 0 : random_in(seed, 0, 3) * 341);
  }
  for (int i = 0; i < 7; i++) {
    column[i] = (uint16_t)random_in(seed, 0, 4);
    column_weight[i] = (uint16_t)(column[i] == 4 ? 0 : random_in(seed, 0, 1023));
  }
  const struct fv_resize_bilinear_s8 resize = {row, row_weight, column, column_weight, 7, 2};
  fv_resize_bilinear_s8(&resize, CONST_ROWS(in), out.rows, 0, 1);
  fv_resize_bilinear_s8(&resize, CONST_ROWS(in), out.rows + 1, 1, 3);
  for (int32_t i = 0; i < 4 * 7 * 2; i++) {
    const int32_t y = i / 14, x = i / 2 % 7, c = i % 2;
    int64_t sum = 0;
    for (int32_t k = 0; k < 4; k++) {
      const int64_t wy = k / 2 ? row_weight[y] : 1024 - row_weight[y];
      const int64_t wx = k % 2 ? column_weight[x] : 1024 - column_weight[x];
      sum += wy * wx == 0 ? 0 : in.rows[row[y] + k / 2][(column[x] + k % 2) * 2 + c] * wy * wx;
    }
    const int32_t expected = rounded_quotient(sum, 1 << 20);
    CHECK(out.rows[y][x * 2 + c] == expected, "row %d, column %d: %d, not %d", y, x, out.rows[y][x * 2 + c], expected);
  }
  check_canaries(&out);
  free_image(&in);
  free_image(&out);
}

static void test_average_pool(uint32_t *seed) {
  const int32_t height = random_in(seed, 1, ROWS), width = random_in(seed, 1, 9), channels = random_in(seed, 1, 5);
  struct fv_average_pool_s8 pool = {
      .in_width = (uint16_t)width,
      .channels = (uint16_t)channels,
      .height = (uint8_t)random_in(seed, 1, 3),
      .width = (uint8_t)random_in(seed, 1, 3),
      .stride_y = (uint8_t)random_in(seed, 1, 3),
      .stride_x = (uint8_t)random_in(seed, 1, 3),
      .act_min = (int8_t)random_in(seed, -128, -90),
      .act_max = (int8_t)random_in(seed, 90, 127),
  };
  const int32_t pad_top = random_in(seed, 0, pool.height - 1);
  pool.pad_left = (uint8_t)random_in(seed, 0, pool.width - 1);
  pool.out_width = (uint16_t)((width - 1 + pool.pad_left) / pool.stride_x + 1);
  const int32_t out_height = (height - 1 + pad_top) / pool.stride_y + 1;
  struct image in = random_image(seed, height, (size_t)(width * channels));
  struct image out = blank(out_height, (size_t)(pool.out_width * channels));
  const int8_t *rows[ROWS * 4];
  for (int32_t i = 0; i < ROWS * 4; i++) {
    const int32_t y = i - pad_top;
    rows[i] = y >= 0 && y < height ? in.rows[y] : NULL;
  }
  fv_average_pool_s8(&pool, rows, out.rows, out_height);
  for (int32_t y = 0; y < out_height; y++) {
    for (int32_t i = 0; i < pool.out_width * channels; i++) {
      int64_t sum = 0, count = 0;
      for (int32_t iy = 0; iy < height; iy++) {
        for (int32_t ix = 0; ix < width; ix++) {
          const int32_t py = iy - (y * pool.stride_y - pad_top);
          const int32_t px = ix - (i / channels * pool.stride_x - pool.pad_left);
          if (py >= 0 && py < pool.height && px >= 0 && px < pool.width) {
            sum += in.rows[iy][ix * channels + i % channels];
            count++;
          }
        }
      }
      int32_t expected = rounded_quotient(sum, count);
      expected = expected < pool.act_min ? pool.act_min : expected > pool.act_max ? pool.act_max : expected;
      CHECK(out.rows[y][i] == expected, "row %d, byte %d: %d, not %d", y, i, out.rows[y][i], expected);
    }
  }
  check_canaries(&out);
  free_image(&in);
  free_image(&out);
}

/* Within one step of the real softmax; generated networks prove the bits. */
static void test_softmax(uint32_t *seed) {
  const double scale = random_in(seed, 1, 400) / 1000.0;
  const uint16_t channels = (uint16_t)random_in(seed, 1, 256);
  int32_t exps[256];
  for (int i = 0; i < 256; i++) {
    exps[i] = (int32_t)fmin(exp(-scale * i) * 2147483648.0, 2147483647.0);
  }
  struct image in = random_image(seed, 1, (size_t)3 * channels), out = blank(1, (size_t)3 * channels);
  fv_softmax_s8(&(struct fv_softmax_s8){exps, 3, channels}, CONST_ROWS(in), out.rows, 1);
  for (int32_t x = 0; x < 3; x++) {
    const int8_t *values = in.rows[0] + x * channels;
    double sum = 0;
    for (int32_t c = 0; c < channels; c++) {
      sum += exp(scale * values[c]);
    }
    for (int32_t c = 0; c < channels; c++) {
      const double expected = fmin(exp(scale * values[c]) / sum * 256 - 128, 127);
      const int8_t found = out.rows[0][x * channels + c];
      CHECK(fabs(found - expected) <= 1, "column %d, channel %d: %d, not %f", x, c, found, expected);
    }
  }
  check_canaries(&out);
  free_image(&in);
  free_image(&out);
}

int main(void) {
  uint32_t seed = 43;
  for (int i = 0; i < 1000; i++) {
    test_gather(&seed);
    test_bilinear(&seed);
    test_average_pool(&seed);
    test_softmax(&seed);
  }
  return 0;
}
