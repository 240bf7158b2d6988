/* QEMU's mps2-an500: Cortex-M7. Run with -icount shift=4, one instruction is 16 ns of virtual time and the 25 MHz
 * timer counts instructions: 5 for every 2 ticks. */
#include "fv_port.h"
#include "fv_cortex_m.h"
#include "fv_mpu.h"
#include "fv_uart.h"

#define TIMER_CTRL FV_REG(0x40000000u)
#define TIMER_VALUE FV_REG(0x40000004u)
#define TIMER_RELOAD FV_REG(0x40000008u)

static uint64_t elapsed;           /* timer ticks */
static uint32_t last = UINT32_MAX; /* the timer counts down */

void fv_port_init(void) {
  FV_SCB_SHPR3 |= 0xffu << 16; /* PendSV: lowest */
  fv_mpu_init();
  TIMER_RELOAD = UINT32_MAX;
  TIMER_VALUE = UINT32_MAX;
  TIMER_CTRL = 1;
  fv_uart_init();
}

/* The timer wraps after 171 s of virtual time, 10.7 G instructions: the supervisor asks more often. */
uint64_t fv_port_ticks(void) {
  const uint32_t state = fv_port_lock();
  const uint32_t now = TIMER_VALUE;
  elapsed += last - now;
  last = now;
  const uint64_t ticks = elapsed;
  fv_port_unlock(state);
  return ticks * 5 / 2;
}
