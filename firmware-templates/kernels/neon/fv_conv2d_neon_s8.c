#include "fv_conv2d_neon_s8.h"

#include "fv_neon.h"
#include "fv_neon_patch.h"
#include "fv_parallel.h"

#include <stddef.h>
#include <string.h>

/* A call. */
struct call {
  const struct fv_conv2d_s8 *conv;
  const int8_t *const *rows;
  int8_t *const *out;
  int32_t first_row, n_rows, first_channel, n_channels;
  int32_t first_input_row; /* of rows[0] */
  int32_t filter_bytes;    /* kernel_height * kernel_width * in_channels */
  int32_t units;           /* filter_bytes / 16, rounded up */
  int8_t *scratch;
};

/* One part's scratch: see FV_CONV2D_NEON_S8_SCRATCH_NEON. */
struct room {
  int8_t *window;  /* of a pixel, where it cannot be read in place; what lies behind it meets weights of 0 */
  int8_t *padding; /* in_channels times in_zero_point */
  int32_t *sums;   /* [pixels of a patch][8] */
  int8_t *pixels;  /* [tiles of a patch][units][FV_TILE][FV_UNIT] */
};

static inline int32_t smaller(int32_t a, int32_t b) { return a < b ? a : b; }

static struct room room_of(const struct call *call, int32_t part) {
  const struct fv_conv2d_s8 *conv = call->conv;
  const int32_t rows = (conv->blocks.rows - 1) * conv->pool.stride_y + conv->pool.height;
  const int32_t columns = (conv->blocks.columns - 1) * conv->pool.stride_x + conv->pool.width;
  const int32_t pixels = (rows * columns + 3) / 4 * 4;
  const int32_t window_bytes = call->units * FV_UNIT, padding_bytes = (conv->in_channels + 15) / 16 * 16;
  const int32_t bytes = window_bytes + padding_bytes + pixels * (FV_LANES * 4 + window_bytes);
  struct room room = {.window = call->scratch + part * bytes};
  room.padding = room.window + window_bytes;
  room.sums = (int32_t *)(room.padding + padding_bytes);
  room.pixels = (int8_t *)(room.sums + pixels * FV_LANES);
  memset(room.padding, conv->in_zero_point, conv->in_channels);
  return room;
}

/* Copies n bytes. */
static inline void copy(int8_t *to, const int8_t *from, int32_t n) {
  if (n >= 8) {
    for (; n > 8; n -= 8, to += 8, from += 8) {
      vst1_s8(to, vld1_s8(from));
    }
    vst1_s8(to + n - 8, vld1_s8(from + n - 8));
  } else if (n >= 4) {
    memcpy(to, from, 4);
    memcpy(to + n - 4, from + n - 4, 4);
  } else {
    for (; n > 0; n--) {
      *to++ = *from++;
    }
  }
}

/* Units into every FV_TILE-th place. */
static inline int8_t *spread(int8_t *to, const int8_t *from, int32_t units) {
  for (; units > 0; units--, from += FV_UNIT, to += FV_TILE * FV_UNIT) {
    vst1q_s8(to, vld1q_s8(from));
  }
  return to;
}

static const int8_t *input_row(const struct call *call, int32_t conv_row, int32_t ky) {
  const struct fv_conv2d_s8 *conv = call->conv;
  return call->rows[conv_row * conv->stride_y - conv->pad_top + ky * conv->dilation_y - call->first_input_row];
}

/* The input under one tap: in the row, or padding. */
static const int8_t *tap(const struct call *call, const struct room *room, const int8_t *row, int32_t left,
                         int32_t kx) {
  const struct fv_conv2d_s8 *conv = call->conv;
  const int32_t x = left + kx * conv->dilation_x;
  return row != NULL && x >= 0 && x < conv->in_width ? row + x * conv->in_channels : room->padding;
}

/* One pixel's window in the order of the weights, unit by unit. */
static void expand_pixel(const struct call *call, const struct room *room, int32_t row, int32_t left, int8_t *to) {
  const struct fv_conv2d_s8 *conv = call->conv;
  const int whole_row = conv->dilation_x == 1 && left >= 0 && left + conv->kernel_width <= conv->in_width;
  const int whole_units = conv->in_channels % FV_UNIT == 0;
  int8_t *bytes = room->window;
  for (int32_t ky = 0; ky < conv->kernel_height; ky++) {
    const int8_t *input = input_row(call, row, ky);
    const int whole = whole_row && input != NULL;
    const int32_t runs = whole ? 1 : conv->kernel_width;
    const int32_t run = whole ? conv->kernel_width * conv->in_channels : conv->in_channels;
    for (int32_t kx = 0; kx < runs; kx++) {
      const int8_t *from = tap(call, room, input, left, kx);
      if (whole_units) {
        to = spread(to, from, run / FV_UNIT);
      } else {
        copy(bytes, from, run);
        bytes += run;
      }
    }
  }
  if (!whole_units) {
    spread(to, room->window, call->units);
  }
}

/* Where pixel i of a patch begins. */
static inline int8_t *pixel(const struct call *call, const struct room *room, int32_t i) {
  return room->pixels + i / FV_TILE * call->units * FV_TILE * FV_UNIT + i % FV_TILE * FV_UNIT;
}

/* A window of 1 x 1. */
static inline void expand_point(const struct call *call, const struct room *room, const int8_t *from, int8_t *to) {
  const int32_t units = call->filter_bytes / FV_UNIT, whole = units * FV_UNIT, rest = call->filter_bytes - whole;
  to = spread(to, from, units);
  if (rest > 0) {
    copy(room->window + whole, from + whole, rest);
    spread(to, room->window + whole, 1);
  }
}

/* A window of 3 x 3 whose rows have 8 to 16 bytes. */
static inline void expand_small(const struct call *call, const struct room *room, const int8_t *const rows[3],
                                int32_t offset, int32_t row_bytes, int8_t *to) {
  int8_t *at = room->window;
#pragma GCC unroll 3
  for (int32_t ky = 0; ky < 3; ky++, at += row_bytes) {
    const int8_t *from = rows[ky] + offset;
    vst1_s8(at, vld1_s8(from));
    vst1_s8(at + row_bytes - 8, vld1_s8(from + row_bytes - 8));
  }
  spread(to, room->window, call->units);
}

/* A row of windows, of which the first is pixel i of the patch. */
static void expand_row(const struct call *call, const struct room *room, const struct fv_neon_patch *patch, int32_t y,
                       int32_t i) {
  const struct fv_conv2d_s8 *conv = call->conv;
  const int32_t height = conv->kernel_height, width = conv->kernel_width, row_bytes = width * conv->in_channels;
  const int8_t *const rows[3] = {input_row(call, y, 0), height == 3 ? input_row(call, y, 1) : NULL,
                                 height == 3 ? input_row(call, y, 2) : NULL};
  const int undilated = conv->dilation_x == 1 && conv->dilation_y == 1;
  const int is_point = height == 1 && width == 1 && rows[0] != NULL;
  const int is_small = undilated && height == 3 && width == 3 && row_bytes >= 8 && row_bytes <= 16 && rows[0] != NULL &&
                       rows[1] != NULL && rows[2] != NULL;
  for (int32_t x = patch->column; x < patch->end_column; x++, i++) {
    const int32_t left = x * conv->stride_x - conv->pad_left;
    const int inside = left >= 0 && left + width <= conv->in_width;
    int8_t *const to = pixel(call, room, i);
    if (inside && is_point) {
      expand_point(call, room, rows[0] + left * conv->in_channels, to);
    } else if (inside && is_small) {
      expand_small(call, room, rows, left * conv->in_channels, row_bytes, to);
    } else {
      expand_pixel(call, room, y, left, to);
    }
  }
}

static void expand_patch(const struct call *call, const struct room *room, const struct fv_neon_patch *patch) {
  const int32_t columns = patch->end_column - patch->column;
  for (int32_t y = patch->row; y < patch->end_row; y++) {
    expand_row(call, room, patch, y, (y - patch->row) * columns);
  }
}

static void compute_patch(const struct call *call, const struct room *room, const struct fv_neon_patch *patch,
                          int32_t first_channel, int32_t end_channel) {
  const struct fv_conv2d_s8 *conv = call->conv;
  const int32_t units = call->units, tile_bytes = units * FV_TILE * FV_UNIT, quad_bytes = units * FV_QUAD * FV_UNIT;
  const int32_t row_pixels = patch->end_column - patch->column;
  const int32_t pixels = row_pixels * (patch->end_row - patch->row);
  expand_patch(call, room, patch);
  for (int32_t o = first_channel; o < end_channel; o += FV_LANES) {
    const int32_t lanes = smaller(FV_LANES, end_channel - o);
    const int8_t *w = conv->weights + o / FV_QUAD * quad_bytes;
    for (int32_t quad = 0; quad < lanes; quad += FV_QUAD, w += quad_bytes) {
      int32_t bias[FV_QUAD] = {0};
      memcpy(bias, conv->bias + o + quad, (size_t)smaller(FV_QUAD, lanes - quad) * sizeof bias[0]);
      const int8_t *x = room->pixels;
      for (int32_t i = 0; i < pixels; i += FV_TILE, x += tile_bytes) {
        fv_dot_tile(w, x, units, vld1q_s32(bias), room->sums + i * FV_LANES + quad);
      }
    }
    fv_neon_store_patch(conv, patch, room->sums, row_pixels, o, lanes, call->out + (patch->out_row - call->first_row));
  }
}

/* Patches go round the parts; where there are fewer of them, each part takes some of their channels. */
static void compute_part(const void *context, int32_t part, int32_t parts) {
  const struct call *call = context;
  const struct fv_conv2d_s8 *conv = call->conv;
  const int32_t block_rows = conv->blocks.rows, block_columns = conv->blocks.columns, width = conv->pool.out_width;
  const int32_t across = (width + block_columns - 1) / block_columns;
  const int32_t patches = (call->n_rows + block_rows - 1) / block_rows * across;
  const int32_t shares = patches < parts ? parts : 1;
  const int32_t share = (call->n_channels + shares * FV_LANES - 1) / (shares * FV_LANES) * FV_LANES;
  const struct room room = room_of(call, part);
  for (int32_t i = part; i < patches * shares; i += parts) {
    const int32_t y = call->first_row + i / shares / across * block_rows, x = i / shares % across * block_columns;
    const int32_t from = i % shares * share, end = smaller(call->n_channels, from + share);
    const struct fv_neon_patch patch = fv_neon_patch_of(
        conv, y, smaller(y + block_rows, call->first_row + call->n_rows), x, smaller(x + block_columns, width));
    if (from < end) {
      compute_patch(call, &room, &patch, call->first_channel + from, call->first_channel + end);
    }
  }
}

void fv_conv2d_neon_s8(const struct fv_conv2d_s8 *conv, const int8_t *const rows[], int8_t *const out[],
                       int32_t first_row, int32_t n_rows, int32_t first_channel, int32_t n_channels, void *scratch) {
  const int32_t filter_bytes = conv->kernel_height * conv->kernel_width * conv->in_channels;
  const struct fv_fused_pool *pool = &conv->pool;
  const struct call call = {
      .conv = conv,
      .rows = rows,
      .out = out,
      .first_row = first_row,
      .n_rows = n_rows,
      .first_channel = first_channel,
      .n_channels = n_channels,
      .first_input_row = (first_row * pool->stride_y - pool->pad_top) * conv->stride_y - conv->pad_top,
      .filter_bytes = filter_bytes,
      .units = (filter_bytes + FV_UNIT - 1) / FV_UNIT,
      .scratch = scratch};
  fv_parallel(compute_part, &call);
}
