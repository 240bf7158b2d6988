/* Level-1 caches of a Cortex-M7 or Cortex-M55. Source: Armv7-M Architecture Reference Manual B2.2.7 and B4.8. After
 * reset their contents are unknown: invalidated first. One that
 * a boot loader left on may hold what memory does not have yet. */
#include "fv_cache.h"
#include "fv_cortex_m.h"
#include "fv_port.h"

#define CCR FV_REG(0xe000ed14u)
#define CCSIDR FV_REG(0xe000ed80u)
#define CSSELR FV_REG(0xe000ed84u)
#define ICIALLU FV_REG(0xe000ef50u)
#define DCISW FV_REG(0xe000ef60u)
#define DCCISW FV_REG(0xe000ef74u)
#define DATA_ON (1u << 16)
#define INSTRUCTIONS_ON (1u << 17)

/* Does what a register does to a line named by set and way, to every line. */
static void all_lines(volatile uint32_t *operation) {
  CSSELR = 0; /* level 1, data */
  fv_barrier();
  const uint32_t size = CCSIDR;
  const uint32_t sets = (size >> 13 & 0x7fffu) + 1, ways = (size >> 3 & 0x3ffu) + 1;
  const uint32_t line = (size & 7u) + 4; /* log2 of bytes */
  for (uint32_t set = 0; set < sets; set++) {
    for (uint32_t way = 0; way < ways; way++) {
      *operation = way << 30 | set << line; /* four ways: two bits at the top */
    }
  }
}

void fv_caches_on(void) {
  ICIALLU = 0;
  if (!(CCR & DATA_ON)) {
    all_lines(&DCISW);
  }
  fv_barrier();
  CCR |= DATA_ON | INSTRUCTIONS_ON;
  fv_barrier();
}

/* Cleaned and invalidated; without a data cache this does nothing. */
void fv_port_settle(void) {
  fv_barrier();
  all_lines(&DCCISW);
  fv_barrier();
}
