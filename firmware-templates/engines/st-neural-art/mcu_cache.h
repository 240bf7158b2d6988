/* The core's data cache, as ST's NPU runtime calls it; addresses from start up to, not including, end. */
#ifndef MCU_CACHE_H
#define MCU_CACHE_H

#include "fv_cache_range.h"

static inline int mcu_cache_clean_range(uint32_t start, uint32_t end) {
  fv_cache_clean(start, end - start);
  return 0;
}

static inline int mcu_cache_invalidate_range(uint32_t start, uint32_t end) {
  fv_cache_drop(start, end - start);
  return 0;
}

static inline int mcu_cache_clean_invalidate_range(uint32_t start, uint32_t end) {
  fv_cache_clean_and_drop(start, end - start);
  return 0;
}

#endif
