/* The smallest test harness: CHECK says where and with which numbers; a seeded generator makes every run the same. */
#ifndef CHECK_H
#define CHECK_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define CHECK(condition, ...)                                         \
  do {                                                                \
    if (!(condition)) {                                               \
      fprintf(stderr, "%s:%d: %s: ", __FILE__, __LINE__, #condition); \
      fprintf(stderr, __VA_ARGS__);                                   \
      fputc('\n', stderr);                                            \
      exit(1);                                                        \
    }                                                                 \
  } while (0)

/* xorshift32; the state is never 0. */
static inline uint32_t random_u32(uint32_t *state) {
  *state ^= *state << 13;
  *state ^= *state >> 17;
  *state ^= *state << 5;
  return *state;
}

/* low .. high, both included. */
static inline int32_t random_in(uint32_t *state, int32_t low, int32_t high) {
  return low + (int32_t)(random_u32(state) % (uint32_t)(high - low + 1));
}

#endif
