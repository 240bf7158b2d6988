#include "fv_winograd.h"

#include "fv_dot.h"

#include <arm_acle.h>
#include <string.h>

/* Two channels in one word. */
typedef int16x2_t pair;

enum { HALVES = 2 };

static inline uint32_t word(const int8_t *p) {
  uint32_t w;
  memcpy(&w, p, sizeof w);
  return w;
}

/* Channels 0 and 2 of four, or 1 and 3. */
static inline pair half_of(uint32_t w, int half) {
  pair r;
  if (half == 0) {
    __asm("sxtb16 %0, %1" : "=r"(r) : "r"(w));
  } else {
    __asm("sxtb16 %0, %1, ror #8" : "=r"(r) : "r"(w));
  }
  return r;
}

static inline pair twice(pair x) { return __sadd16(x, x); }
static inline pair four_times(pair x) { return twice(twice(x)); }

/* t = B' d */
static inline void transform_pixels(const pair d[6], pair t[6]) {
  const pair difference = __ssub16(d[4], d[2]);
  const pair outer = twice(__ssub16(d[3], d[1]));
  const pair even = __ssub16(d[4], four_times(d[2]));
  const pair odd = __ssub16(d[3], four_times(d[1]));
  t[0] = __sadd16(four_times(__ssub16(d[0], d[2])), difference);
  t[1] = __sadd16(even, odd);
  t[2] = __ssub16(even, odd);
  t[3] = __sadd16(difference, outer);
  t[4] = __ssub16(difference, outer);
  t[5] = __ssub16(__ssub16(d[5], d[3]), twice(outer));
}

/* t = G g */
static inline void transform_weights(const pair g[3], pair t[6]) {
  const pair ends = __sadd16(g[0], g[2]);
  const pair weighted = __sadd16(g[0], four_times(g[2]));
  const pair middle = twice(g[1]);
  t[0] = g[0];
  t[1] = __sadd16(ends, g[1]);
  t[2] = __ssub16(ends, g[1]);
  t[3] = __sadd16(weighted, middle);
  t[4] = __ssub16(weighted, middle);
  t[5] = g[2];
}

/* One column of six rows, transformed downwards: t[half][row]. */
static inline void transform_column(const struct fv_winograd_input *input, int32_t x, int32_t channel,
                                    pair t[HALVES][6]) {
  uint32_t w[6];
  if (x < 0 || x >= input->width) {
    for (int k = 0; k < 6; k++) {
      w[k] = word(input->padding);
    }
  } else {
    const uint32_t offset = (uint32_t)(x * input->pixel_bytes + channel);
#pragma GCC unroll 6
    for (int k = 0; k < 6; k++) {
      w[k] = word(input->rows[k].base + (offset & input->rows[k].mask));
    }
  }
#pragma GCC unroll 2
  for (int half = 0; half < HALVES; half++) {
    pair d[6];
#pragma GCC unroll 6
    for (int k = 0; k < 6; k++) {
      d[k] = half_of(w[k], half);
    }
    transform_pixels(d, t[half]);
  }
}

/* The columns of one tile, transformed across, to V: positions are `stride` words apart. */
static inline void transform_rows(pair (*columns)[HALVES][6], pair *v, int32_t stride) {
#pragma GCC unroll 2
  for (int half = 0; half < HALVES; half++) {
    pair *to = v + half * FV_PAIR;
    for (int i = 0; i < 6; i++, to += 6 * stride) {
      pair d[6], t[6];
#pragma GCC unroll 6
      for (int j = 0; j < 6; j++) {
        d[j] = columns[j][half][i];
      }
      transform_pixels(d, t);
#pragma GCC unroll 6
      for (int j = 0; j < 6; j++) {
        to[j * stride] = t[j];
      }
    }
  }
}

/* One unit of channels of a row of tiles. */
static inline void transform_unit(const struct fv_winograd_input *input, int32_t channel, int32_t units,
                                  int32_t first, int32_t tiles, pair *v) {
  pair columns[6][HALVES][6];
  const int32_t stride = units * FV_UNIT_OF_PIXELS / 2;
  int32_t x = input->left;
  transform_column(input, x, channel, columns[0]);
  transform_column(input, x + 1, channel, columns[1]);
  for (int32_t tile = first; tile < first + tiles; tile++, x += FV_TILE) {
    for (int j = 2; j < 6; j++) {
      transform_column(input, x + j, channel, columns[j]);
    }
    transform_rows(columns, v + (tile / FV_PAIR) * FV_POSITIONS * stride + tile % FV_PAIR, stride);
    memcpy(columns[0], columns[4], 2 * sizeof columns[0]);
  }
}

void fv_winograd_pixels(const struct fv_winograd_input *input, int32_t channel, int32_t units, int32_t first,
                        int32_t tiles, int16_t *pixels) {
  for (int32_t unit = 0; unit < units; unit++) {
    pair *v = (pair *)pixels + unit * (FV_UNIT_OF_PIXELS / 2);
    transform_unit(input, channel + unit * FV_UNIT, units, first, tiles, v);
  }
}

/* One filter's unit: nine words of four channels, to U. */
static inline void transform_filter(const int8_t *packed, pair *u, int32_t stride) {
#pragma GCC unroll 2
  for (int half = 0; half < HALVES; half++, u += FV_LANES) {
    pair columns[3][6];
#pragma GCC unroll 3
    for (int j = 0; j < 3; j++) {
      const pair g[3] = {half_of(word(packed + 4 * j), half), half_of(word(packed + 12 + 4 * j), half),
                         half_of(word(packed + 24 + 4 * j), half)};
      transform_weights(g, columns[j]);
    }
#pragma GCC unroll 6
    for (int i = 0; i < 6; i++) {
      const pair g[3] = {columns[0][i], columns[1][i], columns[2][i]};
      pair t[6];
      transform_weights(g, t);
#pragma GCC unroll 6
      for (int j = 0; j < 6; j++) {
        u[(i * 6 + j) * stride] = t[j];
      }
    }
  }
}

static inline void transform_filters(const int8_t *packed, pair *u, int32_t units) {
  for (int32_t unit = 0; unit < units; unit++, u += FV_UNIT_OF_WEIGHTS / 2) {
    for (int32_t lane = 0; lane < FV_LANES; lane++, packed += FV_FILTER_UNIT / FV_LANES) {
      transform_filter(packed, u + lane, units * (FV_UNIT_OF_WEIGHTS / 2));
    }
  }
}

/* The usual count of units as a constant: then so are the addresses. */
enum { USUAL_UNITS = 8 };

void fv_winograd_weights(const int8_t *packed, int16_t *weights, int32_t units) {
  if (units == USUAL_UNITS) {
    transform_filters(packed, (pair *)weights, USUAL_UNITS);
  } else {
    transform_filters(packed, (pair *)weights, units);
  }
}

/* A' m, each output less its powers of two: y[1] lacks a factor 2, y[2] and y[3] one of 4. */
static inline void transform_products(const uint32_t m[6], uint32_t y[4]) {
  const uint32_t p = m[1] + m[2], q = m[1] - m[2], r = m[3] + m[4], s = m[3] - m[4];
  y[0] = 6 * m[0] + r - 4 * p;
  y[1] = s - 2 * q;
  y[2] = r - p;
  y[3] = 2 * s - q + 6 * m[5];
}

/* 1 / 9 modulo 2^32 */
#define NINTH 0x38E38E39u

/* Bits that 9 y still has too many. */
static inline int excess(int row, int column) {
  static const int LACKS[4] = {0, 1, 2, 2};
  return 6 - LACKS[row] - LACKS[column];
}

static inline void add_tile(const int32_t *products, int32_t *sums, int32_t row_pairs) {
  uint32_t columns[6][4];
#pragma GCC unroll 6
  for (int j = 0; j < 6; j++) {
    uint32_t m[6];
#pragma GCC unroll 6
    for (int i = 0; i < 6; i++) {
      m[i] = (uint32_t)products[(i * 6 + j) * FV_SUMS];
    }
    transform_products(m, columns[j]);
  }
#pragma GCC unroll 4
  for (int row = 0; row < FV_TILE; row++, sums += row_pairs * FV_SUMS) {
    uint32_t m[6], y[4];
#pragma GCC unroll 6
    for (int j = 0; j < 6; j++) {
      m[j] = columns[j][row];
    }
    transform_products(m, y);
#pragma GCC unroll 4
    for (int x = 0; x < FV_TILE; x++) {
      sums[x / FV_PAIR * FV_SUMS + x % FV_PAIR] += (int32_t)(y[x] * NINTH) >> excess(row, x);
    }
  }
}

void fv_winograd_sums(const int32_t *products, int32_t *sums, int32_t row_pairs) {
  for (int32_t lane = 0; lane < FV_LANES; lane++, products += FV_PAIR, sums += FV_PAIR) {
    add_tile(products, sums, row_pairs);
  }
}
