/* Depthwise windows of 3 x 3, eight channels of pixels side by side. */
#ifndef FV_DEPTHWISE_3X3_H
#define FV_DEPTHWISE_3X3_H

#include <stdint.h>

/* Even and odd channels of eight: what VMOVLB and VMOVLT make of eight int16. */
struct fv_halves {
  int32_t even[4], odd[4];
};

struct fv_eight_channels {
  struct fv_halves bias, multiplier, shift; /* shift: -22 .. -1 */
};

struct fv_depthwise_3x3 {
  const int8_t *rows[3];  /* of the first pixel's window, from its first tap on */
  const int8_t *weights;  /* [3][3][8], none is -128 */
  int8_t *out;            /* pixels are `channels` apart */
  int32_t n, channels;    /* pixels; bytes between two taps */
  int32_t step;           /* bytes between two windows */
  int32_t offset;         /* added to what is scaled: zero point, and 128 for a table */
  int32_t low, high;      /* the least and the most of that: -128 and 127, 0 and 255 for a table */
  const int8_t *table;    /* indexed from 0; NULL: none */
  const struct fv_eight_channels *scale;
};

void fv_depthwise_3x3(const struct fv_depthwise_3x3 *pixels);

#endif
