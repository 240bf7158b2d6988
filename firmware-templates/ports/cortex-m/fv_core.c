/* Interrupt lock and sleep of any Cortex-M. */
#include "fv_port.h"

uint32_t fv_port_lock(void) {
  uint32_t state;
  __asm volatile("mrs %0, primask\n\tcpsid i" : "=r"(state)::"memory");
  return state;
}

void fv_port_unlock(uint32_t state) { __asm volatile("msr primask, %0" ::"r"(state) : "memory"); }

/* A pending interrupt wakes the core even while it is locked out. */
void fv_port_sleep(void) { __asm volatile("dsb\n\twfi" ::: "memory"); }
