#include "machine.h"

#include <stddef.h>
#include <string.h>

#ifndef MACHINE_TIMER
#define MACHINE_TIMER 0x40000000
#endif
#define TIMER0 ((volatile uint32_t *)MACHINE_TIMER) /* CMSDK timer: control, value, reload */
#define CPACR (*(volatile uint32_t *)0xE000ED88)

extern uint32_t machine_data, machine_data_end, machine_data_load, machine_bss, machine_bss_end, machine_stack;

static int semihosting(int operation, const void *argument) {
  register int r0 __asm("r0") = operation;
  register const void *r1 __asm("r1") = argument;
  __asm volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
  return r0;
}

void machine_print(const char *text) { semihosting(4, text); }

void machine_print_number(uint32_t number) {
  char digits[12];
  char *at = digits + sizeof digits - 1;
  *at = 0;
  do {
    *--at = (char)('0' + number % 10);
    number /= 10;
  } while (number > 0);
  machine_print(at);
}

void machine_exit(int status) {
  semihosting(0x18, (const void *)(uintptr_t)(status == 0 ? 0x20026 : 0x20023));
  for (;;) {
  }
}

uint32_t machine_instructions(void) { return (uint32_t)((uint64_t)(UINT32_MAX - TIMER0[1]) * 5 / 2); }

static void fault(void) {
  machine_print("fault\n");
  machine_exit(1);
}

static void reset(void) {
  CPACR |= 0xFu << 20;
  __asm volatile("dsb\nisb");
  memcpy(&machine_data, &machine_data_load, (size_t)((char *)&machine_data_end - (char *)&machine_data));
  memset(&machine_bss, 0, (size_t)((char *)&machine_bss_end - (char *)&machine_bss));
  TIMER0[1] = TIMER0[2] = UINT32_MAX;
  TIMER0[0] = 1;
  machine_exit(test_main());
}

__attribute__((section(".vectors"), used)) static const void *const vectors[16] = {
    &machine_stack, (const void *)reset, (const void *)fault, (const void *)fault,
    (const void *)fault, (const void *)fault, (const void *)fault};
