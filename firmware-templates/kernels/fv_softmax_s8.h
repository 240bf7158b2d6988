/* Softmax over the channels of each pixel: y[c] = 256 * exp(x[c] - largest) / (sum over all c) - 128, in fixed point.
 * The exponentials come from the generator; the reciprocal of the sum is three steps of Newton's, as in gemmlowp.
 * Source: TFLite reference/softmax.h for int8.
 */
#ifndef FV_SOFTMAX_S8_H
#define FV_SOFTMAX_S8_H

#include <stdint.h>

struct fv_softmax_s8 {
  const int32_t *exp;       /* [256], Q31, exp of minus the index in units of the input; 0 where it does not count */
  uint16_t width, channels; /* channels <= 256 */
};

/* rows[i], out[i]: rows first_row + i of each image. */
void fv_softmax_s8(const struct fv_softmax_s8 *softmax, const int8_t *const rows[], int8_t *const out[],
                   int32_t n_rows);

#endif
