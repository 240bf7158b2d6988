/* Reset: stack, data, bss, FPU; then main. The vector table holds the handlers that Fovea and FreeRTOS use. */
#include <stdint.h>
#include <string.h>
#include "fv_config.h"
#include "fv_cortex_m.h"
#include "fv_fault.h"
#include "fv_irq.h"
#include "fv_port.h"

/* A list that the linker script makes: initial values of variables, and weights that are read from RAM. */
extern const struct fv_copy {
  const void *from;
  void *to;
  uint32_t bytes;
} fv_copies_start[], fv_copies_end[];
extern uint32_t fv_bss_start[], fv_bss_end[];

int main(void);
void Reset_Handler(void);
void SVC_Handler(void);
void PendSV_Handler(void);
void SysTick_Handler(void);

typedef void handler(void);

/* The harness, the kernel or the port has its own where it uses them. */
__attribute__((weak)) void fv_port_memories(void) {}
__attribute__((weak)) void SVC_Handler(void) { fv_fault(); }
__attribute__((weak)) void PendSV_Handler(void) { fv_fault(); }
__attribute__((weak)) void SysTick_Handler(void) { fv_fault(); }

__attribute__((section(".fv_vectors"), used)) static const struct {
  uint32_t *stack;
  handler *core[15];
  handler *irq[FV_IRQS];
} vectors = {
    .stack = fv_stack_end,
    .core = {[0] = Reset_Handler,
             [1] = fv_fault, /* NMI */
             [2] = fv_fault, /* hard fault */
             [3] = fv_fault, /* memory management */
             [4] = fv_fault, /* bus */
             [5] = fv_fault, /* usage */
             [6] = fv_fault, /* secure, Armv8-M */
             [10] = SVC_Handler,
             [13] = PendSV_Handler,
             [14] = SysTick_Handler},
    .irq = {FV_IRQ_HANDLERS},
};

/* A debugger or a boot loader may leave interrupts on that nobody here waits for, or all of them locked out. */
static void silence(void) {
  FV_SYST_CSR = 0;
  for (uint32_t i = 0; i < (FV_IRQS + 31) / 32; i++) {
    FV_NVIC_ICER(i) = 0xffffffffu;
    FV_NVIC_ICPR(i) = 0xffffffffu;
  }
  FV_SCB_ICSR = FV_ICSR_PENDSVCLR | FV_ICSR_PENDSTCLR;
  fv_barrier();
  __asm volatile("cpsie i" ::: "memory");
}

/* Code and constants lie where the loader put them; copies travel from where they are stored, once every memory is
 * there. */
__attribute__((noinline, noreturn)) static void start(void) {
  silence();
  FV_SCB_CPACR |= 0xfu << 20; /* FPU and MVE on */
  FV_SCB_VTOR = (uint32_t)(uintptr_t)&vectors;
  FV_SCB_SHCSR |= 7u << 16; /* memory, bus and usage faults report as themselves */
  fv_barrier();
  fv_port_memories();
  for (const struct fv_copy *copy = fv_copies_start; copy < fv_copies_end; copy++) {
    memcpy(copy->to, copy->from, copy->bytes);
  }
  memset(fv_bss_start, 0, (size_t)((char *)fv_bss_end - (char *)fv_bss_start));
  main();
  for (;;) {
  }
}

/* Out of reset the core has the stack of the vector table; whoever starts firmware that was loaded into RAM may set the
 * program counter alone. */
void Reset_Handler(void) {
  fv_use_main_stack(fv_stack_end);
  start();
}
