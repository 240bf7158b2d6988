/* UART of Arm's Cortex-M System Design Kit, as QEMU's MPS boards have it. Source: CMSDK Technical Reference Manual,
 * APB UART. It holds one byte each way. */
#include "fv_cortex_m.h"
#include "fv_irq.h"
#include "fv_link.h"
#include "fv_port.h"
#include "fv_uart.h"

#define DATA FV_REG(FV_UART_BASE + 0x00u)
#define STATE FV_REG(FV_UART_BASE + 0x04u)
#define CTRL FV_REG(FV_UART_BASE + 0x08u)
#define INTCLEAR FV_REG(FV_UART_BASE + 0x0cu)
#define BAUDDIV FV_REG(FV_UART_BASE + 0x10u)

enum { TX_FULL = 1, RX_FULL = 2, TX_ON = 1, RX_ON = 2, TX_IRQ = 4, RX_IRQ = 8, TX_CLEAR = 1, RX_CLEAR = 2 };

void fv_uart_init(void) {
  BAUDDIV = 16; /* the fastest: an emulated line has no baud rate */
  CTRL = TX_ON | RX_ON | TX_IRQ | RX_IRQ;
  fv_enable_irq(FV_UART_RX_IRQ, FV_UART_PRIORITY);
  fv_enable_irq(FV_UART_TX_IRQ, FV_UART_PRIORITY);
}

void fv_uart_receive_handler(void) {
  INTCLEAR = RX_CLEAR;
  while (STATE & RX_FULL) {
    fv_link_received((uint8_t)DATA);
  }
}

static void fill(void) {
  while (!(STATE & TX_FULL)) {
    const int byte = fv_link_next_byte();
    if (byte < 0) {
      return;
    }
    DATA = (uint32_t)byte;
  }
}

void fv_uart_transmit_handler(void) {
  INTCLEAR = TX_CLEAR;
  fill();
}

void fv_port_send(void) {
  const uint32_t state = fv_port_lock();
  fill();
  fv_port_unlock(state);
}

void fv_port_send_polled(uint8_t byte) {
  while (STATE & TX_FULL) {
  }
  DATA = byte;
}

/* An emulated line has no rate. */
uint32_t fv_port_baud(uint32_t baud) {
  (void)baud;
  return 0;
}

void fv_port_set_baud(uint32_t baud) { (void)baud; }
