#include "fv_sparse.h"

#include <string.h>

enum { WORD = sizeof(uint32_t), WORD_BITS = 32 };

static uint32_t word_at(const int8_t *bytes) {
  uint32_t word;
  memcpy(&word, bytes, sizeof word);
  return word;
}

/* In halves, so that each becomes four stores and no call. */
static inline void clear(int8_t *to) {
  int8_t *const words = __builtin_assume_aligned(to, WORD);
  memset(words, 0, WORD_BITS / 2);
  memset(words + WORD_BITS / 2, 0, WORD_BITS / 2);
}

static void unpack_run(const int8_t *map, int32_t run_bytes, int8_t *to) {
  const int8_t *values = map + run_bytes / WORD_BITS * WORD;
  for (const int8_t *const end = to + run_bytes; to != end; to += WORD_BITS, map += WORD) {
    clear(to);
    for (uint32_t left = word_at(map); left != 0; values++) {
      const int place = __builtin_clz(left);
      to[place] = *values;
      left &= ~(UINT32_C(1) << (WORD_BITS - 1) >> place);
    }
  }
}

const int8_t *fv_unpack_weights(const struct fv_conv2d_s8 *conv, int32_t first, int32_t n, int8_t *to) {
  const int32_t run_bytes = conv->sparse_run;
  const int8_t *offset = conv->weights + first / run_bytes * WORD;
  for (int32_t at = 0; at < n; at += run_bytes, offset += WORD) {
    unpack_run(conv->weights + word_at(offset), run_bytes, to + at);
  }
  return to;
}
