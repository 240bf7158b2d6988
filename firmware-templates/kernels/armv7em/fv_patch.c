#include "fv_patch.h"

#include "fv_dot.h"
#include "fv_scale.h"

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

/* One row without a pool. */
static void store_row(const struct fv_scale *scale, const int32_t *sums, int8_t *out, int32_t columns, int32_t step) {
  const int32_t multiplier = scale->multiplier, shift = scale->shift, offset = scale->offset;
  const int8_t *const of_zero = scale->of_zero;
  if (of_zero == NULL) {
    for (; columns > 1; columns -= 2, sums += FV_SUMS, out += 2 * step) {
      out[0] = (int8_t)fv_scaled(sums[0], multiplier, shift, offset);
      out[step] = (int8_t)fv_scaled(sums[1], multiplier, shift, offset);
    }
  } else {
    for (; columns > 1; columns -= 2, sums += FV_SUMS, out += 2 * step) {
      out[0] = of_zero[fv_scaled(sums[0], multiplier, shift, offset)];
      out[step] = of_zero[fv_scaled(sums[1], multiplier, shift, offset)];
    }
  }
  if (columns > 0) {
    out[0] = fv_scaled_output(scale, sums[0]);
  }
}

static inline int32_t maximum_of_pairs(const int32_t *sums, const int32_t *next) {
  return larger(larger(sums[0], sums[1]), larger(next[0], next[1]));
}

/* One row of a 2 x 2 pool whose windows are pairs of the patch; next is the sums' second row. */
static void store_pooled_row(const struct fv_scale *scale, const int32_t *sums, const int32_t *next, int8_t *out,
                             int32_t columns, int32_t step) {
  const int32_t multiplier = scale->multiplier, shift = scale->shift, offset = scale->offset;
  const int8_t *const of_zero = scale->of_zero;
  if (of_zero == NULL) {
    for (; columns > 0; columns--, sums += FV_SUMS, next += FV_SUMS, out += step) {
      *out = (int8_t)fv_scaled(maximum_of_pairs(sums, next), multiplier, shift, offset);
    }
    return;
  }
  for (; columns > 1; columns -= 2, sums += 2 * FV_SUMS, next += 2 * FV_SUMS, out += 2 * step) {
    const int32_t first = maximum_of_pairs(sums, next), second = maximum_of_pairs(sums + FV_SUMS, next + FV_SUMS);
    const int32_t q = fv_scaled(first, multiplier, shift, offset), r = fv_scaled(second, multiplier, shift, offset);
    out[0] = of_zero[q];
    out[step] = of_zero[r];
  }
  if (columns > 0) {
    *out = of_zero[fv_scaled(maximum_of_pairs(sums, next), multiplier, shift, offset)];
  }
}

static int32_t maximum_of_window(const struct fv_patch *patch, struct fv_sums sums, int32_t lane,
                                 const struct fv_fused_pool *pool, int32_t top, int32_t left) {
  const int32_t end_row = smaller(top + pool->height, patch->end_row);
  const int32_t end_column = smaller(left + pool->width, patch->end_column);
  int32_t maximum = INT32_MIN;
  for (int32_t y = larger(top, patch->row); y < end_row; y++) {
    const int32_t *row = sums.values + (y - patch->row) * sums.row_pairs * FV_SUMS + lane * FV_PAIR;
    for (int32_t x = larger(left, patch->column); x < end_column; x++) {
      const int32_t column = x - patch->column;
      maximum = larger(maximum, row[column / FV_PAIR * FV_SUMS + column % FV_PAIR]);
    }
  }
  return maximum;
}

static void store_windows(const struct fv_conv2d_s8 *conv, const struct fv_patch *patch, struct fv_sums sums,
                          int32_t lane, const struct fv_scale *scale, int32_t out_row, int8_t *out) {
  const struct fv_fused_pool *pool = &conv->pool;
  const int32_t top = out_row * pool->stride_y - pool->pad_top;
  for (int32_t x = patch->out_column; x < patch->out_end_column; x++, out += conv->out_channels) {
    const int32_t left = x * pool->stride_x - pool->pad_left;
    *out = fv_scaled_output(scale, maximum_of_window(patch, sums, lane, pool, top, left));
  }
}

/* One row of a 2 x 2 pool of stride 1: windows begin at every column; behind the last of `available` is nothing. */
static void store_sliding_row(const struct fv_scale *scale, const int32_t *sums, const int32_t *next, int8_t *out,
                              int32_t columns, int32_t available, int32_t step) {
  const int32_t multiplier = scale->multiplier, shift = scale->shift, offset = scale->offset;
  const int8_t *const of_zero = scale->of_zero;
  int32_t left = larger(sums[0], next[0]);
  for (int32_t x = 0; x < columns; x++, out += step) {
    int32_t right = left;
    if (x % FV_PAIR == 0) {
      right = x + 1 < available ? larger(sums[1], next[1]) : left;
      sums += FV_SUMS;
      next += FV_SUMS;
    } else if (x + 1 < available) {
      right = larger(sums[0], next[0]);
    }
    const int32_t q = fv_scaled(larger(left, right), multiplier, shift, offset);
    *out = of_zero != NULL ? of_zero[q] : (int8_t)q;
    left = right;
  }
}

/* Whether the pool takes 2 x 2 windows, with this stride and without padding above and to the left. */
static int is_pool_of_2(const struct fv_fused_pool *pool, int32_t stride) {
  return pool->height == 2 && pool->width == 2 && pool->stride_y == stride && pool->stride_x == stride &&
         pool->pad_top == 0 && pool->pad_left == 0;
}

static void store_lane(const struct fv_conv2d_s8 *conv, const struct fv_patch *patch, struct fv_sums sums,
                       int32_t lane, int32_t channel, int8_t *const out[]) {
  const struct fv_fused_pool *pool = &conv->pool;
  const struct fv_scale scale = fv_scale_of(conv, channel);
  const int32_t columns = patch->out_end_column - patch->out_column, step = conv->out_channels;
  const int32_t available = patch->end_column - patch->column;
  const int32_t row_values = sums.row_pairs * FV_SUMS;
  const int32_t *row = sums.values + lane * FV_PAIR;
  const int plain = pool->height == 1 && pool->width == 1 && pool->stride_y == 1 && pool->stride_x == 1;
  const int paired = is_pool_of_2(pool, 2), sliding = is_pool_of_2(pool, 1);
  for (int32_t y = patch->out_row; y < patch->out_end_row; y++, row += row_values) {
    int8_t *to = out[y - patch->out_row] + patch->out_column * step + channel;
    if (plain) {
      store_row(&scale, row, to, columns, step);
    } else if (sliding) {
      store_sliding_row(&scale, row, y + 1 < patch->end_row ? row + row_values : row, to, columns, available, step);
    } else if (paired) {
      const int32_t *next = 2 * y + 1 < patch->end_row ? row + row_values : row;
      const int32_t whole = available / FV_PAIR < columns ? available / FV_PAIR : columns;
      store_pooled_row(&scale, row, next, to, whole, step);
      if (whole < columns) {
        to[whole * step] = fv_scaled_output(&scale, larger(row[whole * FV_SUMS], next[whole * FV_SUMS]));
      }
      row += row_values;
    } else {
      store_windows(conv, patch, sums, lane, &scale, y, to);
    }
  }
}

void fv_store_patch(const struct fv_conv2d_s8 *conv, const struct fv_patch *patch, struct fv_sums sums,
                    int32_t channel, int32_t lanes, int8_t *const out[]) {
  for (int32_t lane = 0; lane < lanes; lane++) {
    store_lane(conv, patch, sums, lane, channel + lane, out);
  }
}
