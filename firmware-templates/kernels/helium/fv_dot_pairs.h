/* Sums of products with MVE: three output channels of two pixels at a time, so that five loads feed six VMLADAVA. */
#ifndef FV_DOT_PAIRS_H
#define FV_DOT_PAIRS_H

#include <stdint.h>

enum { FV_PAIR = 2, FV_LANES = 3, FV_VECTOR = 16, FV_VECTOR_OF_WEIGHTS = FV_VECTOR * FV_LANES, FV_SHORT = 2 };

/* Pairs of pixels whose windows cover the same taps. A window is `runs` runs of bytes, one behind the other in the
 * weights but anywhere in the input.
 *
 * pairs:   for each pair, for each run, where it begins for the first and for the second pixel; then where their sums
 *          go, in bytes behind `sums`. Two pixels may be the same one.
 * weights: [runs][vectors][3][16], and `skip` bytes behind each run. */
struct fv_dot {
  const int8_t *weights;
  const int32_t *bias; /* [3]: what the sums begin with */
  int8_t *sums;        /* three int32 for each pixel */
  const uint32_t *pairs;
  int32_t n_pairs, runs; /* 1 or more */
  int32_t vectors;       /* of a run, 1 or more */
  int32_t skip;
};

/* Reads exactly the bytes of the runs, none before or behind. */
void fv_dot_pairs(const struct fv_dot *dot);

/* Windows of one or two vectors that lie one behind the other, so that the weights stay in registers. */
struct fv_short_dot {
  const int8_t *weights;  /* [vectors][3][16] */
  const int32_t *bias;    /* [3] */
  int8_t *sums;           /* three int32 for each pixel, pixel_bytes apart */
  const int8_t *windows;  /* [n_pixels][vectors][16] */
  int32_t n_pixels;       /* 1 or more */
  int32_t vectors;        /* 1 or 2 */
  int32_t pixel_bytes;
};

void fv_dot_short(const struct fv_short_dot *dot);

#endif
