/* fv_conv2d_s8.h for Armv7E-M, 3 x 3 windows of stride 1: Winograd's F(4x4, 3x3) in integers, without a lost bit.
 *
 * Sixteen outputs take 36 multiplications instead of 144. With tiles d of 6 x 6 inputs and filters g of 3 x 3:
 *   V = B' d B        B': [4 0 -5 0 1 0] [0 -4 -4 1 1 0] [0 4 -4 -1 1 0] [0 -2 -1 2 1 0] [0 2 -1 -2 1 0] [0 4 0 -5 0 1]
 *   U = G g G'        G:  [1 0 0] [1 1 1] [1 -1 1] [1 2 4] [1 -2 4] [0 0 1]
 *   M = sum over channels of U V, element by element
 *   576 y = A' M A    A': [6 -4 -4 1 1 0] [0 -4 4 2 -2 0] [0 -4 -4 4 4 0] [0 -4 4 8 -8 24]
 * G is the usual one times 4, -6, -6, 24, 24, 1 by rows, so that it is integer; A takes that back, times 24.
 *
 * Exact: |V| <= 100 * 128 and |U| <= 49 * 128 fit int16. Everything after that is linear in int32 modulo 2^32, so
 * overflow on the way does no harm: 576 y = 2^6 * 9 * y comes out modulo 2^32, times the inverse of 9 modulo 2^32 gives
 * 2^6 y, and a shift gives y, as long as |y| < 2^25. blocks.sum_channels is how many input channels keep to that
 * whatever the input; then their y is added to the sums proper and M begins anew.
 * Source: Lavin and Gray, Fast Algorithms for Convolutional Neural Networks, 2015, for the matrices.
 *
 * weights: [ceil(out_channels / 4)][in_channels / 4][4][9][4], zeros behind the last filter; they are transformed on
 *          the way, once for all pixels of a block. in_channels is a multiple of 4.
 * bias, shift, table, first_channel and what the generator proves: as in fv_conv2d_gemm_s8.h.
 */
#ifndef FV_CONV2D_WINOGRAD_S8_H
#define FV_CONV2D_WINOGRAD_S8_H

#include "fv_conv2d_s8.h"

/* scratch: FV_CONV2D_WINOGRAD_S8_SCRATCH_ARMV7EM bytes. blocks.rows and blocks.columns are those of the output, after
 * the pool; blocks.in_channels is a multiple of 4 up to 32, blocks.out_channels and blocks.sum_channels are
 * multiples of 4. */
void fv_conv2d_winograd_s8(const struct fv_conv2d_s8 *conv, const int8_t *const rows[], int8_t *const out[],
                           int32_t first_row, int32_t n_rows, int32_t first_channel, int32_t n_channels,
                           void *scratch);

#endif
