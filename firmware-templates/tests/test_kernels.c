/* The kernels without weights, each against a formula written element by element. */
#include "check.h"
#include "fv_add_s8.h"
#include "fv_copy_channels_s8.h"
#include "fv_max_pool_s8.h"
#include "fv_pad_s8.h"
#include "fv_resize_nearest_s8.h"
#include "fv_table_s8.h"
#include "images.h"
#include "naive.h"

static void test_max_pool(uint32_t *seed) {
  const int32_t height = random_in(seed, 1, ROWS), width = random_in(seed, 1, 9), channels = random_in(seed, 1, 5);
  struct fv_max_pool_s8 pool = {
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
  const int32_t first = random_in(seed, 0, out_height - 1);
  for (int piece = 0; piece < 2; piece++) {
    const int32_t row = piece ? first : 0, n = piece ? out_height - first : first;
    const int8_t *rows[ROWS * 4];
    for (int32_t i = 0; i < ROWS * 4; i++) {
      const int32_t y = row * pool.stride_y - pad_top + i;
      rows[i] = y >= 0 && y < height ? in.rows[y] : NULL;
    }
    fv_max_pool_s8(&pool, rows, out.rows + row, n);
  }
  for (int32_t y = 0; y < out_height; y++) {
    for (int32_t i = 0; i < pool.out_width * channels; i++) {
      int32_t expected = pool.act_min;
      for (int32_t iy = 0; iy < height; iy++) {
        for (int32_t ix = 0; ix < width; ix++) {
          const int32_t py = iy - (y * pool.stride_y - pad_top);
          const int32_t px = ix - (i / channels * pool.stride_x - pool.pad_left);
          const int32_t value = in.rows[iy][ix * channels + i % channels];
          if (py >= 0 && py < pool.height && px >= 0 && px < pool.width && value > expected) {
            expected = value;
          }
        }
      }
      expected = expected > pool.act_max ? pool.act_max : expected;
      CHECK(out.rows[y][i] == expected, "row %d, byte %d: %d, not %d", y, i, out.rows[y][i], expected);
    }
  }
  check_canaries(&out);
  free_image(&in);
  free_image(&out);
}

static void test_table(uint32_t *seed) {
  struct image table = random_image(seed, 1, 256);
  struct image in = random_image(seed, 3, (size_t)random_in(seed, 1, 50));
  struct image out = blank(3, in.row_bytes);
  fv_table_s8(&(struct fv_table_s8){table.rows[0], (uint32_t)in.row_bytes}, CONST_ROWS(in), out.rows, 3);
  for (int32_t y = 0; y < 3; y++) {
    for (size_t i = 0; i < in.row_bytes; i++) {
      CHECK(out.rows[y][i] == table.rows[0][in.rows[y][i] + 128], "row %d, byte %zu", y, i);
    }
  }
  check_canaries(&out);
  free_image(&table);
  free_image(&in);
  free_image(&out);
}

static void test_add(uint32_t *seed) {
  struct image a = random_image(seed, 2, 64), b = random_image(seed, 2, 64), out = blank(2, 64);
  const struct fv_add_s8 add = {
      .first_multiplier = (int32_t)(random_u32(seed) >> 2 | 1u << 30),
      .second_multiplier = (int32_t)(random_u32(seed) >> 2 | 1u << 30),
      .out_multiplier = (int32_t)(random_u32(seed) >> 2 | 1u << 30),
      .first_shift = (int8_t)random_in(seed, -4, 0),
      .second_shift = (int8_t)random_in(seed, -4, 0),
      .out_shift = (int8_t)random_in(seed, -21, -17),
      .left_shift = 20,
      .first_zero_point = (int16_t)random_in(seed, -128, 127),
      .second_zero_point = (int16_t)random_in(seed, -128, 127),
      .out_zero_point = (int16_t)random_in(seed, -128, 127),
      .act_min = -128,
      .act_max = (int8_t)random_in(seed, 0, 127),
      .row_bytes = 64,
  };
  fv_add_s8(&add, CONST_ROWS(a), CONST_ROWS(b), out.rows, 2);
  for (int32_t i = 0; i < 128; i++) {
    const int32_t x = (a.rows[i / 64][i % 64] - add.first_zero_point) * 1048576;
    const int32_t y = (b.rows[i / 64][i % 64] - add.second_zero_point) * 1048576;
    const int32_t sum = naive_requantise(x, add.first_multiplier, add.first_shift) +
                        naive_requantise(y, add.second_multiplier, add.second_shift);
    int32_t expected = add.out_zero_point + naive_requantise(sum, add.out_multiplier, add.out_shift);
    expected = expected < add.act_min ? add.act_min : expected > add.act_max ? add.act_max : expected;
    CHECK(out.rows[i / 64][i % 64] == expected, "byte %d: %d, not %d", i, out.rows[i / 64][i % 64], expected);
  }
  check_canaries(&out);
  free_image(&a);
  free_image(&b);
  free_image(&out);
}

/* A concatenation of two images. */
static void test_copy_channels(uint32_t *seed) {
  const uint16_t width = (uint16_t)random_in(seed, 1, 6);
  const uint16_t left = (uint16_t)random_in(seed, 1, 5), right = (uint16_t)random_in(seed, 1, 5);
  const uint16_t both = (uint16_t)(left + right);
  struct image a = random_image(seed, 2, (size_t)width * left), b = random_image(seed, 2, (size_t)width * right);
  struct image out = blank(2, (size_t)width * both);
  fv_copy_channels_s8(&(struct fv_copy_channels_s8){width, left, both, 0}, CONST_ROWS(a), out.rows, 2);
  fv_copy_channels_s8(&(struct fv_copy_channels_s8){width, right, both, left}, CONST_ROWS(b), out.rows, 2);
  for (int32_t i = 0; i < 2 * width * both; i++) {
    const int32_t y = i / (width * both), x = i / both % width, c = i % both;
    const int8_t expected = c < left ? a.rows[y][x * left + c] : b.rows[y][x * right + c - left];
    CHECK(out.rows[y][x * both + c] == expected, "row %d, column %d, channel %d", y, x, c);
  }
  check_canaries(&out);
  free_image(&a);
  free_image(&b);
  free_image(&out);
}

static void test_resize(uint32_t *seed) {
  uint16_t source_row[4], source_column[7];
  struct image in = random_image(seed, 3, 5 * 3), out = blank(4, 7 * 3);
  for (int i = 0; i < 4; i++) {
    source_row[i] = (uint16_t)random_in(seed, 0, 2);
  }
  for (int i = 0; i < 7; i++) {
    source_column[i] = (uint16_t)random_in(seed, 0, 4);
  }
  const struct fv_resize_nearest_s8 resize = {source_row, source_column, 7, 3};
  fv_resize_nearest_s8(&resize, CONST_ROWS(in), out.rows, 0, 1);
  fv_resize_nearest_s8(&resize, CONST_ROWS(in), out.rows + 1, 1, 3);
  for (int32_t i = 0; i < 4 * 7 * 3; i++) {
    const int32_t y = i / 21, x = i / 3 % 7, c = i % 3;
    CHECK(out.rows[y][x * 3 + c] == in.rows[source_row[y]][source_column[x] * 3 + c], "row %d, column %d", y, x);
  }
  check_canaries(&out);
  free_image(&in);
  free_image(&out);
}

static void test_pad(uint32_t *seed) {
  const struct fv_pad_s8 pad = {.in_width = 4, .channels = 3, .pad_left = 1, .pad_right = 2, .zero_point = -7};
  struct image in = random_image(seed, 1, 12), out = blank(2, 21);
  const int8_t *const rows[] = {NULL, in.rows[0]};
  fv_pad_s8(&pad, rows, out.rows, 2);
  for (int32_t i = 0; i < 21; i++) {
    const int inside = i >= 3 && i < 15;
    CHECK(out.rows[0][i] == -7, "padding row, byte %d", i);
    CHECK(out.rows[1][i] == (inside ? in.rows[0][i - 3] : -7), "image row, byte %d", i);
  }
  check_canaries(&out);
  free_image(&in);
  free_image(&out);
}

int main(void) {
  uint32_t seed = 42;
  for (int i = 0; i < 1000; i++) {
    test_max_pool(&seed);
    test_table(&seed);
    test_add(&seed);
    test_copy_channels(&seed);
    test_resize(&seed);
    test_pad(&seed);
  }
  return 0;
}
