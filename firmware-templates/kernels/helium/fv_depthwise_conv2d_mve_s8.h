/* fv_depthwise_conv2d_s8.h for MVE: depth_multiplier 1, no dilation, no pool, a multiple of 8 channels.
 *
 *   weights: [channels / 8][kernel_height][kernel_width][8], no weight is -128: two products then fit in int16.
 *   bias:    less in_zero_point times the sum of the channel's weights.
 * shift, table and what the generator proves: as in fv_conv2d_mve_s8.h. first_channel and n_channels are multiples of 8.
 */
#ifndef FV_DEPTHWISE_CONV2D_MVE_S8_H
#define FV_DEPTHWISE_CONV2D_MVE_S8_H

#include "fv_depthwise_conv2d_s8.h"

/* scratch: FV_DEPTHWISE_CONV2D_MVE_S8_SCRATCH_HELIUM bytes. */
void fv_depthwise_conv2d_mve_s8(const struct fv_depthwise_conv2d_s8 *depthwise, const int8_t *const rows[],
                                int8_t *const out[], int32_t first_row, int32_t n_rows, int32_t first_channel,
                                int32_t n_channels, void *scratch);

#endif
