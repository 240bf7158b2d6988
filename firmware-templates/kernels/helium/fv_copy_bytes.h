/* Runs of bytes by loops whose last round is predicated (MVE). */
#ifndef FV_COPY_BYTES_H
#define FV_COPY_BYTES_H

#include <stdint.h>

/* Copies n bytes. They do not overlap. */
void fv_copy_bytes(int8_t *to, const int8_t *from, int32_t n);

/* Writes n bytes of one value. */
void fv_fill_bytes(int8_t *to, int32_t value, int32_t n);

/* Windows of n pixels that lie in the image. */
struct fv_gather {
  int8_t *to;                 /* [n][window_bytes]: the rows of a window one behind the other */
  const int8_t *const *rows;  /* [height] */
  int32_t at, step;           /* bytes of a row before the first window, and between two */
  int32_t n, height;          /* 1 or more */
  int32_t row_bytes, window_bytes;
};

void fv_gather_windows(const struct fv_gather *gather);

#endif
