/* The independent watchdog, which has an oscillator of its own (LSI), and the flags of the last reset. Sources: RM0433
 * chapters 8.7.39, 49 and 60.5.8, and their siblings in RM0399, RM0468, RM0455; RM0477 and RM0486, independent watchdog,
 * reset and clock control (RCC_RSR), debug support. */
#include "fv_watchdog.h"
#include <stddef.h>
#include "fv_chip.h"
#include "fv_stm32.h"

#define KR FV_REG(FV_IWDG_BASE + 0x0u)
#define PR FV_REG(FV_IWDG_BASE + 0x4u)
#define RLR FV_REG(FV_IWDG_BASE + 0x8u)
#define SR FV_REG(FV_IWDG_BASE + 0xcu)
#define UPDATES 0xfu /* SR: registers on their way; newer chips also have there that it runs, for ever 1 */

enum { START = 0xcccc, UNLOCK = 0x5555, KICK = 0xaaaa };
enum { BY_64 = 4, HERTZ = 32000 / 64, LONGEST = 4096 };
_Static_assert(FV_WATCHDOG_SECONDS * HERTZ <= LONGEST, "the counter has 12 bits");

static uint32_t flags; /* of the last reset */

void fv_watchdog_start(void) {
  flags = FV_RCC_RSR;
  FV_RCC_RSR |= FV_RCC_RMVF;
  FV_DBGMCU_APB4FZ |= FV_DBGMCU_IWDG;
  FV_RCC_LSI = FV_RCC_LSION;
  (void)fv_wait_for(&FV_RCC_LSI_STATUS, FV_RCC_LSIRDY, FV_RCC_LSIRDY);
  KR = START;
  KR = UNLOCK;
  PR = BY_64;
  RLR = FV_WATCHDOG_SECONDS * HERTZ - 1;
  (void)fv_wait_for(&SR, UPDATES, 0); /* six cycles of the watchdog's oscillator */
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
      {FV_RCC_IWDGRSTF, "RESET watchdog: link or inference hung, or the firmware faulted: the log before it says which"},
      {FV_RCC_WWDGRSTF, "RESET window watchdog, which Fovea does not use"},
      {FV_RCC_OWN_RSTF, FV_RCC_OWN_REASON},
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
