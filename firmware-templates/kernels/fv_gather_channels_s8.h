/* Picks channels of every pixel, in any order: a part of a SPLIT, or a channel shuffle. The values stay.
 */
#ifndef FV_GATHER_CHANNELS_S8_H
#define FV_GATHER_CHANNELS_S8_H

#include <stdint.h>

struct fv_gather_channels_s8 {
  const uint16_t *channel; /* [out_channels], of the input's pixels */
  uint16_t width, in_channels, out_channels;
};

/* rows[i], out[i]: rows first_row + i of each image. */
void fv_gather_channels_s8(const struct fv_gather_channels_s8 *gather, const int8_t *const rows[], int8_t *const out[],
                           int32_t n_rows);

#endif
