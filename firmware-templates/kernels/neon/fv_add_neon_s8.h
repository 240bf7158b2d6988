/* fv_add_s8.h for NEON, ARMv7-A and AArch64: eight at a time, whatever the shifts. */
#ifndef FV_ADD_NEON_S8_H
#define FV_ADD_NEON_S8_H

#include "fv_add_s8.h"

void fv_add_neon_s8(const struct fv_add_s8 *add, const int8_t *const first[], const int8_t *const second[],
                    int8_t *const out[], int32_t n_rows);

#endif
