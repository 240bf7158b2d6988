/* A rectangle of a convolution's output and the sums that it is made of. Shared by the NEON convolutions. */
#ifndef FV_NEON_PATCH_H
#define FV_NEON_PATCH_H

#include "fv_conv2d_s8.h"

/* Output rows and columns, and the rows and columns of the convolution, before the pool, that they are maxima of.
 * Ends are not included. */
struct fv_neon_patch {
  int32_t out_row, out_end_row, out_column, out_end_column;
  int32_t row, end_row, column, end_column;
};

struct fv_neon_patch fv_neon_patch_of(const struct fv_conv2d_s8 *conv, int32_t out_row, int32_t out_end_row,
                                      int32_t out_column, int32_t out_end_column);

/* Takes maxima, requantises and stores channels channel .. channel + lanes - 1, at most eight. sums: [rows][row_pixels]
 * [8] from the patch's first row and column on. out[0] is the row patch->out_row. */
void fv_neon_store_patch(const struct fv_conv2d_s8 *conv, const struct fv_neon_patch *patch, const int32_t *sums,
                         int32_t row_pixels, int32_t channel, int32_t lanes, int8_t *const out[]);

#endif
