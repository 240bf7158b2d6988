#include "fv_conv2d_gemm_s8.h"

#include "fv_dot.h"
#include "fv_patch.h"
#include "fv_sparse.h"

#include <stddef.h>
#include <string.h>

/* A call, and its scratch: see FV_CONV2D_GEMM_S8_SCRATCH_ARMV7EM. */
struct call {
  const struct fv_conv2d_s8 *conv;
  const int8_t *const *rows;
  int32_t first_input_row; /* of rows[0] */
  int32_t filter_bytes;    /* kernel_height * kernel_width * in_channels */
  int32_t units;           /* filter_bytes / 4, rounded up */
  int32_t slice_units;     /* of them at a time */
  int32_t *sums;
  int16_t *weights, *pixels;
  int8_t *bytes;   /* two pixels' windows, where they cannot be read in place */
  int8_t *padding; /* in_channels times in_zero_point */
};

/* Some units of every filter and window. */
struct slice {
  int32_t first, units;
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

/* A slice of the windows of two pixels, whole taps being units. */
static void expand_some_taps(const struct call *call, int32_t row, const int32_t left[FV_PAIR], struct slice slice,
                             int16_t *pixels) {
  const struct fv_conv2d_s8 *conv = call->conv;
  const int32_t tap_units = conv->in_channels / FV_UNIT, end = slice.first + slice.units;
  for (int32_t unit = slice.first; unit < end;) {
    const int32_t at = unit / tap_units, skipped = unit % tap_units;
    const int32_t units = tap_units - skipped < end - unit ? tap_units - skipped : end - unit;
    const int8_t *input = input_row(call, row, at / conv->kernel_width);
    const int8_t *one = tap(call, input, left[0], at % conv->kernel_width) + skipped * FV_UNIT;
    const int8_t *other = tap(call, input, left[1], at % conv->kernel_width) + skipped * FV_UNIT;
    fv_expand_pixels(one, other, pixels, units);
    pixels += units * FV_UNIT_OF_PIXELS;
    unit += units;
  }
}

static void expand_pair(const struct call *call, int32_t row, const int32_t left[FV_PAIR], struct slice slice,
                        int16_t *pixels) {
  if (slice.units < call->units) {
    expand_some_taps(call, row, left, slice, pixels);
  } else if (call->conv->in_channels % FV_UNIT == 0) {
    expand_taps(call, row, left[0], left[1], pixels);
  } else {
    expand_windows(call, row, left[0], left[1], pixels);
  }
}

/* Pixels of a patch, pair by pair; an odd row's last pixel twice. */
static void expand_patch(const struct call *call, const struct fv_patch *patch, struct slice slice) {
  const struct fv_conv2d_s8 *conv = call->conv;
  int16_t *pixels = call->pixels;
  for (int32_t y = patch->row; y < patch->end_row; y++) {
    for (int32_t x = patch->column; x < patch->end_column; x += FV_PAIR, pixels += slice.units * FV_UNIT_OF_PIXELS) {
      const int32_t first = x * conv->stride_x - conv->pad_left;
      const int32_t left[FV_PAIR] = {first, x + 1 < patch->end_column ? first + conv->stride_x : first};
      expand_pair(call, y, left, slice, pixels);
    }
  }
}

/* Adds the products of a slice of four filters to the sums of a patch; to the bias, where the slice is the first. */
static void add_slice(const struct call *call, int32_t channel, int32_t lanes, struct slice slice, int32_t pairs,
                      int32_t *sums) {
  const int32_t first = (channel / FV_LANES * call->units + slice.first) * FV_UNIT_OF_PACKED_WEIGHTS;
  /* Unpacked weights lie so far behind that none is overwritten before it is expanded. */
  int8_t *const staging = (int8_t *)call->weights + (slice.units + 1) * FV_UNIT_OF_PACKED_WEIGHTS;
  const int8_t *packed = fv_weights(call->conv, first, slice.units * FV_UNIT_OF_PACKED_WEIGHTS, staging);
  fv_expand_weights(packed, call->weights, slice.units);
  if (slice.first > 0) {
    fv_dot_pixels(call->weights, call->pixels, sums, pairs, slice.units, sums, FV_SUMS * 4);
    return;
  }
  int32_t bias[FV_SUMS] = {0};
  for (int32_t i = 0; i < lanes * FV_PAIR; i++) {
    bias[i] = call->conv->bias[channel + i / FV_PAIR];
  }
  fv_dot_pixels(call->weights, call->pixels, sums, pairs, slice.units, bias, 0);
}

/* Channels first .. end - 1, whose sums are kept while slice after slice of their filters is added. */
static void compute_channels(const struct call *call, const struct fv_patch *patch, int8_t *const out[],
                             int32_t first, int32_t end) {
  const int32_t row_pairs = (patch->end_column - patch->column + 1) / FV_PAIR;
  const int32_t pairs = row_pairs * (patch->end_row - patch->row);
  for (int32_t unit = 0; unit < call->units; unit += call->slice_units) {
    const int32_t rest = call->units - unit;
    const struct slice slice = {unit, rest < call->slice_units ? rest : call->slice_units};
    if (slice.units < call->units) {
      expand_patch(call, patch, slice);
    }
    int32_t *sums = call->sums;
    for (int32_t o = first; o < end; o += FV_LANES, sums += pairs * FV_SUMS) {
      add_slice(call, o, end - o < FV_LANES ? end - o : FV_LANES, slice, pairs, sums);
    }
  }
  struct fv_sums sums = {call->sums, row_pairs};
  for (int32_t o = first; o < end; o += FV_LANES, sums.values += pairs * FV_SUMS) {
    fv_store_patch(call->conv, patch, sums, o, end - o < FV_LANES ? end - o : FV_LANES, out);
  }
}

static void compute_patch(const struct call *call, const struct fv_patch *patch, int8_t *const out[],
                          int32_t first_channel, int32_t n_channels) {
  const int32_t end = first_channel + n_channels, step = call->conv->blocks.out_channels;
  if (call->slice_units >= call->units) {
    expand_patch(call, patch, (struct slice){0, call->units});
  }
  for (int32_t o = first_channel; o < end; o += step) {
    compute_channels(call, patch, out, o, o + step < end ? o + step : end);
  }
}

static struct call call_of(const struct fv_conv2d_s8 *conv, const int8_t *const rows[], int32_t first_row,
                           void *scratch) {
  const struct fv_fused_pool *pool = &conv->pool;
  const struct fv_blocks *blocks = &conv->blocks;
  struct call call = {.conv = conv, .rows = rows};
  int8_t *at = scratch;
  call.first_input_row = (first_row * pool->stride_y - pool->pad_top) * conv->stride_y - conv->pad_top;
  call.filter_bytes = conv->kernel_height * conv->kernel_width * conv->in_channels;
  call.units = (call.filter_bytes + FV_UNIT - 1) / FV_UNIT;
  call.slice_units = blocks->in_channels / FV_UNIT;
  call.weights = (int16_t *)at;
  at += call.slice_units * FV_UNIT_OF_WEIGHTS * 2 + (conv->sparse_run > 0 ? FV_UNIT_OF_PACKED_WEIGHTS : 8);
  call.bytes = at;
  at += call.slice_units * FV_UNIT * 2;
  call.padding = at;
  at += (conv->in_channels + 7) / 8 * 8;
  memset(call.bytes, 0, (size_t)(call.slice_units * FV_UNIT * 2));
  memset(call.padding, conv->in_zero_point, conv->in_channels);
  const int32_t block_rows = (blocks->rows - 1) * pool->stride_y + pool->height;
  const int32_t block_columns = (blocks->columns - 1) * pool->stride_x + pool->width;
  call.sums = (int32_t *)at;
  at += (block_columns + 1) / 2 * block_rows * FV_SUMS * 4 * (blocks->out_channels / FV_LANES);
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
