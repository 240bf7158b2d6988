/* fv_conv2d_s8.h for Armv7E-M as a product of matrices: any window, stride and dilation.
 *
 * It differs from the portable kernel in its constants, which the generator prepares:
 *   weights: [ceil(out_channels / 4)][units][4][4], where units * 4 is kernel_height * kernel_width * in_channels
 *            rounded up: filters in the order of memory, zeros behind the last channel and the last filter.
 *   bias:    less in_zero_point times the sum of the channel's weights, since the sums take x as it is and padding is
 *            in_zero_point.
 *   shift:   -22 .. -1.   table: with act_min and act_max applied; NULL only when they are -128 and 127.
 * and in what it assumes, which the generator proves: |sum| < 2^30 for every x; with a pool, the table never falls, so
 * the maximum is taken of the sums. first_channel is a multiple of 4.
 */
#ifndef FV_CONV2D_GEMM_S8_H
#define FV_CONV2D_GEMM_S8_H

#include "fv_conv2d_s8.h"

/* scratch: FV_CONV2D_GEMM_S8_SCRATCH_ARMV7EM bytes. blocks.rows and blocks.columns are those of the output, after the
 * pool, that are computed at a time; blocks.in_channels how many products of a filter, a multiple of 4: all of them or,
 * where 4 divides in_channels, a slice; blocks.out_channels, a multiple of 4, those whose sums are kept from slice to
 * slice. */
void fv_conv2d_gemm_s8(const struct fv_conv2d_s8 *conv, const int8_t *const rows[], int8_t *const out[],
                       int32_t first_row, int32_t n_rows, int32_t first_channel, int32_t n_channels, void *scratch);

#endif
