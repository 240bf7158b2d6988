/* The Neural-ART NPU of the STM32N6, as far as it is a peripheral: clock, reset, rights, its cache, its interrupt. What
 * it computes is its runtime's. */
#ifndef FV_NPU_H
#define FV_NPU_H

#include <stdint.h>

/* On, as after reset, with the rights of the core, and its cache empty. 0, or what is wrong. Again after a failure. */
const char *fv_npu_on(void);

/* Interrupt lines 0 to 3; all are off after fv_npu_on. One that is off waits. */
void fv_npu_interrupt(uint32_t line, int on);

/* Sleeps until an interrupt, or at once when one came since the last time. */
void fv_npu_wait(void);

/* All that was written is in memory before anything that follows. */
void fv_npu_barrier(void);

/* The cache between the NPU and external memory (CACHEAXI), by whole lines of 64 bytes. What the NPU has written there
 * is in memory; or is in memory and no more in the cache. */
void fv_npu_cache_clean(uint32_t address, uint32_t bytes);
void fv_npu_cache_clean_and_drop(uint32_t address, uint32_t bytes);
void fv_npu_cache_drop_all(void);

#endif
