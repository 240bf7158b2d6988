/* A rectangle of a convolution's output and the sums that it is made of. */
#ifndef FV_STORE_SUMS_H
#define FV_STORE_SUMS_H

#include "fv_conv2d_s8.h"

/* Output rows and columns, and the rows and columns of the convolution, before the pool, that they are maxima of.
 * Ends are not included. */
struct fv_patch {
  int32_t out_row, out_end_row, out_column, out_end_column;
  int32_t row, end_row, column, end_column;
};

struct fv_patch fv_patch_of(const struct fv_conv2d_s8 *conv, int32_t out_row, int32_t out_end_row, int32_t out_column,
                            int32_t out_end_column);

/* Takes maxima, requantises and stores channels channel .. channel + n_channels - 1. out[0] is the row patch->out_row.
 * sums: int32 of the channels, for each pixel of the patch in raster order, pixel_bytes (a multiple of 16) apart. */
void fv_store_sums(const struct fv_conv2d_s8 *conv, const struct fv_patch *patch, const int8_t *sums,
                   int32_t pixel_bytes, int32_t channel, int32_t n_channels, int8_t *const out[]);

#endif
