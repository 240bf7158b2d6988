/* The data cache beside somebody else who reads and writes memory. Addresses and bytes are widened to whole lines of 32
 * bytes. */
#ifndef FV_CACHE_RANGE_H
#define FV_CACHE_RANGE_H

#include <stdint.h>

/* What the core has written is in memory: before the other one reads it. */
void fv_cache_clean(uintptr_t address, uint32_t bytes);

/* What the core reads next comes from memory: after the other one has written it. Lines that the core has written and
 * not cleaned are lost. */
void fv_cache_drop(uintptr_t address, uint32_t bytes);

/* Both. */
void fv_cache_clean_and_drop(uintptr_t address, uint32_t bytes);

#endif
