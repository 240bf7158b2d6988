#include "fv_conv2d_gemm_s8.h"

#include "fv_dot.h"
#include "fv_patch.h"

#include <stddef.h>
#include <string.h>

/* A call, and its scratch: see FV_CONV2D_GEMM_S8_SCRATCH_ARMV7EM. */
struct call {
  const struct fv_conv2d_s8 *conv;
  const int8_t *const *rows;
  int32_t first_input_row; /* of rows[0] */
  int32_t filter_bytes;    /* kernel_height * kernel_width * in_channels */
  int32_t units;           /* filter_bytes / 4, rounded up */
  int32_t *sums;
  int16_t *weights, *pixels;
  int8_t *bytes;   /* two pixels' windows, where they cannot be read in place */
  int8_t *padding; /* in_channels times in_zero_point */
};

static const int8_t *input_row(const struct call *call, int32_t conv_row, int32_t ky) {
  const struct fv_conv2d_s8 *conv = call->conv;
  return call->rows[conv_row * conv->stride_y - conv->pad_top + ky * conv->dilation_y - call->first_input_row];
}

static int is_inside(const struct fv_conv2d_s8 *conv, int32_t left) {
  return conv->dilation_x == 1 && left >= 0 && left + conv->kernel_width <= conv->in_width;
}

/* The input under one tap: in the row, or padding. */
static const int8_t *tap(const struct call *call, const int8_t *row, int32_t left, int32_t kx) {
  const struct fv_conv2d_s8 *conv = call->conv;
  const int32_t x = left + kx * conv->dilation_x;
  return row != NULL && x >= 0 && x < conv->in_width ? row + x * conv->in_channels : call->padding;
}

/* The windows of two pixels, whole taps being units. */
static void expand_taps(const struct call *call, int32_t row, int32_t first, int32_t second, int16_t *pixels) {
  const struct fv_conv2d_s8 *conv = call->conv;
  const int32_t tap_units = conv->in_channels / FV_UNIT;
  const int32_t row_units = tap_units * conv->kernel_width;
  const int whole_rows = is_inside(conv, first) && is_inside(conv, second);
  for (int32_t ky = 0; ky < conv->kernel_height; ky++) {
    const int8_t *input = input_row(call, row, ky);
    if (input != NULL && whole_rows) {
      fv_expand_pixels(input + first * conv->in_channels, input + second * conv->in_channels, pixels, row_units);
      pixels += row_units * FV_UNIT_OF_PIXELS;
      continue;
    }
    for (int32_t kx = 0; kx < conv->kernel_width; kx++, pixels += tap_units * FV_UNIT_OF_PIXELS) {
      fv_expand_pixels(tap(call, input, first, kx), tap(call, input, second, kx), pixels, tap_units);
    }
  }
}

/* Copies n bytes, four at a time while they last. */
static inline void copy(int8_t *to, const int8_t *from, int32_t n) {
  for (; n >= 4; n -= 4, to += 4, from += 4) {
    memcpy(to, from, 4);
  }
  for (; n > 0; n--) {
    *to++ = *from++;
  }
}

/* One pixel's window in the order of the weights. */
static void gather(const struct call *call, int32_t row, int32_t left, int8_t *bytes) {
  const struct fv_conv2d_s8 *conv = call->conv;
  const int32_t row_bytes = conv->kernel_width * conv->in_channels;
  for (int32_t ky = 0; ky < conv->kernel_height; ky++) {
    const int8_t *input = input_row(call, row, ky);
    if (input != NULL && is_inside(conv, left)) {
      copy(bytes, input + left * conv->in_channels, row_bytes);
      bytes += row_bytes;
      continue;
    }
    for (int32_t kx = 0; kx < conv->kernel_width; kx++, bytes += conv->in_channels) {
      copy(bytes, tap(call, input, left, kx), conv->in_channels);
    }
  }
}

/* The windows of two pixels, byte by byte where taps are no units. */
static void expand_windows(const struct call *call, int32_t row, int32_t first, int32_t second, int16_t *pixels) {
  const struct fv_conv2d_s8 *conv = call->conv;
  if (call->filter_bytes == 27 && conv->kernel_height == 3 && conv->kernel_width == 3 && is_inside(conv, first) &&
      is_inside(conv, second)) {
    const int32_t offset = first * 3;
    const int8_t *const rows[3] = {input_row(call, row, 0), input_row(call, row, 1), input_row(call, row, 2)};
    if (rows[0] != NULL && rows[1] != NULL && rows[2] != NULL) {
      const int8_t *const windows[3] = {rows[0] + offset, rows[1] + offset, rows[2] + offset};
      fv_expand_windows_of_3(windows, (second - first) * 3, pixels);
      return;
    }
  }
  int8_t *other = call->bytes + call->units * FV_UNIT;
  gather(call, row, first, call->bytes);
  gather(call, row, second, other);
  fv_expand_pixels(call->bytes, other, pixels, call->units);
}

/* Pixels of a patch, pair by pair; an odd row's last pixel twice. Returns the pairs of a row. */
static int32_t expand_patch(const struct call *call, const struct fv_patch *patch) {
  const struct fv_conv2d_s8 *conv = call->conv;
  int16_t *pixels = call->pixels;
  for (int32_t y = patch->row; y < patch->end_row; y++) {
    for (int32_t x = patch->column; x < patch->end_column; x += FV_PAIR, pixels += call->units * FV_UNIT_OF_PIXELS) {
      const int32_t first = x * conv->stride_x - conv->pad_left;
      const int32_t second = x + 1 < patch->end_column ? first + conv->stride_x : first;
      if (conv->in_channels % FV_UNIT == 0) {
        expand_taps(call, y, first, second, pixels);
      } else {
        expand_windows(call, y, first, second, pixels);
      }
    }
  }
  return (patch->end_column - patch->column + 1) / FV_PAIR;
}

static void compute_patch(const struct call *call, const struct fv_patch *patch, int8_t *const out[],
                          int32_t first_channel, int32_t n_channels) {
  const struct fv_conv2d_s8 *conv = call->conv;
  const int32_t row_pairs = expand_patch(call, patch);
  const int32_t pairs = row_pairs * (patch->end_row - patch->row);
  const struct fv_sums sums = {call->sums, row_pairs};
  const int8_t *packed = conv->weights + first_channel / FV_LANES * call->units * FV_UNIT_OF_PACKED_WEIGHTS;
  for (int32_t o = 0; o < n_channels; o += FV_LANES, packed += call->units * FV_UNIT_OF_PACKED_WEIGHTS) {
    const int32_t lanes = n_channels - o < FV_LANES ? n_channels - o : FV_LANES;
    int32_t bias[FV_SUMS] = {0};
    for (int32_t i = 0; i < lanes * FV_PAIR; i++) {
      bias[i] = conv->bias[first_channel + o + i / FV_PAIR];
    }
    fv_expand_weights(packed, call->weights, call->units);
    fv_dot_pixels(call->weights, call->pixels, call->sums, pairs, call->units, bias);
    fv_store_patch(conv, patch, sums, first_channel + o, lanes, out);
  }
}

static struct call call_of(const struct fv_conv2d_s8 *conv, const int8_t *const rows[], int32_t first_row,
                           void *scratch) {
  const struct fv_fused_pool *pool = &conv->pool;
  struct call call = {.conv = conv, .rows = rows};
  int8_t *at = scratch;
  call.first_input_row = (first_row * pool->stride_y - pool->pad_top) * conv->stride_y - conv->pad_top;
  call.filter_bytes = conv->kernel_height * conv->kernel_width * conv->in_channels;
  call.units = (call.filter_bytes + FV_UNIT - 1) / FV_UNIT;
  call.weights = (int16_t *)at;
  at += call.units * FV_UNIT_OF_WEIGHTS * 2 + 8;
  call.bytes = at;
  at += call.units * FV_UNIT * 2;
  call.padding = at;
  at += (conv->in_channels + 7) / 8 * 8;
  memset(call.bytes, 0, (size_t)(call.units * FV_UNIT * 2));
  memset(call.padding, conv->in_zero_point, conv->in_channels);
  const struct fv_blocks *blocks = &conv->blocks;
  const int32_t block_rows = (blocks->rows - 1) * pool->stride_y + pool->height;
  const int32_t block_columns = (blocks->columns - 1) * pool->stride_x + pool->width;
  call.sums = (int32_t *)at;
  at += (block_columns + 1) / 2 * block_rows * FV_SUMS * 4;
  call.pixels = (int16_t *)at;
  return call;
}

void fv_conv2d_gemm_s8(const struct fv_conv2d_s8 *conv, const int8_t *const rows[], int8_t *const out[],
                       int32_t first_row, int32_t n_rows, int32_t first_channel, int32_t n_channels, void *scratch) {
  const struct call call = call_of(conv, rows, first_row, scratch);
  const struct fv_blocks *blocks = &conv->blocks;
  const int32_t end_row = first_row + n_rows;
  for (int32_t y = first_row; y < end_row; y += blocks->rows) {
    const int32_t end_y = y + blocks->rows < end_row ? y + blocks->rows : end_row;
    for (int32_t x = 0; x < conv->pool.out_width; x += blocks->columns) {
      const int32_t end_x = x + blocks->columns < conv->pool.out_width ? x + blocks->columns : conv->pool.out_width;
      const struct fv_patch patch = fv_patch_of(conv, y, end_y, x, end_x);
      compute_patch(&call, &patch, out + (y - first_row), first_channel, n_channels);
    }
  }
}
