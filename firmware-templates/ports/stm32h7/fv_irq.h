/* Interrupts of the STM32H7: the vector table's position in RM0433, table 149, and its siblings. */
#ifndef FV_IRQ_H
#define FV_IRQ_H

#include "fv_board.h"

#if FV_UART == 1
#define FV_UART_BASE 0x40011000u
#define FV_UART_IRQ 37
#elif FV_UART == 3
#define FV_UART_BASE 0x40004800u
#define FV_UART_IRQ 39
#else
#error "fv_uart.c knows USART1 and USART3: add yours here and in fv_uart_init"
#endif
#define FV_IRQS 150

void fv_uart_handler(void);

#define FV_IRQ_HANDLERS [FV_UART_IRQ] = fv_uart_handler

#endif
