#include "fv_neon_patch.h"

#include "fv_neon_scale.h"

static inline int32_t smaller(int32_t a, int32_t b) { return a < b ? a : b; }
static inline int32_t larger(int32_t a, int32_t b) { return a > b ? a : b; }

struct fv_neon_patch fv_neon_patch_of(const struct fv_conv2d_s8 *conv, int32_t out_row, int32_t out_end_row,
                                      int32_t out_column, int32_t out_end_column) {
  const struct fv_fused_pool *pool = &conv->pool;
  const int32_t last_row = (out_end_row - 1) * pool->stride_y - pool->pad_top + pool->height;
  const int32_t last_column = (out_end_column - 1) * pool->stride_x - pool->pad_left + pool->width;
  return (struct fv_neon_patch){.out_row = out_row,
                                .out_end_row = out_end_row,
                                .out_column = out_column,
                                .out_end_column = out_end_column,
                                .row = larger(0, out_row * pool->stride_y - pool->pad_top),
                                .end_row = smaller(conv->conv_height, last_row),
                                .column = larger(0, out_column * pool->stride_x - pool->pad_left),
                                .end_column = smaller(conv->conv_width, last_column)};
}

/* Sums of eight channels. */
struct eight {
  int32x4_t first, second;
};

static inline struct eight load(const int32_t *sums) { return (struct eight){vld1q_s32(sums), vld1q_s32(sums + 4)}; }

static inline struct eight maximum(struct eight a, struct eight b) {
  return (struct eight){vmaxq_s32(a.first, b.first), vmaxq_s32(a.second, b.second)};
}

/* The maximum over rows and columns of a window, all inside. */
static inline struct eight maximum_of_window(const int32_t *sums, int32_t height, int32_t width, int32_t row) {
  struct eight m = load(sums);
  if (height == 2 && width == 2) {
    m = maximum(m, load(sums + FV_LANES));
    return maximum(m, maximum(load(sums + row), load(sums + row + FV_LANES)));
  }
  for (int32_t y = 0; y < height; y++, sums += row) {
    for (int32_t x = 0; x < width; x++) {
      m = maximum(m, load(sums + x * FV_LANES));
    }
  }
  return m;
}

static void store_row(const struct fv_neon_scale *scale, const int32_t *sums, int8_t *out, int32_t columns,
                      int32_t step) {
  for (; columns > 0; columns--, sums += FV_LANES, out += step) {
    fv_neon_store(scale, vld1q_s32(sums), vld1q_s32(sums + 4), out);
  }
}

static void store_pooled_row(const struct fv_conv2d_s8 *conv, const struct fv_neon_scale *scale,
                             const struct fv_neon_patch *patch, const int32_t *sums, int32_t row_values,
                             int32_t out_row, int8_t *out) {
  const struct fv_fused_pool *pool = &conv->pool;
  const int32_t top = out_row * pool->stride_y - pool->pad_top;
  const int32_t from_row = larger(top, patch->row), end_row = smaller(top + pool->height, patch->end_row);
  const int32_t *row = sums + (from_row - patch->row) * row_values;
  int32_t left = patch->out_column * pool->stride_x - pool->pad_left;
  for (int32_t x = patch->out_column; x < patch->out_end_column; x++, left += pool->stride_x) {
    const int32_t from = larger(left, patch->column), end = smaller(left + pool->width, patch->end_column);
    const struct eight m =
        maximum_of_window(row + (from - patch->column) * FV_LANES, end_row - from_row, end - from, row_values);
    fv_neon_store(scale, m.first, m.second, out);
    out += conv->out_channels;
  }
}

void fv_neon_store_patch(const struct fv_conv2d_s8 *conv, const struct fv_neon_patch *patch, const int32_t *sums,
                         int32_t row_pixels, int32_t channel, int32_t lanes, int8_t *const out[]) {
  const struct fv_neon_scale scale = fv_neon_scale_of(conv, channel, lanes);
  const struct fv_fused_pool *pool = &conv->pool;
  const int plain = pool->height == 1 && pool->width == 1 && pool->stride_y == 1 && pool->stride_x == 1;
  for (int32_t y = patch->out_row; y < patch->out_end_row; y++) {
    int8_t *to = out[y - patch->out_row] + patch->out_column * conv->out_channels + channel;
    if (plain) {
      store_row(&scale, sums + (y - patch->row) * row_pixels * FV_LANES, to, patch->out_end_column - patch->out_column,
                conv->out_channels);
    } else {
      store_pooled_row(conv, &scale, patch, sums, row_pixels * FV_LANES, y, to);
    }
  }
}
