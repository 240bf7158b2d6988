/* The NPU's cache of external memory, as ST's NPU runtime calls it; addresses from start up to, not including, end. */
#ifndef NPU_CACHE_H
#define NPU_CACHE_H

#include "fv_npu.h"

static inline void npu_cache_invalidate(void) { fv_npu_cache_drop_all(); }
static inline void npu_cache_clean_range(uint32_t start, uint32_t end) { fv_npu_cache_clean(start, end - start); }
static inline void npu_cache_clean_invalidate_range(uint32_t start, uint32_t end) {
  fv_npu_cache_clean_and_drop(start, end - start);
}

#endif
