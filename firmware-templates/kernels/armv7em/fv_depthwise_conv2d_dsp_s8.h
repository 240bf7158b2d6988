/* fv_depthwise_conv2d_s8.h for Armv7E-M: depth_multiplier 1, no dilation, no pool, a multiple of 4 channels.
 *
 * Rows are taken in pairs, so that SMLAD sums two taps of a channel.
 *   weights: int16 [channels / 4][4][kernel_width][ceil(kernel_height / 2)][2], 0 where there is no last row.
 * bias, shift, table and what the generator proves: as in fv_conv2d_gemm_s8.h. first_channel and n_channels are
 * multiples of 4.
 */
#ifndef FV_DEPTHWISE_CONV2D_DSP_S8_H
#define FV_DEPTHWISE_CONV2D_DSP_S8_H

#include "fv_depthwise_conv2d_s8.h"

/* scratch: FV_DEPTHWISE_CONV2D_DSP_S8_SCRATCH_ARMV7EM bytes. */
void fv_depthwise_conv2d_dsp_s8(const struct fv_depthwise_conv2d_s8 *depthwise, const int8_t *const rows[],
                                int8_t *const out[], int32_t first_row, int32_t n_rows, int32_t first_channel,
                                int32_t n_channels, void *scratch);

#endif
