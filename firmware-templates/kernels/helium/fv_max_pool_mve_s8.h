/* fv_max_pool_s8.h for MVE, sixteen channels at once. */
#ifndef FV_MAX_POOL_MVE_S8_H
#define FV_MAX_POOL_MVE_S8_H

#include "fv_max_pool_s8.h"

void fv_max_pool_mve_s8(const struct fv_max_pool_s8 *pool, const int8_t *const rows[], int8_t *const out[],
                        int32_t n_rows);

#endif
