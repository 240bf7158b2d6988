/* Runs of bytes by loops whose last round is predicated (MVE). */
#ifndef FV_COPY_BYTES_H
#define FV_COPY_BYTES_H

#include <stdint.h>

/* Copies n bytes. They do not overlap. */
void fv_copy_bytes(int8_t *to, const int8_t *from, int32_t n);

/* Writes n bytes of one value. */
void fv_fill_bytes(int8_t *to, int32_t value, int32_t n);

#endif
