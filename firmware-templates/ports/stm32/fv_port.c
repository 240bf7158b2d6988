/* Any STM32: clocks and memories, then counter and UART. */
#include "fv_port.h"
#include "fv_board.h"
#include "fv_cache.h"
#include "fv_chip.h"
#include "fv_fault.h"
#include "fv_mpu.h"
#include "fv_stm32.h"
#include "fv_uart.h"

/* The core's cycle counter. Source: Armv7-M Architecture Reference Manual C1.8; the lock is CoreSight's, and absent on
 * Armv8-M. */
#define DEMCR FV_REG(0xe000edfcu)
#define DWT_CTRL FV_REG(0xe0001000u)
#define DWT_CYCCNT FV_REG(0xe0001004u)
#define DWT_LAR FV_REG(0xe0001fb0u)
#define TRCENA (1u << 24)
#define CYCCNTENA 1u
#define UNLOCK 0xc5acce55u

enum { INTERNAL_HERTZ = 64000000 };

static uint64_t elapsed;
static uint32_t last;

static void refuse_if(const char *wrong, uint32_t uart_kernel_hertz) {
  if (wrong) {
    fv_uart_start(uart_kernel_hertz);
    fv_refuse(wrong);
  }
}

void fv_port_memories(void) {
  refuse_if(fv_clock_init(), INTERNAL_HERTZ);
  refuse_if(fv_memories_init(), FV_UART_KERNEL_HERTZ);
#if FV_EXTERNAL_FLASH
  refuse_if(fv_external_flash_init(), FV_UART_KERNEL_HERTZ);
#endif
  if ((FV_MPU_TYPE >> 8 & 0xffu) < fv_mpu_region_count) {
    refuse_if("the core protects fewer memory regions than the firmware has", FV_UART_KERNEL_HERTZ);
  }
  fv_mpu_init();
  fv_caches_on();
}

void fv_port_init(void) {
  FV_SCB_SHPR3 |= 0xffu << 16; /* PendSV: lowest */
  FV_DBGMCU_CR |= FV_DBGMCU_SLEEP;
  DEMCR |= TRCENA;
  DWT_LAR = UNLOCK;
  DWT_CYCCNT = 0;
  DWT_CTRL |= CYCCNTENA;
  fv_uart_init();
}

/* The counter wraps after 10.7 s at 400 MHz, 7.1 s at 600 MHz: the supervisor asks more often. */
uint64_t fv_port_ticks(void) {
  const uint32_t state = fv_port_lock();
  const uint32_t now = DWT_CYCCNT;
  elapsed += now - last;
  last = now;
  const uint64_t ticks = elapsed;
  fv_port_unlock(state);
  return ticks;
}
