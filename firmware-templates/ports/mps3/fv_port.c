/* QEMU's mps3-an547: Cortex-M55, Secure state only. Run with -icount shift=4, one instruction is 16 ns of virtual
 * time and the 32 MHz system counter (31.25 ns) counts instructions: 125 for every 64 ticks. */
#include "fv_port.h"
#include "fv_cortex_m.h"
#include "fv_mpu.h"
#include "fv_uart.h"

#define COUNTER_CONTROL FV_REG(0x58100000u) /* CNTCR */
#define COUNTER_LOW FV_REG(0x58000000u)     /* CNTPCT of timer 0 */
#define COUNTER_HIGH FV_REG(0x58000004u)

void fv_port_init(void) {
  FV_SCB_SHPR3 |= 0xffu << 16; /* PendSV: lowest */
  fv_mpu_init();
  COUNTER_CONTROL = 1;
  fv_uart_init();
}

uint64_t fv_port_ticks(void) {
  uint32_t high, low;
  do {
    high = COUNTER_HIGH;
    low = COUNTER_LOW;
  } while (high != COUNTER_HIGH);
  return (((uint64_t)high << 32) | low) * 125 / 64;
}
