/* The inner loops of the Armv7E-M kernels, in fv_dot.S: int16 products summed in int32, two at a time (SMLAD).
 *
 * Four output channels ("lanes") meet two pixels. Channels come in units of four: SXTB16 of a word of int8 gives
 * channels 0 and 2, and rotated by 8 bits channels 1 and 3. So a unit of
 *   pixels is  [2 halves of the unit][2 pixels][2 channels] int16, 16 bytes,
 *   weights is [2 halves of the unit][4 lanes][2 channels] int16, 32 bytes,
 *   packed int8 weights is [4 lanes][4 channels], 16 bytes.
 * All sums wrap modulo 2^32, as SMLAD does.
 */
#ifndef FV_DOT_H
#define FV_DOT_H

#include <stdint.h>

enum {
  FV_LANES = 4,
  FV_PAIR = 2,                      /* pixels met at once */
  FV_SUMS = FV_LANES * FV_PAIR,     /* sums of one pair, [lane][pixel] */
  FV_UNIT = 4,                      /* channels */
  FV_UNIT_OF_PIXELS = 8,            /* int16 of a unit of two pixels */
  FV_UNIT_OF_WEIGHTS = 16,          /* int16 of a unit of four lanes */
  FV_UNIT_OF_PACKED_WEIGHTS = 16,   /* int8 */
  FV_MOST_TILE_UNITS = 8            /* of fv_dot_tile */
};

/* sums[i] = initial[i] + weights . pixels[i] for n pairs of pixels that meet the same weights; each pair has `units`
 * units, 1 or more. The initial sums lie `initial_step` bytes apart: 0 when all are the same. They may be `sums`.
 * Reads 8 bytes beyond weights and pixels. */
void fv_dot_pixels(const int16_t *weights, const int16_t *pixels, int32_t *sums, int32_t n, int32_t units,
                   const int32_t *initial, int32_t initial_step);

/* sums[i] += weights[i] . pixels[i] for n positions of a pair of tiles, at most 36, that each meet their own weights;
 * units is 1..FV_MOST_TILE_UNITS. Both are [unit][36 positions]. Reads one unit beyond weights and pixels. */
void fv_dot_tile(const int16_t *weights, const int16_t *pixels, int32_t *sums, int32_t n, int32_t units);

/* Packed int8 weights, 4-byte aligned, to int16. */
void fv_expand_weights(const int8_t *packed, int16_t *weights, int32_t units);

/* Two pixels of 4 * units int8 channels to int16. They need no alignment. */
void fv_expand_pixels(const int8_t *first, const int8_t *second, int16_t *pixels, int32_t units);

/* The windows of 3 x 3 pixels of 3 channels of two pixels to int16, 7 units each: rows point to the first window's,
 * `distance` bytes before the second's. */
void fv_expand_windows_of_3(const int8_t *const rows[3], int32_t distance, int16_t *pixels);

/* Two rows of int8 pixels, with the bytes from pixel to pixel. */
struct fv_row_pair {
  const int8_t *upper, *lower;
  int32_t upper_step, lower_step;
};

/* Four channels of n pixels, 1 or more, of two rows to int16: [pixel][4 channels][upper, lower]. */
void fv_interleave_rows(const struct fv_row_pair *rows, void *to, int32_t n);

#endif
