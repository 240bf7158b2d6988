/* Maintenance by address. Source: Armv8-M Architecture Reference Manual B13.5 and D1.2 (DCCMVAC, DCIMVAC, DCCIMVAC). */
#include "fv_cache_range.h"
#include "fv_cortex_m.h"

#define CCR FV_REG(0xe000ed14u)
#define DCIMVAC FV_REG(0xe000ef5cu)
#define DCCMVAC FV_REG(0xe000ef68u)
#define DCCIMVAC FV_REG(0xe000ef70u)
#define DATA_ON (1u << 16)

enum { LINE = 32 };

static void each_line(volatile uint32_t *operation, uintptr_t address, uint32_t bytes) {
  if (bytes == 0 || !(CCR & DATA_ON)) {
    return;
  }
  fv_barrier();
  for (uintptr_t line = address & ~(uintptr_t)(LINE - 1); line < address + bytes; line += LINE) {
    *operation = (uint32_t)line;
  }
  fv_barrier();
}

void fv_cache_clean(uintptr_t address, uint32_t bytes) { each_line(&DCCMVAC, address, bytes); }
void fv_cache_drop(uintptr_t address, uint32_t bytes) { each_line(&DCIMVAC, address, bytes); }
void fv_cache_clean_and_drop(uintptr_t address, uint32_t bytes) { each_line(&DCCIMVAC, address, bytes); }
