/* A rectangle of a convolution's output and the sums that it is made of. Shared by the Armv7E-M convolutions. */
#ifndef FV_PATCH_H
#define FV_PATCH_H

#include "fv_conv2d_s8.h"

/* Output rows and columns, and the rows and columns of the convolution, before the pool, that they are maxima of.
 * Ends are not included. */
struct fv_patch {
  int32_t out_row, out_end_row, out_column, out_end_column;
  int32_t row, end_row, column, end_column;
};

struct fv_patch fv_patch_of(const struct fv_conv2d_s8 *conv, int32_t out_row, int32_t out_end_row, int32_t out_column,
                            int32_t out_end_column);

/* Sums of four channels over a patch: that of row y, column x and lane l, counted from the patch's first, is
 * values[((y * row_pairs + x / 2) * 4 + l) * 2 + x % 2]. */
struct fv_sums {
  const int32_t *values;
  int32_t row_pairs;
};

/* Takes maxima, requantises and stores channels channel .. channel + lanes - 1, at most four. out[0] is the row
 * patch->out_row. */
void fv_store_patch(const struct fv_conv2d_s8 *conv, const struct fv_patch *patch, struct fv_sums sums,
                    int32_t channel, int32_t lanes, int8_t *const out[]);

#endif
