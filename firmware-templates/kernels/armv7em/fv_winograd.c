#include "fv_winograd.h"

#include "fv_dot.h"

/* In fv_winograd.S. A column holds [2 halves][6 rows] words of two channels. */
enum { COLUMN = FV_COLUMN_BYTES / 4 };

void fv_winograd_columns(const struct fv_winograd_row rows[FV_TILE_INPUTS], uint32_t offset, uint32_t *columns,
                         int32_t n, uint32_t step);
void fv_winograd_rows(const uint32_t *columns, uint32_t *v, int32_t tiles, uint32_t step, uint32_t other_step);

static int32_t smaller(int32_t a, int32_t b) { return a < b ? a : b; }
static int32_t larger(int32_t a, int32_t b) { return a > b ? a : b; }

/* Columns of padding: six equal pixels are -6 times as much in the second row of B' d, and nothing in the others. */
static void fill_columns(int32_t padding, uint32_t *columns, int32_t n) {
  const uint32_t second = (uint32_t)(-6 * (padding + 128)) * 0x10001u;
  for (const uint32_t *const end = columns + n * COLUMN; columns != end; columns += FV_TILE_INPUTS) {
    columns[0] = 0;
    columns[1] = second;
    columns[2] = 0;
    columns[3] = 0;
    columns[4] = 0;
    columns[5] = 0;
  }
}

/* Columns x .. x + n - 1 of four channels; those outside are padding. */
static void transform_columns(const struct fv_winograd_input *input, int32_t x, int32_t channel, uint32_t *columns,
                              int32_t n) {
  const uint32_t step = (uint32_t)input->pixel_bytes;
  const int32_t left = smaller(n, larger(0, -x));
  const int32_t inside = larger(0, smaller(n, input->width - x) - left);
  fill_columns(input->padding, columns, left);
  if (inside > 0) {
    fv_winograd_columns(input->rows, (uint32_t)(x + left) * step + (uint32_t)channel, columns + left * COLUMN, inside,
                        step);
  }
  fill_columns(input->padding, columns + (left + inside) * COLUMN, n - left - inside);
}

/* Tiles of four channels, the first of them tile `first`; v: those channels of pair 0. */
static void transform_rows(const uint32_t *columns, uint32_t *v, int32_t pair_words, int32_t first, int32_t tiles) {
  const uint32_t to_odd = sizeof(uint32_t), to_even = (uint32_t)pair_words * sizeof(uint32_t) - to_odd;
  const int is_odd = first % FV_PAIR != 0;
  fv_winograd_rows(columns, v + first / FV_PAIR * pair_words + first % FV_PAIR, tiles, is_odd ? to_even : to_odd,
                   is_odd ? to_odd : to_even);
}

void fv_winograd_pixels(const struct fv_winograd_input *input, int32_t channel, int32_t units, int32_t first,
                        int32_t tiles, int16_t *pixels, uint32_t *columns, int32_t most_columns) {
  const int32_t most_tiles = (most_columns - (FV_TILE_INPUTS - FV_TILE)) / FV_TILE;
  const int32_t unit_words = FV_POSITIONS * FV_UNIT_OF_PIXELS / 2;
  for (int32_t unit = 0; unit < units; unit++) {
    uint32_t *const v = (uint32_t *)pixels + unit * unit_words;
    for (int32_t from = 0; from < tiles; from += most_tiles) {
      const int32_t n = smaller(most_tiles, tiles - from);
      transform_columns(input, input->left + from * FV_TILE, channel + unit * FV_UNIT, columns,
                        n * FV_TILE + FV_TILE_INPUTS - FV_TILE);
      transform_rows(columns, v, units * unit_words, first + from, n);
    }
  }
}
