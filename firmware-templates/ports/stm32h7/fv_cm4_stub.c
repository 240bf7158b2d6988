/* The Cortex-M4 of an STM32H747 boots beside the Cortex-M7 (option byte BCM4) from bank 2, from whatever lies there.
 * This lies there: it sleeps. RM0399, 4.3.1. */
#include <stdint.h>

#define BANK_2 0x08100000u
#define D2_SRAM 0x30000000u

__attribute__((section(".fv_cm4_stub"), used)) static const struct {
  uint32_t stack, reset;
  uint16_t code[4];
} stub = {.stack = D2_SRAM + 1024,
          .reset = BANK_2 + 8 + 1, /* Thumb */
          .code = {0xb672 /* cpsid i */, 0xbf30 /* wfi */, 0xe7fd /* b to wfi */}};
