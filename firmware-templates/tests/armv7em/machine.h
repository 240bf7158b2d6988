/* A bare Cortex-M in QEMU (mps2-an500): text out and an exit status by semihosting, and a count of instructions. */
#ifndef MACHINE_H
#define MACHINE_H

#include <stdint.h>

void machine_print(const char *text);
void machine_print_number(uint32_t number);
void machine_exit(int status);

/* Instructions since the start, under -icount shift=4: one takes 16 ns, the timer ticks every 40 ns. */
uint32_t machine_instructions(void);

/* Supplied by the test; what it returns is the exit status. */
int test_main(void);

#endif
