/* Bilinear resize: y = round((sum over two rows and two columns of x * row weight * column weight) / 2^20), halves away
 * from zero. Which rows and columns, and their weights of 10 bits, come from the generator.
 * Source: TFLite reference/resize_bilinear.h, ResizeBilinearInteger.
 */
#ifndef FV_RESIZE_BILINEAR_S8_H
#define FV_RESIZE_BILINEAR_S8_H

#include <stdint.h>

struct fv_resize_bilinear_s8 {
  const uint16_t *row;           /* [output height], the upper input row */
  const uint16_t *row_weight;    /* [output height], of the row below in 1024ths; 0: there may be none below */
  const uint16_t *column;        /* [out_width], the left input column */
  const uint16_t *column_weight; /* [out_width], of the column to the right */
  uint16_t out_width, channels;
};

/* rows[i]: input row i of the whole image. out[i]: output row first_row + i. */
void fv_resize_bilinear_s8(const struct fv_resize_bilinear_s8 *resize, const int8_t *const rows[], int8_t *const out[],
                           int32_t first_row, int32_t n_rows);

#endif
