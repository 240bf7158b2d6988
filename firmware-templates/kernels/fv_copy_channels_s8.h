/* Copies every pixel of an image into a range of channels of a wider one: a concatenation is one such copy per
 * input. Both have the same scale, as TFLite demands of an int8 CONCATENATION.
 */
#ifndef FV_COPY_CHANNELS_S8_H
#define FV_COPY_CHANNELS_S8_H

#include <stdint.h>

struct fv_copy_channels_s8 {
  uint16_t width, channels;           /* of the input */
  uint16_t out_channels, out_channel; /* channels of the output's pixels, and the first one written */
};

/* rows[i], out[i]: rows first_row + i of each image. */
void fv_copy_channels_s8(const struct fv_copy_channels_s8 *copy, const int8_t *const rows[], int8_t *const out[],
                         int32_t n_rows);

#endif
