/* Reset and vectors, as ST's startup_stm32....s and stm32..._it.c have them. */
#include "main.h"

extern uint32_t _sidata[], _sdata[], _edata[], _sbss[], _ebss[], _estack[];
extern UART_HandleTypeDef huart1;

int main(void);
void Reset_Handler(void);
void Default_Handler(void);
void UART_IRQHandler(void);
void SVC_Handler(void) __attribute__((weak, alias("Default_Handler")));
void PendSV_Handler(void) __attribute__((weak, alias("Default_Handler")));
void SysTick_Handler(void);

void Default_Handler(void) {
  for (;;) {
  }
}

__attribute__((weak)) void SysTick_Handler(void) {} /* HAL_IncTick */

void UART_IRQHandler(void) { HAL_UART_IRQHandler(&huart1); }

typedef void handler(void);

__attribute__((section(".isr_vector"), used)) static const struct {
  uint32_t *stack;
  handler *core[15];
  handler *irq[48];
} vectors = {
    .stack = _estack,
    .core = {Reset_Handler, Default_Handler, Default_Handler, Default_Handler, Default_Handler, Default_Handler,
             [10] = SVC_Handler, [13] = PendSV_Handler, [14] = SysTick_Handler},
    .irq = {UART_IRQHandler, UART_IRQHandler, [33] = UART_IRQHandler, UART_IRQHandler},
};

void Reset_Handler(void) {
  *(volatile uint32_t *)0xe000ed88u |= 0xfu << 20; /* FPU */
  __asm volatile("dsb\n\tisb");
  const volatile uint32_t *from = _sidata;
  for (volatile uint32_t *to = _sdata; to < _edata; to++) {
    *to = *from++;
  }
  for (volatile uint32_t *to = _sbss; to < _ebss; to++) {
    *to = 0;
  }
  main();
  Default_Handler();
}
