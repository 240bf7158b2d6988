/* Depthwise 2-D convolution of int8 images: output channel o sees input channel o / depth_multiplier only.
 * Arithmetic, table, pool, rows and scratch as in fv_conv2d_s8.h.
 * Source: TFLite reference_integer_ops/depthwise_conv.h.
 */
#ifndef FV_DEPTHWISE_CONV2D_S8_H
#define FV_DEPTHWISE_CONV2D_S8_H

#include "fv_conv2d_s8.h"

struct fv_depthwise_conv2d_s8 {
  struct fv_conv2d_s8 conv;  /* weights are [kernel_height][kernel_width][out_channels] */
  uint16_t depth_multiplier; /* out_channels = in_channels * depth_multiplier */
};

void fv_depthwise_conv2d_s8(const struct fv_depthwise_conv2d_s8 *depthwise, const int8_t *const rows[],
                            int8_t *const out[], int32_t first_row, int32_t n_rows, int32_t first_channel,
                            int32_t n_channels, void *scratch);

#endif
