/* What a second core (a Cortex-M4) starts from: it sleeps for ever, reads nothing of the flash that it lies in, and writes
 * no memory: its stack is at an address where there is none. Source: Armv7-M Architecture Reference Manual B1.5.2
 * (vectors), B1.5.19 (WFI). */
  .syntax unified
  .cpu cortex-m4
  .thumb

  .section .fv_second_core, "a", %progbits
  .align 6
vectors:
  .word 0x00000000 /* stack */
  .word idle + 1   /* reset */
  .word idle + 1   /* NMI */
  .word idle + 1   /* hard fault */

  .type idle, %function
idle:
  cpsid i
sleep:
  wfi
  b sleep
  .size idle, . - idle
  .balign 64
