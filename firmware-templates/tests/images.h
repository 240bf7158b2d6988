/* Images of random bytes for tests, each row an allocation of its own, with canaries behind those that are written. */
#ifndef FV_TEST_IMAGES_H
#define FV_TEST_IMAGES_H

#include "check.h"
#include "naive.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 12, CANARY = 0x5A, CANARIES = 8 };

/* An image whose rows are allocations of their own. */
struct image {
  int8_t *rows[ROWS + 4];
  int32_t height;
  size_t row_bytes;
};

static struct image blank(int32_t height, size_t row_bytes) {
  struct image image = {.height = height, .row_bytes = row_bytes};
  for (int32_t y = 0; y < height; y++) {
    image.rows[y] = malloc(row_bytes + CANARIES);
    memset(image.rows[y], CANARY, row_bytes + CANARIES);
  }
  return image;
}

/* Exactly as long as its rows: the sanitiser sees a read beyond. */
static struct image random_image(uint32_t *seed, int32_t height, size_t row_bytes) {
  struct image image = {.height = height, .row_bytes = row_bytes};
  for (int32_t y = 0; y < height; y++) {
    image.rows[y] = malloc(row_bytes);
    for (size_t i = 0; i < row_bytes; i++) {
      image.rows[y][i] = (int8_t)random_u32(seed);
    }
  }
  return image;
}

static void free_image(struct image *image) {
  for (int32_t y = 0; y < image->height; y++) {
    free(image->rows[y]);
  }
}

static void check_canaries(const struct image *image) {
  for (int32_t y = 0; y < image->height; y++) {
    for (int i = 0; i < CANARIES; i++) {
      CHECK(image->rows[y][image->row_bytes + (size_t)i] == CANARY, "canary %d after row %d", i, y);
    }
  }
}

#define CONST_ROWS(image) ((const int8_t *const *)(image).rows)

#endif
