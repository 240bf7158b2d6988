/* Interrupts and the UART of the STM32H7R and STM32H7S: the vector table's position in RM0477, nested vectored
 * interrupt controller. */
#ifndef FV_IRQ_H
#define FV_IRQ_H

#include "fv_board.h"
#include "fv_chip.h"

#if FV_UART == 4
#define FV_UART_BASE 0x40004c00u
#define FV_UART_IRQ 85
#define FV_RCC_UARTENR FV_RCC_APB1ENR1
#define FV_RCC_UARTEN (1u << 19)
#else
#error "add your UART here"
#endif
#define FV_IRQS 156

void fv_uart_handler(void);

#define FV_IRQ_HANDLERS [FV_UART_IRQ] = fv_uart_handler

#endif
