/* Interrupts of Arm's MPS3 board with FPGA image AN547 (Cortex-M55, SSE-300), as QEMU's mps3-an547 has them. */
#ifndef FV_IRQ_H
#define FV_IRQ_H

#define FV_UART_BASE 0x59303000u
#define FV_UART_RX_IRQ 33
#define FV_UART_TX_IRQ 34
#define FV_IRQS 48

void fv_uart_receive_handler(void);
void fv_uart_transmit_handler(void);

#define FV_IRQ_HANDLERS [FV_UART_RX_IRQ] = fv_uart_receive_handler, [FV_UART_TX_IRQ] = fv_uart_transmit_handler

#endif
