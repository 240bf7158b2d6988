/* Puts real zeros (the zero point) around an image. Source: TFLite reference_ops.h, Pad. */
#ifndef FV_PAD_S8_H
#define FV_PAD_S8_H

#include <stdint.h>

struct fv_pad_s8 {
  uint16_t in_width, channels;
  uint16_t pad_left, pad_right; /* columns */
  int8_t zero_point;
};

/* rows[i]: input row first_row - pad_top + i; NULL above and below the image: a row of padding.
 * out[i]: output row first_row + i, of in_width + pad_left + pad_right pixels. */
void fv_pad_s8(const struct fv_pad_s8 *pad, const int8_t *const rows[], int8_t *const out[], int32_t n_rows);

#endif
