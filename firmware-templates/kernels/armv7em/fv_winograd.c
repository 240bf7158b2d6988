#include "fv_winograd.h"

#include "fv_dot.h"

/* In fv_winograd.S. A column holds [2 halves][6 rows] words of two channels. */
enum { COLUMN = FV_COLUMN_BYTES / 4 };

void fv_winograd_columns(const struct fv_winograd_row rows[FV_TILE_INPUTS], uint32_t offset, uint32_t *columns,
                         int32_t n, uint32_t step);
void fv_winograd_rows(const uint32_t *columns, uint32_t *v);
void fv_winograd_filter(const int8_t *packed, uint32_t *u);

static int32_t smaller(int32_t a, int32_t b) { return a < b ? a : b; }
static int32_t larger(int32_t a, int32_t b) { return a > b ? a : b; }

/* Columns x .. x + n - 1 of four channels; those outside are padding. */
static void transform_columns(const struct fv_winograd_input *input, int32_t x, int32_t channel, uint32_t *columns,
                              int32_t n) {
  const uint32_t step = (uint32_t)input->pixel_bytes;
  const int32_t left = smaller(n, larger(0, -x));
  const int32_t inside = larger(0, smaller(n, input->width - x) - left);
  const int32_t right = n - left - inside;
  if (left > 0) {
    fv_winograd_columns(input->outside, 0, columns, left, 0);
  }
  if (inside > 0) {
    fv_winograd_columns(input->rows, (uint32_t)(x + left) * step + (uint32_t)channel, columns + left * COLUMN, inside,
                        step);
  }
  if (right > 0) {
    fv_winograd_columns(input->outside, 0, columns + (n - right) * COLUMN, right, 0);
  }
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
      for (int32_t i = 0; i < n; i++) {
        const int32_t tile = first + from + i;
        fv_winograd_rows(columns + i * (FV_TILE * COLUMN), v + tile / FV_PAIR * units * unit_words + tile % FV_PAIR);
      }
    }
  }
}

void fv_winograd_weights(const int8_t *packed, int16_t *weights, int32_t units) {
  uint32_t *u = (uint32_t *)weights;
  for (int32_t unit = 0; unit < units; unit++, u += FV_POSITIONS * FV_UNIT_OF_WEIGHTS / 2) {
    for (int32_t lane = 0; lane < FV_LANES; lane++, packed += FV_FILTER_UNIT / FV_LANES) {
      fv_winograd_filter(packed, u + lane);
    }
  }
}
