#ifndef FV_UART_H
#define FV_UART_H

#include <stdint.h>

/* Sends what fv_port_send_polled is given, at the port's baud rate; no interrupts yet. Where there are clocks to set. */
void fv_uart_start(uint32_t kernel_hertz);

/* Starts the UART and its interrupts. */
void fv_uart_init(void);

#endif
