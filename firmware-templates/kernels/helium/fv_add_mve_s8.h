/* fv_add_s8.h for MVE, four bytes at once; shifts are -31 .. 0. */
#ifndef FV_ADD_MVE_S8_H
#define FV_ADD_MVE_S8_H

#include "fv_add_s8.h"

void fv_add_mve_s8(const struct fv_add_s8 *add, const int8_t *const first[], const int8_t *const second[],
                   int8_t *const out[], int32_t n_rows);

#endif
