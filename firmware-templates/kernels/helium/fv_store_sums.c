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

/* A row of n outputs, `step` bytes apart, and where its sums are. */
struct row {
  const int8_t *upper, *lower; /* two rows of sums; without a pool the same */
  int32_t pixel_bytes;
  int8_t *out;
  int32_t step, n;
};

static inline __attribute__((always_inline)) void store_plain_row(const struct fv_vector_scale *scale,
                                                                  const int8_t *of_zero, struct row row,
                                                                  mve_pred16_t lanes) {
  for (; row.n > 0; row.n--, row.upper += row.pixel_bytes, row.out += row.step) {
    fv_store_scaled(scale, of_zero, load(row.upper), lanes, row.out);
  }
}

/* Windows of 2 x 2 side by side. */
static inline __attribute__((always_inline)) void store_paired_row(const struct fv_vector_scale *scale,
                                                                   const int8_t *of_zero, struct row row,
                                                                   mve_pred16_t lanes) {
  for (; row.n > 0; row.n--, row.upper += 2 * row.pixel_bytes, row.lower += 2 * row.pixel_bytes, row.out += row.step) {
    const int32x4_t left = vmaxq_s32(load(row.upper), load(row.lower));
    const int32x4_t right = vmaxq_s32(load(row.upper + row.pixel_bytes), load(row.lower + row.pixel_bytes));
    fv_store_scaled(scale, of_zero, vmaxq_s32(left, right), lanes, row.out);
  }
}

/* Windows of 2 x 2 that begin at every column. */
static inline __attribute__((always_inline)) void store_sliding_row(const struct fv_vector_scale *scale,
                                                                    const int8_t *of_zero, struct row row,
                                                                    mve_pred16_t lanes) {
  int32x4_t left = vmaxq_s32(load(row.upper), load(row.lower));
  for (; row.n > 0; row.n--, row.out += row.step) {
    row.upper += row.pixel_bytes;
    row.lower += row.pixel_bytes;
    const int32x4_t right = vmaxq_s32(load(row.upper), load(row.lower));
    fv_store_scaled(scale, of_zero, vmaxq_s32(left, right), lanes, row.out);
    left = right;
  }
}

/* One row of a pool of 1 x 1 (stride 0) or of 2 x 2 with this stride. */
static void store_row(const struct fv_vector_scale *scale, struct row row, int32_t stride, mve_pred16_t lanes) {
  const int8_t *of_zero = scale->of_zero;
  if (stride == 0 && of_zero != NULL) {
    store_plain_row(scale, of_zero, row, lanes);
  } else if (stride == 0) {
    store_plain_row(scale, NULL, row, lanes);
  } else if (stride == 2 && of_zero != NULL) {
    store_paired_row(scale, of_zero, row, lanes);
  } else if (stride == 2) {
    store_paired_row(scale, NULL, row, lanes);
  } else if (of_zero != NULL) {
    store_sliding_row(scale, of_zero, row, lanes);
  } else {
    store_sliding_row(scale, NULL, row, lanes);
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
    fv_store_scaled(scale, scale->of_zero, maximum, lanes, out);
  }
}

/* 0 without a pool, its stride where it takes 2 x 2 and store_row has it, else -1. */
static int32_t stride_of(const struct fv_fused_pool *pool) {
  if (pool->height != pool->width || pool->stride_y != pool->stride_x || pool->pad_top > 0 || pool->pad_left > 0) {
    return -1;
  }
  if (pool->height == 1 && pool->stride_y == 1) {
    return 0;
  }
  return pool->height == 2 && pool->stride_y <= 2 ? pool->stride_y : -1;
}

/* How many of a patch's columns have whole windows. */
static int32_t whole_columns(const struct fv_patch *patch, int32_t stride) {
  const int32_t columns = patch->out_end_column - patch->out_column, available = patch->end_column - patch->column;
  if (stride < 0) {
    return 0;
  }
  return smaller(columns, stride == 0 ? available : stride == 1 ? available - 1 : available / 2);
}

/* Four channels, fewer at the end. */
static void store_lanes(const struct fv_conv2d_s8 *conv, const struct fv_patch *patch, const int8_t *sums,
                        int32_t pixel_bytes, int32_t channel, int32_t n_channels, int8_t *const out[]) {
  const struct fv_fused_pool *pool = &conv->pool;
  const mve_pred16_t lanes = vctp32q((uint32_t)n_channels);
  const struct fv_vector_scale scale = fv_vector_scale_of(conv, channel, lanes);
  const int32_t stride = stride_of(pool), whole = whole_columns(patch, stride);
  for (int32_t y = patch->out_row; y < patch->out_end_row; y++) {
    int8_t *to = out[y - patch->out_row] + patch->out_column * conv->out_channels + channel;
    if (whole > 0) {
      const int32_t upper = y * pool->stride_y, lower = smaller(upper + pool->height, patch->end_row) - 1;
      const struct row row = {row_of(patch, sums, pixel_bytes, upper),
                              row_of(patch, sums, pixel_bytes, lower),
                              pixel_bytes,
                              to,
                              conv->out_channels,
                              whole};
      store_row(&scale, row, stride, lanes);
    }
    store_windows(conv, patch, sums, pixel_bytes, &scale, lanes, y, patch->out_column + whole,
                  to + whole * conv->out_channels);
  }
}

void fv_store_sums(const struct fv_conv2d_s8 *conv, const struct fv_patch *patch, const int8_t *sums,
                   int32_t pixel_bytes, int32_t channel, int32_t n_channels, int8_t *const out[]) {
  for (int32_t c = 0; c < n_channels; c += 4) {
    store_lanes(conv, patch, sums + c * 4, pixel_bytes, channel + c, n_channels - c, out);
  }
}
