/* What the two convolutions share: the store of one accumulator, and the pool over the rows in scratch. */
#ifndef FV_FUSED_H
#define FV_FUSED_H

#include "fv_conv2d_s8.h"
#include "fv_requant.h"

#include <stdbool.h>
#include <stddef.h>

static inline bool fv_has_pool(const struct fv_fused_pool *pool) {
  return pool->height > 1 || pool->width > 1 || pool->stride_y > 1 || pool->stride_x > 1;
}

/* One accumulator of channel o to one int8: requantised, clamped, through the table. */
static inline int8_t fv_fused_output(const struct fv_conv2d_s8 *conv, int32_t o, int32_t acc) {
  const int32_t scaled = conv->out_zero_point + fv_requantise(acc, conv->multiplier[o], conv->shift[o]);
  const int32_t q = fv_clamp(scaled, conv->act_min, conv->act_max);
  return conv->table != NULL ? conv->table[q + 128] : (int8_t)q;
}

/* Kernel taps lo .. hi-1 of one axis that fall inside an image of `size`, for a window whose first tap is at
 * `origin`. */
struct fv_taps {
  int32_t lo, hi;
};

static inline struct fv_taps fv_taps_inside(int32_t origin, int32_t size, int32_t taps, int32_t dilation) {
  struct fv_taps inside = {0, taps};
  while (inside.lo < inside.hi && origin + inside.lo * dilation < 0) {
    inside.lo++;
  }
  while (inside.hi > inside.lo && origin + (inside.hi - 1) * dilation >= size) {
    inside.hi--;
  }
  return inside;
}

/* The convolution rows of one pool window row, held in scratch as a ring: convolution row c (counted from the first
 * one that the call reaches) lies in slot c % pool.height. */
struct fv_pool_ring {
  const struct fv_conv2d_s8 *conv;
  int8_t *scratch;
  int32_t first_conv_row; /* of the call; negative above the image */
  int32_t channels;
};

static inline int8_t *fv_pool_slot(const struct fv_pool_ring *ring, int32_t c) {
  const int32_t row_bytes = ring->conv->conv_width * ring->channels;
  return ring->scratch + (c % ring->conv->pool.height) * row_bytes;
}

static inline bool fv_pool_row_exists(const struct fv_pool_ring *ring, int32_t c) {
  const int32_t row = ring->first_conv_row + c;
  return row >= 0 && row < ring->conv->conv_height;
}

/* Writes one output row: the maximum over convolution rows c .. c + pool.height - 1. */
void fv_pool_row(const struct fv_pool_ring *ring, int32_t c, int8_t *out);

#endif
