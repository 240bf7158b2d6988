/* fv_depthwise_conv2d_s8.h for NEON, ARMv7-A and AArch64: eight channels at a time.
 *
 * It differs from the portable kernel in its constants, which the generator prepares:
 *   weights: [ceil(out_channels / 8)][kernel_height][kernel_width][8]. The last group's channels are the last eight,
 *            so it may share some with the group before; both give the same.
 *   bias:    less in_zero_point times the sum of the channel's weights, modulo 2^32.
 * and in what it assumes, which the generator proves: no weight is -128, so that two products fit 16 bits;
 * depth_multiplier is 1, there are at least eight channels, and there is no pool. first_channel is a multiple of 8, and
 * so is n_channels but for the last channels, with which some before them may be written again, as they are.
 */
#ifndef FV_DEPTHWISE_CONV2D_NEON_S8_H
#define FV_DEPTHWISE_CONV2D_NEON_S8_H

#include "fv_depthwise_conv2d_s8.h"

/* scratch is not used. */
void fv_depthwise_conv2d_neon_s8(const struct fv_depthwise_conv2d_s8 *depthwise, const int8_t *const rows[],
                                 int8_t *const out[], int32_t first_row, int32_t n_rows, int32_t first_channel,
                                 int32_t n_channels, void *scratch);

#endif
