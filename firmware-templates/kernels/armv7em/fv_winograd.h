/* The three transforms of fv_conv2d_winograd_s8.h. */
#ifndef FV_WINOGRAD_H
#define FV_WINOGRAD_H

#include <stdint.h>

enum {
  FV_TILE = 4,        /* outputs of a tile's side */
  FV_TILE_INPUTS = 6, /* inputs of a tile's side */
  FV_POSITIONS = 36,  /* of a transformed tile */
  FV_COLUMN_BYTES = 48, /* of a transformed column of four channels */
  FV_FILTER_UNIT = 144  /* int8 of a unit of packed weights: 4 lanes, 9 taps, 4 channels */
};

/* One input row of a row of tiles; mask is 0 where the row is padding, base then one padded pixel, else all ones. */
struct fv_winograd_row {
  const int8_t *base;
  uint32_t mask;
};

/* Where the pixels of tiles lie: column 0 of the first tile is `left`, which may be outside. */
struct fv_winograd_input {
  struct fv_winograd_row rows[FV_TILE_INPUTS];
  int32_t left, width, pixel_bytes;
  int32_t padding; /* the value of a pixel outside */
};

/* V of `tiles` tiles of one row, for 4 * units channels from `channel` on, as pairs of tiles for fv_dot_tile:
 * [pair][unit][position][half][2]. The first of them is tile `first` of all, and pixels points to pair 0. columns:
 * scratch for most_columns of FV_COLUMN_BYTES, at least FV_TILE_INPUTS. */
void fv_winograd_pixels(const struct fv_winograd_input *input, int32_t channel, int32_t units, int32_t first,
                        int32_t tiles, int16_t *pixels, uint32_t *columns, int32_t most_columns);

/* U of 4 * units channels of four filters: [unit][position][half][4]. packed is 4-byte aligned. */
void fv_winograd_weights(const int8_t *packed, int16_t *weights, int32_t units);

/* Adds y of one tile of four filters to the sums. products: [position][4][2], of the pair and tile; sums: the
 * tile's first, see fv_patch.h. */
void fv_winograd_sums(const int32_t *products, int32_t *sums, int32_t row_pairs);

#endif
