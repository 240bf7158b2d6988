/* Nearest-neighbour resize. Which source row and column each output row and column takes is computed by the
 * generator with TFLite's float arithmetic (reference/resize_nearest_neighbor.h), so the device does none.
 */
#ifndef FV_RESIZE_NEAREST_S8_H
#define FV_RESIZE_NEAREST_S8_H

#include <stdint.h>

struct fv_resize_nearest_s8 {
  const uint16_t *source_row;    /* [output height] */
  const uint16_t *source_column; /* [out_width] */
  uint16_t out_width, channels;
};

/* rows[i]: input row i of the whole image. out[i]: output row first_row + i. */
void fv_resize_nearest_s8(const struct fv_resize_nearest_s8 *resize, const int8_t *const rows[], int8_t *const out[],
                          int32_t first_row, int32_t n_rows);

#endif
