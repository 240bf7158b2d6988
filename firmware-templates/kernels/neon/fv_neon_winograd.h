/* The three transforms of fv_conv2d_winograd_neon_s8.h, and the products between them. */
#ifndef FV_NEON_WINOGRAD_H
#define FV_NEON_WINOGRAD_H

#include <stdint.h>

enum {
  FV_SIDE = 4,         /* outputs of a tile's side */
  FV_INPUTS = 6,       /* inputs of a tile's side */
  FV_POSITIONS = 36,   /* of a transformed tile */
  FV_GROUP = 4,        /* tiles that are multiplied together */
  FV_FILTER_BYTES = 72 /* packed weights of an input channel for eight output channels */
};

/* The input under a row of tiles. */
struct fv_winograd_input {
  const int8_t *rows[FV_INPUTS]; /* NULL: padding */
  int32_t left, width;           /* column 0 of the first tile, which may be outside; columns that there are */
  int32_t pixel_bytes;
  int8_t padding;
};

/* V of eight channels, channel .. channel + 7, of `tiles` tiles of a row. v: [groups of tiles][36][units][4][8], from
 * this unit of eight channels on; the first tile is number `first` of all. */
void fv_winograd_pixels(const struct fv_winograd_input *input, int32_t channel, int32_t first, int32_t tiles,
                        int32_t units, int16_t *v);

/* U of some input channels for eight output channels. packed: [channels / 2][9][2][8], u: [36][channels][8]. */
void fv_winograd_weights(const int8_t *packed, int32_t channels, int16_t *u);

/* Adds to the products of four tiles at one position. u: [units][8][8], v: [units][4][8]; m: of the first tile, eight
 * output channels; the next tile's are 36 * 8 behind. */
void fv_winograd_products(const int16_t *u, const int16_t *v, int32_t units, int32_t *m);

/* y of one tile and eight channels, added to sums: [4][row_pixels][8]. m: [36][8]. */
void fv_winograd_sums(const int32_t *m, int32_t *sums, int32_t row_pixels);

#endif
