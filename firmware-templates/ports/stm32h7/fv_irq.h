/* Interrupts and UARTs of the STM32H7: the vector table's position in RM0433, table 149, and its siblings. */
#ifndef FV_IRQ_H
#define FV_IRQ_H

#include "fv_board.h"
#include "fv_chip.h"

#if FV_UART == 1
#define FV_UART_BASE 0x40011000u
#define FV_UART_IRQ 37
#define FV_RCC_UARTENR FV_RCC_APB2ENR
#define FV_RCC_UARTEN (1u << 4)
#elif FV_UART == 3
#define FV_UART_BASE 0x40004800u
#define FV_UART_IRQ 39
#define FV_RCC_UARTENR FV_RCC_APB1LENR
#define FV_RCC_UARTEN (1u << 18)
#else
#error "add your UART here"
#endif
#define FV_IRQS 150

void fv_uart_handler(void);

#define FV_IRQ_HANDLERS [FV_UART_IRQ] = fv_uart_handler

#endif
