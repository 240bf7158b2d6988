/* What the STM32 families have in common. Each family's folder has its registers (fv_chip.h), fv_clock.c and
 * fv_memories.c; peripherals of one design are driven from here, at the addresses that fv_chip.h gives. */
#ifndef FV_STM32_H
#define FV_STM32_H

#include "fv_cortex_m.h"

/* A pin and its alternate function, as a data sheet names them. */
struct fv_pin {
  char port;
  uint8_t number, function;
};

/* In fv_gpio.c: gives a pin to its peripheral; speed 0 (low) to 3 (very high), pull 0 none, 1 up. */
void fv_gpio_alternate(struct fv_pin pin, uint32_t speed, uint32_t pull);

/* In fv_clock.c: supply, voltage, PLL, bus clocks. 0, or why the board must not go on; the core then still runs from
 * its internal 64 MHz oscillator, and so does the UART. */
const char *fv_clock_init(void);

/* In fv_memories.c: clocks every RAM of the chip that something lies in. 0, or what is wrong. */
const char *fv_memories_init(void);

/* In fv_memories.c: powers and clocks the controller that fv_octospi.c drives. Returns the divider from its clock to
 * the flash chip's. */
uint32_t fv_octospi_on(void);

/* In fv_uart.c: from here on fv_port_send_polled sends, at the board's baud rate; no interrupts yet. */
void fv_uart_start(uint32_t kernel_hertz);

/* In fv_quadspi.c or fv_octospi.c, where something lies in the board's external flash: maps it for reading. 0, or what
 * is wrong. */
const char *fv_external_flash_init(void);

/* Whether the bits of a register take a value before 1,000,000 reads: about 100 ms at 64 MHz, ten times what any ready
 * bit may take. */
static inline int fv_wait_for(volatile const uint32_t *reg, uint32_t mask, uint32_t value) {
  for (int i = 0; i < 1000000; i++) {
    if ((*reg & mask) == value) {
      return 1;
    }
  }
  return 0;
}

#endif
