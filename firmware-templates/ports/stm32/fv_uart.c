/* USART with its FIFOs of 16 bytes: an interrupt for eight bytes received or for a silence of two characters, and one
 * for a transmit FIFO that is half empty. No DMA, so no buffer of it that caches could hide. Source: RM0433 chapter 48
 * and its siblings. */
#include "fv_uart.h"
#include "fv_board.h"
#include "fv_chip.h"
#include "fv_irq.h"
#include "fv_link.h"
#include "fv_port.h"
#include "fv_stm32.h"

#define CR1 FV_REG(FV_UART_BASE + 0x00u)
#define CR2 FV_REG(FV_UART_BASE + 0x04u)
#define CR3 FV_REG(FV_UART_BASE + 0x08u)
#define BRR FV_REG(FV_UART_BASE + 0x0cu)
#define RTOR FV_REG(FV_UART_BASE + 0x14u)
#define ISR FV_REG(FV_UART_BASE + 0x1cu)
#define ICR FV_REG(FV_UART_BASE + 0x20u)
#define RDR FV_REG(FV_UART_BASE + 0x24u)
#define TDR FV_REG(FV_UART_BASE + 0x28u)

#define UE (1u << 0)
#define RE (1u << 2)
#define TE (1u << 3)
#define RTOIE (1u << 26)  /* CR1 */
#define FIFOEN (1u << 29) /* CR1 */
#define RTOEN (1u << 23)  /* CR2 */
#define TXFTIE (1u << 23) /* CR3: the transmit FIFO is at its threshold */
#define RXFTIE (1u << 28) /* CR3 */
#define RX_HALF (2u << 25)
#define TX_HALF (2u << 29)
#define RXFNE (1u << 5)
#define TC (1u << 6) /* the last bit has left */
#define TXFNF (1u << 7)
#define OVERRUN 0x08u
#define ERRORS 0x0fu /* parity, framing, noise, overrun: ICR clears what ISR shows */
#define RTOF (1u << 11)
#define SILENCE 20u /* bits: two characters */

static uint32_t divider(uint32_t kernel_hertz, uint32_t baud) { return (kernel_hertz + baud / 2u) / baud; }

void fv_uart_start(uint32_t kernel_hertz) {
  const struct fv_pin tx = FV_UART_TX_PIN, rx = FV_UART_RX_PIN;
  fv_gpio_alternate(tx, 1, 1);
  fv_gpio_alternate(rx, 1, 1); /* pulled up: an unplugged line is silent */
  FV_RCC_UARTENR |= FV_RCC_UARTEN;
  (void)FV_RCC_UARTENR;
  CR1 = 0;
  BRR = divider(kernel_hertz, FV_BAUD);
  RTOR = SILENCE;
  CR2 = RTOEN;
  CR3 = RX_HALF | TX_HALF;
  CR1 = FIFOEN | RTOIE | TE | RE | UE;
}

void fv_uart_init(void) {
  fv_uart_start(FV_UART_KERNEL_HERTZ);
  CR3 |= RXFTIE;
  fv_enable_irq(FV_UART_IRQ, FV_UART_PRIORITY);
}

/* Until the FIFO is full or nothing waits; the interrupt at its threshold goes on. */
static void fill(void) {
  while (ISR & TXFNF) {
    const int byte = fv_link_next_byte();
    if (byte < 0) {
      CR3 &= ~TXFTIE;
      return;
    }
    TDR = (uint32_t)byte;
  }
  CR3 |= TXFTIE;
}

void fv_uart_handler(void) {
  const uint32_t flags = ISR;
  ICR = flags & (ERRORS | RTOF); /* a lost byte shows in its frame's CRC, and the host sends the frame again */
  if (flags & OVERRUN) {
    fv_link_overrun();
  }
  while (ISR & RXFNE) {
    fv_link_received((uint8_t)RDR);
  }
  if (CR3 & TXFTIE) {
    fill();
  }
}

void fv_port_send(void) {
  const uint32_t state = fv_port_lock();
  fill();
  fv_port_unlock(state);
}

/* Sixteen samples a bit: a divider below 16 is none. */
uint32_t fv_port_baud(uint32_t baud) {
  if (baud == 0 || baud > FV_UART_KERNEL_HERTZ / 16u || FV_UART_KERNEL_HERTZ / baud > 0xffffu) {
    return 0;
  }
  const uint32_t nearest = FV_UART_KERNEL_HERTZ / divider(FV_UART_KERNEL_HERTZ, baud);
  const uint32_t error = nearest > baud ? nearest - baud : baud - nearest;
  return error <= baud / 50u ? nearest : 0;
}

/* The divider may change only while the USART is off, which empties its FIFOs. */
void fv_port_set_baud(uint32_t baud) {
  const uint32_t state = fv_port_lock();
  while (!(ISR & TC)) {
  }
  CR1 &= ~UE;
  BRR = divider(FV_UART_KERNEL_HERTZ, baud != 0 ? baud : FV_BAUD);
  CR1 |= UE;
  fv_port_unlock(state);
}

void fv_port_send_polled(uint8_t byte) {
  while (!(ISR & TXFNF)) {
  }
  TDR = byte;
}
