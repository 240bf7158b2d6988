#ifndef FV_UART_H
#define FV_UART_H

/* Starts the UART and its interrupts. */
void fv_uart_init(void);

#endif
