/* fv_conv2d_s8.h for MVE: dot products of 16 int8 read from the rows where they lie, any window, stride and dilation.
 *
 * It differs from the portable kernel in its constants, which the generator prepares.
 *
 * Where 16 divides in_channels and the window is not dilated, windows are read in place, and taps outside the image are
 * left out:
 *   weights: [ceil(out_channels / 3)][kernel_height][kernel_width][in_channels / 16][3][16], zeros behind the last
 *            channel.
 *   bias:    [row classes][column classes][ceil(out_channels / 3) * 3], less in_zero_point times the sum of the
 *            channel's weights that meet the image. Class 0: all of them do; c <= pad: the first c do not; pad + c: the
 *            last c do not. There are as many classes as the image has; no window misses it on both sides.
 * Elsewhere windows are gathered, with in_zero_point outside the image:
 *   weights: [ceil(out_channels / 3)][vectors][3][16], a filter in the order of memory, then zeros.
 *   bias:    [ceil(out_channels / 3) * 3], less in_zero_point times the sum of the channel's weights.
 *
 *   shift:   -22 .. -1.   table: with act_min and act_max applied; NULL only when they are -128 and 127.
 * The generator proves that |sum| < 2^30 for every x and, with a pool, that the table never falls, so the maximum is
 * taken of the sums. first_channel is a multiple of 3.
 */
#ifndef FV_CONV2D_MVE_S8_H
#define FV_CONV2D_MVE_S8_H

#include "fv_conv2d_s8.h"

/* scratch: FV_CONV2D_MVE_S8_SCRATCH_HELIUM bytes. blocks.rows and blocks.columns are those of the output, after the
 * pool, that are computed at a time; blocks.sum_channels, a multiple of 3, how many channels' sums are kept;
 * blocks.in_channels is 0 where weights are read where they lie, not copied to scratch first. */
void fv_conv2d_mve_s8(const struct fv_conv2d_s8 *conv, const int8_t *const rows[], int8_t *const out[],
                      int32_t first_row, int32_t n_rows, int32_t first_channel, int32_t n_channels, void *scratch);

#endif
