/* The independent watchdog (IWDG1), which has an oscillator of its own, and the flags of the last reset. Sources: RM0433
 * chapters 8.7.39 and 49, 60.5.8 and its siblings. */
#include "fv_watchdog.h"
#include <stddef.h>
#include "fv_chip.h"
#include "fv_cortex_m.h"

#define KR FV_REG(0x58004800u)
#define PR FV_REG(0x58004804u)
#define RLR FV_REG(0x58004808u)
#define SR FV_REG(0x5800480cu)

enum { START = 0xcccc, UNLOCK = 0x5555, KICK = 0xaaaa };
enum { BY_64 = 4, HERTZ = 32000 / 64, LONGEST = 4096, ATTEMPTS = 1000000 };
_Static_assert(FV_WATCHDOG_SECONDS * HERTZ <= LONGEST, "the counter has 12 bits");

static uint32_t flags; /* of the last reset */

void fv_watchdog_start(void) {
  flags = FV_RCC_RSR;
  FV_RCC_RSR |= FV_RCC_RMVF;
  FV_DBGMCU_APB4FZ1 |= FV_DBGMCU_IWDG1;
  KR = START;
  KR = UNLOCK;
  PR = BY_64;
  RLR = FV_WATCHDOG_SECONDS * HERTZ - 1;
  for (int i = 0; SR != 0 && i < ATTEMPTS; i++) { /* six cycles of the watchdog's oscillator */
  }
  KR = KICK;
}

void fv_watchdog_kick(void) { KR = KICK; }

/* A cause sets its own flag and those of all that are less: the greatest comes first. */
const char *fv_watchdog_reset_reason(void) {
  static const struct {
    uint32_t flag;
    const char *words;
  } reasons[] = {
      {FV_RCC_PORRSTF, "RESET power-on"},
      {FV_RCC_BORRSTF, "RESET brown-out: the supply fell too low: look at cable, hub and what else it feeds"},
      {FV_RCC_IWDG1RSTF, "RESET watchdog: link or inference hung, or the firmware faulted: the log before it says which"},
      {FV_RCC_WWDG1RSTF, "RESET window watchdog, which Fovea does not use"},
      {FV_RCC_SFTRSTF, "RESET by software or a debugger"},
      {FV_RCC_LPWRRSTF, "RESET low power: standby or stop was entered against the option bytes"},
      {FV_RCC_PINRSTF, "RESET pin: the button, or a debugger"},
  };
  for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++) {
    if (flags & reasons[i].flag) {
      return reasons[i].words;
    }
  }
  return "RESET without a cause that the chip tells";
}

const char *fv_watchdog_debugger(void) {
  return FV_DHCSR & FV_DHCSR_DEBUGEN
             ? "DEBUGGER attached: while it holds the core the board is silent and the watchdog stands still"
             : NULL;
}
