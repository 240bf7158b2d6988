#include "fv_neon_winograd.h"

#include "fv_neon.h"

#include <stddef.h>
#include <string.h>

/* t = B' d */
static inline void transform_pixels(const int16x8_t d[FV_INPUTS], int16x8_t t[FV_INPUTS]) {
  const int16x8_t difference = vsubq_s16(d[4], d[2]);
  const int16x8_t outer = vshlq_n_s16(vsubq_s16(d[3], d[1]), 1);
  const int16x8_t even = vsubq_s16(d[4], vshlq_n_s16(d[2], 2));
  const int16x8_t odd = vsubq_s16(d[3], vshlq_n_s16(d[1], 2));
  t[0] = vaddq_s16(vshlq_n_s16(vsubq_s16(d[0], d[2]), 2), difference);
  t[1] = vaddq_s16(even, odd);
  t[2] = vsubq_s16(even, odd);
  t[3] = vaddq_s16(difference, outer);
  t[4] = vsubq_s16(difference, outer);
  t[5] = vsubq_s16(vsubq_s16(d[5], d[3]), vshlq_n_s16(outer, 1));
}

/* Column x, transformed downwards. */
static inline void transform_column(const struct fv_winograd_input *input, int32_t x, int32_t channel,
                                    int16_t column[FV_INPUTS][FV_LANES]) {
  const int8x8_t padding = vdup_n_s8(input->padding);
  const int inside = x >= 0 && x < input->width;
  const int32_t offset = x * input->pixel_bytes + channel;
  int16x8_t d[FV_INPUTS], t[FV_INPUTS];
#pragma GCC unroll 6
  for (int32_t k = 0; k < FV_INPUTS; k++) {
    const int8x8_t value = inside && input->rows[k] != NULL ? vld1_s8(input->rows[k] + offset) : padding;
    d[k] = vmovl_s8(value);
  }
  transform_pixels(d, t);
#pragma GCC unroll 6
  for (int32_t k = 0; k < FV_INPUTS; k++) {
    vst1q_s16(column[k], t[k]);
  }
}

/* The columns of a tile, transformed across; positions are `step` apart. */
static inline void transform_rows(int16_t columns[FV_INPUTS][FV_INPUTS][FV_LANES], int16_t *v, int32_t step) {
  for (int32_t i = 0; i < FV_INPUTS; i++) {
    int16x8_t d[FV_INPUTS], t[FV_INPUTS];
#pragma GCC unroll 6
    for (int32_t j = 0; j < FV_INPUTS; j++) {
      d[j] = vld1q_s16(columns[j][i]);
    }
    transform_pixels(d, t);
#pragma GCC unroll 6
    for (int32_t j = 0; j < FV_INPUTS; j++, v += step) {
      vst1q_s16(v, t[j]);
    }
  }
}

void fv_winograd_pixels(const struct fv_winograd_input *input, int32_t channel, int32_t first, int32_t tiles,
                        int32_t units, int16_t *v) {
  int16_t columns[FV_INPUTS][FV_INPUTS][FV_LANES];
  const int32_t step = units * FV_GROUP * FV_LANES;
  int32_t x = input->left;
  transform_column(input, x, channel, columns[0]);
  transform_column(input, x + 1, channel, columns[1]);
  for (int32_t tile = first; tile < first + tiles; tile++, x += FV_SIDE) {
    for (int32_t j = 2; j < FV_INPUTS; j++) {
      transform_column(input, x + j, channel, columns[j]);
    }
    transform_rows(columns, v + tile / FV_GROUP * FV_POSITIONS * step + tile % FV_GROUP * FV_LANES, step);
    memcpy(columns[0], columns[FV_SIDE], 2 * sizeof columns[0]);
  }
}

/* t = G g */
static inline void transform_filter(const int16x8_t g[3], int16x8_t t[FV_INPUTS]) {
  const int16x8_t ends = vaddq_s16(g[0], g[2]);
  const int16x8_t weighted = vaddq_s16(g[0], vshlq_n_s16(g[2], 2));
  const int16x8_t middle = vshlq_n_s16(g[1], 1);
  t[0] = g[0];
  t[1] = vaddq_s16(ends, g[1]);
  t[2] = vsubq_s16(ends, g[1]);
  t[3] = vaddq_s16(weighted, middle);
  t[4] = vsubq_s16(weighted, middle);
  t[5] = g[2];
}

/* t = G g of two input channels at a time, which lie side by side wherever they are stored. */
static inline void store_filter(const int16x8_t a[3], const int16x8_t b[3], int16_t *to, int32_t step) {
  int16x8_t t[FV_INPUTS], v[FV_INPUTS];
  transform_filter(a, t);
  transform_filter(b, v);
#pragma GCC unroll 6
  for (int32_t j = 0; j < FV_INPUTS; j++) {
    to = fv_store_two(to, t[j], v[j], step);
  }
}

static inline void transform_filter_column(const int8_t *packed, int16_t *to, int32_t step) {
  const int8x16_t x = vld1q_s8(packed), y = vld1q_s8(packed + 3 * FV_UNIT), z = vld1q_s8(packed + 6 * FV_UNIT);
  const int16x8_t a[3] = {vmovl_s8(vget_low_s8(x)), vmovl_s8(vget_low_s8(y)), vmovl_s8(vget_low_s8(z))};
  const int16x8_t b[3] = {vmovl_s8(vget_high_s8(x)), vmovl_s8(vget_high_s8(y)), vmovl_s8(vget_high_s8(z))};
  store_filter(a, b, to, step);
}

/* Not unrolled, so that a pass keeps to the registers. */
void fv_winograd_weights(const int8_t *packed, int32_t channels, int16_t *u) {
  enum { PAIR = 2 * FV_LANES };
  const int32_t step = channels * FV_LANES;
  for (int32_t i = 0; i < channels; i += 2, packed += 2 * FV_FILTER_BYTES, u += PAIR) {
    int16_t columns[FV_INPUTS][3][PAIR];
#pragma GCC unroll 1
    for (int32_t j = 0; j < 3; j++) {
      transform_filter_column(packed + j * FV_UNIT, columns[0][j], 3 * PAIR);
    }
    const int8_t *from = (const int8_t *)columns;
#pragma GCC unroll 1
    for (int32_t k = 0; k < FV_INPUTS; k++) {
      const int8x16x2_t x = fv_load_two(&from), y = fv_load_two(&from), z = fv_load_two(&from);
      const int16x8_t a[3] = {vreinterpretq_s16_s8(x.val[0]), vreinterpretq_s16_s8(y.val[0]),
                              vreinterpretq_s16_s8(z.val[0])};
      const int16x8_t b[3] = {vreinterpretq_s16_s8(x.val[1]), vreinterpretq_s16_s8(y.val[1]),
                              vreinterpretq_s16_s8(z.val[1])};
      store_filter(a, b, u + k * FV_INPUTS * step, step);
    }
  }
}

/* Eight output channels of four tiles. */
struct products {
  int32x4_t a0, a1, b0, b1, c0, c1, d0, d1;
};

/* Adds one input channel: a lane of each tile's pixels. */
#define FV_STEP(m, u, a, b, c, d, lane)                   \
  m.a0 = vmlal_lane_s16(m.a0, vget_low_s16(u), a, lane);  \
  m.a1 = vmlal_lane_s16(m.a1, vget_high_s16(u), a, lane); \
  m.b0 = vmlal_lane_s16(m.b0, vget_low_s16(u), b, lane);  \
  m.b1 = vmlal_lane_s16(m.b1, vget_high_s16(u), b, lane); \
  m.c0 = vmlal_lane_s16(m.c0, vget_low_s16(u), c, lane);  \
  m.c1 = vmlal_lane_s16(m.c1, vget_high_s16(u), c, lane); \
  m.d0 = vmlal_lane_s16(m.d0, vget_low_s16(u), d, lane);  \
  m.d1 = vmlal_lane_s16(m.d1, vget_high_s16(u), d, lane)

/* Adds four input channels. */
static inline struct products add_four(struct products m, const int8_t **u, int16x4_t a, int16x4_t b, int16x4_t c,
                                       int16x4_t d) {
  const int8x16x2_t first = fv_load_two(u);
  const int16x8_t u0 = vreinterpretq_s16_s8(first.val[0]), u1 = vreinterpretq_s16_s8(first.val[1]);
  FV_STEP(m, u0, a, b, c, d, 0);
  FV_STEP(m, u1, a, b, c, d, 1);
  const int8x16x2_t second = fv_load_two(u);
  const int16x8_t u2 = vreinterpretq_s16_s8(second.val[0]), u3 = vreinterpretq_s16_s8(second.val[1]);
  FV_STEP(m, u2, a, b, c, d, 2);
  FV_STEP(m, u3, a, b, c, d, 3);
  return m;
}

void fv_winograd_products(const int16_t *u, const int16_t *v, int32_t units, int32_t *m) {
  enum { TILE = FV_POSITIONS * FV_LANES };
  struct products p = {vld1q_s32(m),
                       vld1q_s32(m + 4),
                       vld1q_s32(m + TILE),
                       vld1q_s32(m + TILE + 4),
                       vld1q_s32(m + 2 * TILE),
                       vld1q_s32(m + 2 * TILE + 4),
                       vld1q_s32(m + 3 * TILE),
                       vld1q_s32(m + 3 * TILE + 4)};
  const int8_t *at = (const int8_t *)u, *pixels = (const int8_t *)v;
  for (; units > 0; units--) {
    const int8x16x2_t two = fv_load_two(&pixels), next = fv_load_two(&pixels);
    const int16x8_t a = vreinterpretq_s16_s8(two.val[0]), b = vreinterpretq_s16_s8(two.val[1]);
    const int16x8_t c = vreinterpretq_s16_s8(next.val[0]), d = vreinterpretq_s16_s8(next.val[1]);
    p = add_four(p, &at, vget_low_s16(a), vget_low_s16(b), vget_low_s16(c), vget_low_s16(d));
    p = add_four(p, &at, vget_high_s16(a), vget_high_s16(b), vget_high_s16(c), vget_high_s16(d));
  }
  vst1q_s32(m, p.a0);
  vst1q_s32(m + 4, p.a1);
  vst1q_s32(m + TILE, p.b0);
  vst1q_s32(m + TILE + 4, p.b1);
  vst1q_s32(m + 2 * TILE, p.c0);
  vst1q_s32(m + 2 * TILE + 4, p.c1);
  vst1q_s32(m + 3 * TILE, p.d0);
  vst1q_s32(m + 3 * TILE + 4, p.d1);
}

/* A' m, each output less its powers of two: y[1] lacks a factor 2, y[2] and y[3] one of 4. */
static inline void transform_products(const int32x4_t m[FV_INPUTS], int32x4_t y[FV_SIDE]) {
  const int32x4_t p = vaddq_s32(m[1], m[2]), q = vsubq_s32(m[1], m[2]);
  const int32x4_t r = vaddq_s32(m[3], m[4]), s = vsubq_s32(m[3], m[4]);
  y[0] = vmlaq_n_s32(vsubq_s32(r, vshlq_n_s32(p, 2)), m[0], 6);
  y[1] = vsubq_s32(s, vshlq_n_s32(q, 1));
  y[2] = vsubq_s32(r, p);
  y[3] = vmlaq_n_s32(vsubq_s32(vshlq_n_s32(s, 1), q), m[5], 6);
}

/* The inverse of 9 modulo 2^32. */
#define FV_NINTH 0x38E38E39

/* Takes 9 y times 2^excess to y and adds it. */
#define FV_ADD(to, y, excess) vst1q_s32(to, vsraq_n_s32(vld1q_s32(to), vmulq_n_s32(y, FV_NINTH), excess))

/* The row of sums that lacks `lack` factors of 2. */
#define FV_ADD_ROW(to, y, lack)                    \
  FV_ADD(to, (y)[0], 6 - (lack));                  \
  FV_ADD((to) + FV_LANES, (y)[1], 5 - (lack));     \
  FV_ADD((to) + 2 * FV_LANES, (y)[2], 4 - (lack)); \
  FV_ADD((to) + 3 * FV_LANES, (y)[3], 4 - (lack))

/* Not unrolled, so that a pass keeps to the registers. */
static inline void add_half(const int32_t *m, int32_t *sums, int32_t row_values) {
  int32x4_t columns[FV_SIDE][FV_INPUTS], y[FV_SIDE];
#pragma GCC unroll 1
  for (int32_t j = 0; j < FV_INPUTS; j++, m += FV_LANES) {
    int32x4_t column[FV_INPUTS];
#pragma GCC unroll 6
    for (int32_t i = 0; i < FV_INPUTS; i++) {
      column[i] = vld1q_s32(m + i * FV_INPUTS * FV_LANES);
    }
    transform_products(column, y);
    columns[0][j] = y[0];
    columns[1][j] = y[1];
    columns[2][j] = y[2];
    columns[3][j] = y[3];
  }
  transform_products(columns[0], y);
  FV_ADD_ROW(sums, y, 0);
  transform_products(columns[1], y);
  FV_ADD_ROW(sums + row_values, y, 1);
  transform_products(columns[2], y);
  FV_ADD_ROW(sums + 2 * row_values, y, 2);
  transform_products(columns[3], y);
  FV_ADD_ROW(sums + 3 * row_values, y, 2);
}

void fv_winograd_sums(const int32_t *m, int32_t *sums, int32_t row_pixels) {
  add_half(m, sums, row_pixels * FV_LANES);
  add_half(m + 4, sums + 4, row_pixels * FV_LANES);
}
