/* Packed weights without their zeros, as fv_sparse.h describes them, for tests. */
#ifndef SPARSE_WEIGHTS_H
#define SPARSE_WEIGHTS_H

#include <stdint.h>
#include <string.h>

/* Packed weights: their bytes, and those whose multiples the kernel asks for. 0: it reads no sparse ones. */
struct packed_form {
  int32_t bytes, granule;
};

static inline int32_t common_divisor(int32_t a, int32_t b) { return b == 0 ? a : common_divisor(b, a % b); }

/* The longest run of at most 4096 bytes of which a granule has a whole number; 0: there is none. */
static inline int32_t sparse_run_of(int32_t granule) {
  for (int32_t run = granule / 32 * 32; run > 0; run -= 32) {
    if (granule % run == 0 && run <= 4096) {
      return run;
    }
  }
  return 0;
}

/* Returns the bytes stored. */
static inline int32_t drop_zeros(const int8_t *packed, int32_t bytes, int32_t run, int8_t *to) {
  int32_t at = bytes / run * 4;
  for (int32_t i = 0; i < bytes; i += run) {
    const uint32_t offset = (uint32_t)at;
    memcpy(to + i / run * 4, &offset, 4);
    int32_t value = at + run / 8;
    for (int32_t j = 0; j < run; j += 32, at += 4) {
      uint32_t map = 0;
      for (int32_t bit = 0; bit < 32; bit++) {
        if (packed[i + j + bit] != 0) {
          map |= UINT32_C(1) << (31 - bit);
          to[value++] = packed[i + j + bit];
        }
      }
      memcpy(to + at, &map, 4);
    }
    at = (value + 3) / 4 * 4;
  }
  return at;
}

#endif
