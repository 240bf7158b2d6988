#include "fv_store_sums.h"

#include "fv_vector_scale.h"

static inline int32_t smaller(int32_t a, int32_t b) { return a < b ? a : b; }
static inline int32_t larger(int32_t a, int32_t b) { return a > b ? a : b; }

struct fv_patch fv_patch_of(const struct fv_conv2d_s8 *conv, int32_t out_row, int32_t out_end_row, int32_t out_column,
                            int32_t out_end_column) {
  const struct fv_fused_pool *pool = &conv->pool;
  const int32_t last_row = (out_end_row - 1) * pool->stride_y - pool->pad_top + pool->height;
  const int32_t last_column = (out_end_column - 1) * pool->stride_x - pool->pad_left + pool->width;
  return (struct fv_patch){.out_row = out_row,
                           .out_end_row = out_end_row,
                           .out_column = out_column,
                           .out_end_column = out_end_column,
                           .row = larger(0, out_row * pool->stride_y - pool->pad_top),
                           .end_row = smaller(conv->conv_height, last_row),
                           .column = larger(0, out_column * pool->stride_x - pool->pad_left),
                           .end_column = smaller(conv->conv_width, last_column)};
}

static inline int32x4_t load(const int8_t *sums) { return vldrwq_s32((const int32_t *)sums); }

/* The pixel of the patch that begins row `row` of sums. */
static inline const int8_t *row_of(const struct fv_patch *patch, const int8_t *sums, int32_t pixel_bytes, int32_t row) {
  return sums + (row - patch->row) * (patch->end_column - patch->column) * pixel_bytes;
}

static inline __attribute__((always_inline)) void store(const struct fv_vector_scale *scale, int32x4_t sum,
                                                        mve_pred16_t lanes, int8_t *out) {
  int32x4_t q = fv_scaled(sum, scale->multiplier, scale->shift);
  q = vmaxq_s32(q, vdupq_n_s32(scale->low));
  q = vminq_s32(q, vdupq_n_s32(scale->high));
  if (scale->of_zero != NULL) {
    q = vldrbq_gather_offset_s32(scale->of_zero, vreinterpretq_u32_s32(q));
  } else {
    q = vaddq_n_s32(q, scale->zero_point);
  }
  vstrbq_p_s32(out, q, lanes);
}

/* One row without a pool. */
static void store_row(const struct fv_vector_scale *scale, const int8_t *sums, int32_t pixel_bytes, mve_pred16_t lanes,
                      int8_t *out, int32_t step, int32_t columns) {
  if (scale->of_zero != NULL) {
    for (; columns > 0; columns--, sums += pixel_bytes, out += step) {
      store(scale, load(sums), lanes, out);
    }
  } else {
    for (; columns > 0; columns--, sums += pixel_bytes, out += step) {
      store(scale, load(sums), lanes, out);
    }
  }
}

/* One row of 2 x 2 windows that lie in two rows, one beside the other. */
static void store_pooled_row(const struct fv_vector_scale *scale, const int8_t *upper, const int8_t *lower,
                             int32_t pixel_bytes, mve_pred16_t lanes, int8_t *out, int32_t step, int32_t columns) {
  for (; columns > 0; columns--, upper += 2 * pixel_bytes, lower += 2 * pixel_bytes, out += step) {
    const int32x4_t left = vmaxq_s32(load(upper), load(lower));
    const int32x4_t right = vmaxq_s32(load(upper + pixel_bytes), load(lower + pixel_bytes));
    store(scale, vmaxq_s32(left, right), lanes, out);
  }
}

/* Columns from .. end - 1 of one output row, whatever the pool. */
static void store_windows(const struct fv_conv2d_s8 *conv, const struct fv_patch *patch, const int8_t *sums,
                          int32_t pixel_bytes, const struct fv_vector_scale *scale, mve_pred16_t lanes, int32_t y,
                          int32_t from, int8_t *out) {
  const struct fv_fused_pool *pool = &conv->pool;
  const int32_t top = y * pool->stride_y - pool->pad_top;
  for (int32_t x = from; x < patch->out_end_column; x++, out += conv->out_channels) {
    const int32_t left = x * pool->stride_x - pool->pad_left;
    const int32_t end_row = smaller(top + pool->height, patch->end_row);
    const int32_t end_column = smaller(left + pool->width, patch->end_column);
    int32x4_t maximum = vdupq_n_s32(INT32_MIN);
    for (int32_t row = larger(top, patch->row); row < end_row; row++) {
      const int8_t *at = row_of(patch, sums, pixel_bytes, row) - patch->column * pixel_bytes;
      for (int32_t column = larger(left, patch->column); column < end_column; column++) {
        maximum = vmaxq_s32(maximum, load(at + column * pixel_bytes));
      }
    }
    store(scale, maximum, lanes, out);
  }
}

static int32_t is_pool_of_2(const struct fv_fused_pool *pool) {
  return pool->height == 2 && pool->width == 2 && pool->stride_y == 2 && pool->stride_x == 2 && pool->pad_top == 0 &&
         pool->pad_left == 0;
}

/* Four channels, fewer at the end. */
static void store_lanes(const struct fv_conv2d_s8 *conv, const struct fv_patch *patch, const int8_t *sums,
                        int32_t pixel_bytes, int32_t channel, int32_t n_channels, int8_t *const out[]) {
  const struct fv_fused_pool *pool = &conv->pool;
  const mve_pred16_t lanes = vctp32q((uint32_t)n_channels);
  const struct fv_vector_scale scale = fv_vector_scale_of(conv, channel, lanes);
  const int32_t step = conv->out_channels, columns = patch->out_end_column - patch->out_column;
  const int32_t has_pool = pool->height > 1 || pool->width > 1 || pool->stride_y > 1 || pool->stride_x > 1;
  for (int32_t y = patch->out_row; y < patch->out_end_row; y++) {
    int8_t *to = out[y - patch->out_row] + patch->out_column * step + channel;
    if (!has_pool) {
      store_row(&scale, row_of(patch, sums, pixel_bytes, y), pixel_bytes, lanes, to, step, columns);
      continue;
    }
    int32_t whole = 0;
    if (is_pool_of_2(pool)) {
      const int8_t *upper = row_of(patch, sums, pixel_bytes, 2 * y);
      const int8_t *lower = row_of(patch, sums, pixel_bytes, smaller(2 * y + 1, patch->end_row - 1));
      whole = smaller(columns, (patch->end_column - patch->column) / 2);
      store_pooled_row(&scale, upper, lower, pixel_bytes, lanes, to, step, whole);
    }
    store_windows(conv, patch, sums, pixel_bytes, &scale, lanes, y, patch->out_column + whole, to + whole * step);
  }
}

void fv_store_sums(const struct fv_conv2d_s8 *conv, const struct fv_patch *patch, const int8_t *sums,
                   int32_t pixel_bytes, int32_t channel, int32_t n_channels, int8_t *const out[]) {
  for (int32_t c = 0; c < n_channels; c += 4) {
    store_lanes(conv, patch, sums + c * 4, pixel_bytes, channel + c, n_channels - c, out);
  }
}
