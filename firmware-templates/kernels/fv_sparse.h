/* Weights of which many are zero: only the others are stored, and a bit for each weight says which they are.
 *
 * The packed weights of a kernel, in the order that its own header gives, are cut into runs of conv->sparse_run bytes, a
 * multiple of 32.
 *   uint32_t offset[runs]             of each run from the first byte of the weights
 *   for each run:
 *     uint32_t map[sparse_run / 32]   bit 31 - i of word w stands for byte 32 w + i: 1 where it is not zero
 *     int8_t values[]                 those, in order; zeros up to a multiple of 4
 * All little-endian.
 */
#ifndef FV_SPARSE_H
#define FV_SPARSE_H

#include "fv_conv2d_s8.h"

/* Packed weights first .. first + n - 1, both multiples of conv->sparse_run, which is not 0. Returns `to`, which is
 * 4-byte aligned. */
const int8_t *fv_unpack_weights(const struct fv_conv2d_s8 *conv, int32_t first, int32_t n, int8_t *to);

/* The same where they lie if they are dense. */
static inline const int8_t *fv_weights(const struct fv_conv2d_s8 *conv, int32_t first, int32_t n, int8_t *to) {
  return conv->sparse_run == 0 ? conv->weights + first : fv_unpack_weights(conv, first, n, to);
}

#endif
