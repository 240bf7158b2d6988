#include "fv_winograd.h"

#include "fv_dot.h"

#include <stddef.h>
#include <string.h>

/* In fv_winograd.S. A column holds [2 halves][6 rows] words of two channels. */
enum { COLUMN = 12 };

void fv_winograd_columns(const struct fv_winograd_row rows[FV_TILE_INPUTS], uint32_t offset, uint32_t *columns,
                         int32_t n, uint32_t step);
void fv_winograd_rows(const uint32_t *columns, uint32_t *v, uint32_t stride);
void fv_winograd_filter(const int8_t *packed, uint32_t *u, uint32_t stride);

/* Columns x .. x + n - 1 of four channels; those outside are padding. */
static void transform_columns(const struct fv_winograd_input *input, int32_t x, int32_t channel, uint32_t *columns,
                              int32_t n) {
  const uint32_t step = (uint32_t)input->pixel_bytes;
  if (x >= 0 && x + n <= input->width) {
    fv_winograd_columns(input->rows, (uint32_t)x * step + (uint32_t)channel, columns, n, step);
    return;
  }
  for (int32_t i = 0; i < n; i++, x++, columns += COLUMN) {
    const int inside = x >= 0 && x < input->width;
    fv_winograd_columns(inside ? input->rows : input->outside, (uint32_t)x * step + (uint32_t)channel, columns, 1, 0);
  }
}

/* Four channels of a row of tiles. */
static void transform_unit(const struct fv_winograd_input *input, int32_t channel, int32_t units, int32_t first,
                           int32_t tiles, uint32_t *v, uint32_t *columns) {
  const int32_t stride = units * (FV_UNIT_OF_PIXELS / 2);
  int32_t x = input->left;
  transform_columns(input, x, channel, columns, 2);
  for (int32_t tile = first; tile < first + tiles; tile++, x += FV_TILE) {
    transform_columns(input, x + 2, channel, columns + 2 * COLUMN, FV_TILE);
    fv_winograd_rows(columns, v + tile / FV_PAIR * FV_POSITIONS * stride + tile % FV_PAIR, (uint32_t)stride * 4);
    memcpy(columns, columns + FV_TILE * COLUMN, 2 * COLUMN * sizeof columns[0]);
  }
}

void fv_winograd_pixels(const struct fv_winograd_input *input, int32_t channel, int32_t units, int32_t first,
                        int32_t tiles, int16_t *pixels, uint32_t *columns) {
  for (int32_t unit = 0; unit < units; unit++) {
    uint32_t *v = (uint32_t *)pixels + unit * (FV_UNIT_OF_PIXELS / 2);
    transform_unit(input, channel + unit * FV_UNIT, units, first, tiles, v, columns);
  }
}

void fv_winograd_weights(const int8_t *packed, int16_t *weights, int32_t units) {
  const uint32_t stride = (uint32_t)units * FV_UNIT_OF_WEIGHTS * sizeof(int16_t);
  uint32_t *u = (uint32_t *)weights;
  for (int32_t unit = 0; unit < units; unit++, u += FV_UNIT_OF_WEIGHTS / 2) {
    for (int32_t lane = 0; lane < FV_LANES; lane++, packed += FV_FILTER_UNIT / FV_LANES) {
      fv_winograd_filter(packed, u + lane, stride);
    }
  }
}
