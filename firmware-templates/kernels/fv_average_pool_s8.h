/* Mean over a sliding window, per channel, of the pixels inside the image, rounded half away from zero.
 * Source: TFLite reference_integer_ops/pooling.h.
 */
#ifndef FV_AVERAGE_POOL_S8_H
#define FV_AVERAGE_POOL_S8_H

#include <stdint.h>

struct fv_average_pool_s8 {
  uint16_t in_width, out_width, channels;
  uint8_t height, width, stride_y, stride_x, pad_left;
  int8_t act_min, act_max;
};

/* rows[i]: input row first_row * stride_y - pad_top + i, where first_row is the first output row;
 *          NULL outside the image. out[i]: output row first_row + i. Every window has a pixel inside the image. */
void fv_average_pool_s8(const struct fv_average_pool_s8 *pool, const int8_t *const rows[], int8_t *const out[],
                        int32_t n_rows);

#endif
