/* Interrupts and the UART of the STM32N6: the vector table's position in RM0486, nested vectored interrupt
 * controller. */
#ifndef FV_IRQ_H
#define FV_IRQ_H

#include "fv_board.h"
#include "fv_chip.h"

#if FV_UART == 1
#define FV_UART_BASE 0x52001000u
#define FV_UART_IRQ 159
#define FV_RCC_UARTENR FV_RCC_APB2ENR
#define FV_RCC_UARTEN (1u << 4)
#else
#error "add your UART here"
#endif
#define FV_IRQS 195

void fv_uart_handler(void);
__attribute__((weak)) void fv_npu_handler(void); /* absent where Fovea's own kernels compute */

#define FV_IRQ_HANDLERS [FV_NPU_IRQ] = fv_npu_handler, [FV_UART_IRQ] = fv_uart_handler

#endif
