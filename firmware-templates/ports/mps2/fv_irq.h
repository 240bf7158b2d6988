/* Interrupts of Arm's MPS2 board with FPGA image AN500 (Cortex-M7), as QEMU's mps2-an500 has them. */
#ifndef FV_IRQ_H
#define FV_IRQ_H

#define FV_UART_BASE 0x40004000u
#define FV_UART_RX_IRQ 0
#define FV_UART_TX_IRQ 1
#define FV_IRQS 32

void fv_uart_receive_handler(void);
void fv_uart_transmit_handler(void);

#define FV_IRQ_HANDLERS [FV_UART_RX_IRQ] = fv_uart_receive_handler, [FV_UART_TX_IRQ] = fv_uart_transmit_handler

#endif
