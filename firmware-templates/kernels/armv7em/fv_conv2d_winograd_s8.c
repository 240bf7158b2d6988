#include "fv_conv2d_winograd_s8.h"

#include "fv_dot.h"
#include "fv_patch.h"
#include "fv_sparse.h"
#include "fv_winograd.h"

#include <stddef.h>
#include <string.h>

/* A call, and its scratch: see FV_CONV2D_WINOGRAD_S8_SCRATCH_ARMV7EM. */
struct call {
  const struct fv_conv2d_s8 *conv;
  const int8_t *const *rows;
  int32_t first_input_row; /* of rows[0] */
  int16_t *weights, *pixels;
  int32_t *products; /* of blocks.out_channels: [lanes][pair][position][4][2] */
  int32_t *sums;     /* of four channels, or of blocks.out_channels when the products are summed more than once */
};

/* A patch in tiles, numbered row by row. */
struct tiles {
  struct fv_patch patch;
  int32_t rows, columns, pairs;
};

static int32_t smaller(int32_t a, int32_t b) { return a < b ? a : b; }

static struct tiles tiles_of(const struct fv_patch *patch) {
  struct tiles tiles = {.patch = *patch};
  tiles.rows = (patch->end_row - patch->row + FV_TILE - 1) / FV_TILE;
  tiles.columns = (patch->end_column - patch->column + FV_TILE - 1) / FV_TILE;
  tiles.pairs = (tiles.rows * tiles.columns + FV_PAIR - 1) / FV_PAIR;
  return tiles;
}

/* Positions that a pair of tiles needs: the last row of them serves the last row of outputs only. */
static int32_t positions_of(const struct tiles *tiles, int32_t pair) {
  const int32_t row = pair * FV_PAIR / tiles->columns;
  const int32_t outputs = tiles->patch.end_row - tiles->patch.row - row * FV_TILE;
  return outputs >= FV_TILE ? FV_POSITIONS : FV_POSITIONS - FV_TILE_INPUTS;
}

static void set_input(const struct call *call, const struct tiles *tiles, int32_t tile_row, const int8_t *padding,
                      struct fv_winograd_input *input) {
  const struct fv_conv2d_s8 *conv = call->conv;
  const int32_t top = tiles->patch.row + tile_row * FV_TILE - conv->pad_top;
  const int32_t end = tiles->patch.end_row + conv->kernel_height - 1 - conv->pad_top;
  input->left = tiles->patch.column - conv->pad_left;
  input->width = conv->in_width;
  input->pixel_bytes = conv->in_channels;
  input->padding = conv->in_zero_point;
  for (int32_t k = 0; k < FV_TILE_INPUTS; k++) {
    /* Rows below what the patch reaches meet zeros in the end; any will do. */
    const int8_t *row = top + k < end ? call->rows[top + k - call->first_input_row] : NULL;
    input->rows[k].base = row != NULL ? row : padding;
    input->rows[k].mask = row != NULL ? UINT32_MAX : 0;
  }
}

/* Works in the memory of the transformed weights, which are not there yet. */
static void transform_pixels(const struct call *call, const struct tiles *tiles, int32_t channel, int32_t units) {
  struct fv_winograd_input *const input = (struct fv_winograd_input *)call->weights;
  uint32_t *const columns = (uint32_t *)(input + 1);
  const int32_t bytes = FV_POSITIONS * units * FV_UNIT_OF_WEIGHTS * 2 - (int32_t)sizeof *input;
  int8_t padding[FV_UNIT];
  memset(padding, call->conv->in_zero_point, sizeof padding);
  for (int32_t row = 0; row < tiles->rows; row++) {
    set_input(call, tiles, row, padding, input);
    fv_winograd_pixels(input, channel, units, row * tiles->columns, tiles->columns, call->pixels, columns,
                       bytes / FV_COLUMN_BYTES);
  }
}

/* Where unpacked weights lie: so far behind that none is overwritten before it is transformed. */
static int32_t staging_offset(int32_t units) {
  return units * (FV_POSITIONS * FV_UNIT_OF_WEIGHTS * 2 - FV_FILTER_UNIT) + FV_FILTER_UNIT;
}

/* Products of channels `channel` .. of the input with the filters of a block. */
static void multiply(const struct call *call, const struct tiles *tiles, int32_t first_channel, int32_t n_channels,
                     int32_t channel, int32_t units) {
  const int32_t in_units = call->conv->in_channels / FV_UNIT;
  int8_t *const staging = (int8_t *)call->weights + staging_offset(units);
  int32_t *products = call->products;
  for (int32_t o = first_channel; o < first_channel + n_channels; o += FV_LANES) {
    const int32_t first = (o / FV_LANES * in_units + channel / FV_UNIT) * FV_FILTER_UNIT;
    const int8_t *packed = fv_weights(call->conv, first, units * FV_FILTER_UNIT, staging);
    const int16_t *pixels = call->pixels;
    fv_winograd_weights(packed, call->weights, units);
    for (int32_t pair = 0; pair < tiles->pairs; pair++) {
      fv_dot_tile(call->weights, pixels, products, positions_of(tiles, pair), units);
      pixels += FV_POSITIONS * units * FV_UNIT_OF_PIXELS;
      products += FV_POSITIONS * FV_SUMS;
    }
  }
}

static void begin_sums(const int32_t *bias, int32_t lanes, int32_t *sums, int32_t pairs) {
  const int32_t b0 = bias[0], b1 = lanes > 1 ? bias[1] : 0, b2 = lanes > 2 ? bias[2] : 0,
                b3 = lanes > 3 ? bias[3] : 0;
  for (; pairs > 0; pairs--, sums += FV_SUMS) {
    sums[0] = b0;
    sums[1] = b0;
    sums[2] = b1;
    sums[3] = b1;
    sums[4] = b2;
    sums[5] = b2;
    sums[6] = b3;
    sums[7] = b3;
  }
}

static void add_products(const struct tiles *tiles, const int32_t *products, int32_t *sums) {
  const int32_t row_pairs = tiles->columns * (FV_TILE / FV_PAIR);
  int32_t tile = 0;
  for (int32_t y = 0; y < tiles->rows; y++) {
    for (int32_t x = 0; x < tiles->columns; x++, tile++) {
      const int32_t *from = products + tile / FV_PAIR * (FV_POSITIONS * FV_SUMS) + tile % FV_PAIR;
      int32_t *to = sums + (y * FV_TILE * row_pairs + x * (FV_TILE / FV_PAIR)) * FV_SUMS;
      fv_winograd_sums(from, to, row_pairs);
    }
  }
}

/* The products of a block become sums, and after the last input channel outputs. */
static void finish(const struct call *call, const struct tiles *tiles, int8_t *const out[], int32_t first_channel,
                   int32_t n_channels, int is_first, int is_last) {
  const struct fv_conv2d_s8 *conv = call->conv;
  const int32_t row_pairs = tiles->columns * (FV_TILE / FV_PAIR);
  const int32_t sum_pairs = tiles->rows * FV_TILE * row_pairs;
  const int32_t *products = call->products;
  int32_t *sums = call->sums;
  for (int32_t o = 0; o < n_channels; o += FV_LANES, products += tiles->pairs * FV_POSITIONS * FV_SUMS) {
    const int32_t channel = first_channel + o;
    const int32_t lanes = smaller(FV_LANES, n_channels - o);
    if (is_first) {
      begin_sums(conv->bias + channel, lanes, sums, sum_pairs);
    }
    add_products(tiles, products, sums);
    if (is_last) {
      fv_store_patch(conv, &tiles->patch, (struct fv_sums){sums, row_pairs}, channel, lanes, out);
    }
    sums += is_first && is_last ? 0 : sum_pairs * FV_SUMS;
  }
}

/* Whether the transformed pixels of all input channels are there at once. */
static int is_one_block(const struct fv_conv2d_s8 *conv) { return conv->blocks.in_channels >= conv->in_channels; }

static void compute_block(const struct call *call, const struct tiles *tiles, int8_t *const out[],
                          int32_t first_channel, int32_t n_channels) {
  const struct fv_conv2d_s8 *conv = call->conv;
  const struct fv_blocks *blocks = &conv->blocks;
  const int32_t groups = (n_channels + FV_LANES - 1) / FV_LANES;
  for (int32_t from = 0; from < conv->in_channels; from += blocks->sum_channels) {
    const int32_t end = smaller(conv->in_channels, from + blocks->sum_channels);
    memset(call->products, 0, (size_t)(groups * tiles->pairs * FV_POSITIONS * FV_SUMS) * sizeof(int32_t));
    for (int32_t channel = from; channel < end; channel += blocks->in_channels) {
      const int32_t units = smaller(blocks->in_channels, end - channel) / FV_UNIT;
      if (!is_one_block(conv)) {
        transform_pixels(call, tiles, channel, units);
      }
      multiply(call, tiles, first_channel, n_channels, channel, units);
    }
    finish(call, tiles, out, first_channel, n_channels, from == 0, end == conv->in_channels);
  }
}

static struct call call_of(const struct fv_conv2d_s8 *conv, const int8_t *const rows[], int32_t first_row,
                           void *scratch) {
  const struct fv_fused_pool *pool = &conv->pool;
  const struct fv_blocks *blocks = &conv->blocks;
  const int32_t block_rows = (blocks->rows - 1) * pool->stride_y + pool->height;
  const int32_t block_columns = (blocks->columns - 1) * pool->stride_x + pool->width;
  const int32_t tiles = (block_rows + FV_TILE - 1) / FV_TILE * ((block_columns + FV_TILE - 1) / FV_TILE);
  const int32_t pairs = (tiles + FV_PAIR - 1) / FV_PAIR;
  const int32_t units = blocks->in_channels / FV_UNIT;
  struct call call = {.conv = conv, .rows = rows};
  int8_t *at = scratch;
  call.first_input_row = first_row * pool->stride_y - pool->pad_top - conv->pad_top;
  call.weights = (int16_t *)at;
  at += FV_POSITIONS * units * FV_UNIT_OF_WEIGHTS * 2 + (conv->sparse_run > 0 ? FV_FILTER_UNIT : 8);
  call.pixels = (int16_t *)at;
  at += pairs * FV_POSITIONS * units * FV_UNIT_OF_PIXELS * 2 + 8;
  call.products = (int32_t *)at;
  at += blocks->out_channels / FV_LANES * pairs * FV_POSITIONS * FV_SUMS * 4;
  call.sums = (int32_t *)at;
  return call;
}

void fv_conv2d_winograd_s8(const struct fv_conv2d_s8 *conv, const int8_t *const rows[], int8_t *const out[],
                           int32_t first_row, int32_t n_rows, int32_t first_channel, int32_t n_channels,
                           void *scratch) {
  const struct call call = call_of(conv, rows, first_row, scratch);
  const struct fv_blocks *blocks = &conv->blocks;
  const int32_t end_row = first_row + n_rows;
  for (int32_t y = first_row; y < end_row; y += blocks->rows) {
    const int32_t end_y = smaller(y + blocks->rows, end_row);
    for (int32_t x = 0; x < conv->pool.out_width; x += blocks->columns) {
      const int32_t end_x = smaller(x + blocks->columns, conv->pool.out_width);
      const struct fv_patch patch = fv_patch_of(conv, y, end_y, x, end_x);
      const struct tiles tiles = tiles_of(&patch);
      if (is_one_block(conv)) {
        transform_pixels(&call, &tiles, 0, conv->in_channels / FV_UNIT);
      }
      for (int32_t o = 0; o < n_channels; o += blocks->out_channels) {
        const int32_t n = smaller(blocks->out_channels, n_channels - o);
        compute_block(&call, &tiles, out + (y - first_row), first_channel + o, n);
      }
    }
  }
}
