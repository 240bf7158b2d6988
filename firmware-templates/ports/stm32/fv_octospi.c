/* One NOR flash chip of Macronix' octal family as read-only memory, on an OCTOSPI or on an XSPI, which has the same
 * registers. The chip's volatile register is told to take commands on eight lines, one bit a line and clock, in which
 * bytes have one order only; at power-on and at its reset it is on one line again, so nothing lasts. Sources: RM0468
 * chapter 25, RM0455 chapter 24, RM0477 and RM0486 (XSPI), MX25LM51245G data sheet. */
#include "fv_board.h"
#include "fv_chip.h"
#include "fv_stm32.h"

#define CR FV_REG(FV_OCTOSPI_BASE + 0x000u)
#define DCR1 FV_REG(FV_OCTOSPI_BASE + 0x008u)
#define DCR2 FV_REG(FV_OCTOSPI_BASE + 0x00cu)
#define SR FV_REG(FV_OCTOSPI_BASE + 0x020u)
#define FCR FV_REG(FV_OCTOSPI_BASE + 0x024u)
#define DLR FV_REG(FV_OCTOSPI_BASE + 0x040u)
#define AR FV_REG(FV_OCTOSPI_BASE + 0x048u)
#define DR FV_REG(FV_OCTOSPI_BASE + 0x050u)
#define DR_BYTE (*(volatile uint8_t *)(FV_OCTOSPI_BASE + 0x050u))
#define CCR FV_REG(FV_OCTOSPI_BASE + 0x100u)
#define TCR FV_REG(FV_OCTOSPI_BASE + 0x108u)
#define IR FV_REG(FV_OCTOSPI_BASE + 0x110u)

#define ENABLE (1u << 0)
#define MODE (3u << 28) /* CR */
#define READ (1u << 28)
#define MAPPED (3u << 28)
#define MACRONIX (1u << 24)           /* DCR1 */
#define SIZE_LOG2(n) (((n) - 1u) << 16) /* DCR1 */
#define HIGH_CYCLES (3u << 8)         /* DCR1: chip select is high for four cycles between commands */
#define DONE (1u << 1)                /* SR, FCR */
#define BUSY (1u << 5)
#define HOLD_QUARTER_CYCLE (1u << 28) /* TCR: for both edges */
#define SHIFT_HALF_CYCLE (1u << 30)   /* TCR: samples later, for the way to the chip and back */

/* Lines of instruction, address and data in CCR. */
#define ONE_LINE 1u
#define EIGHT_LINES 4u
#define INSTRUCTION(lines) (lines)
#define BOTH_EDGES (1u << 3) /* of the clock, for the instruction */
#define INSTRUCTION_16 (1u << 4)
#define ADDRESS_32(lines) ((lines) << 8 | 3u << 12)
#define DATA(lines) ((lines) << 24)

enum { RESET_ENABLE = 0x66, RESET = 0x99, WRITE_ENABLE = 0x06, WRITE_REGISTER_2 = 0x72, ON_EIGHT_LINES = 1 };
enum {
  RESET_ENABLE_8 = 0x6699,
  RESET_8 = 0x9966,
  READ_ID_8 = 0x9f60,
  READ_8 = 0xec13,
  ID_DUMMIES = 4,
  READ_DUMMIES = 20
};
enum { RESET_PAUSE = 40000 }; /* reads of a register: 40 us at 64 MHz suffice for the reset */

static int done(void) {
  const int well = fv_wait_for(&SR, DONE, DONE);
  FCR = DONE;
  return well && fv_wait_for(&SR, BUSY, 0);
}

static void prepare(uint32_t mode, uint32_t communication, uint32_t dummies) {
  CR = (CR & ~MODE) | mode;
  CCR = communication;
  TCR = dummies | (communication & DATA(EIGHT_LINES) ? SHIFT_HALF_CYCLE : 0);
}

static int instruction(uint32_t form, uint32_t code) {
  prepare(0, form, form & BOTH_EDGES ? HOLD_QUARTER_CYCLE : 0);
  IR = code;
  return done();
}

static int reset_in(uint32_t form, uint32_t enable, uint32_t reset) {
  return instruction(form, enable) && instruction(form, reset);
}

static int to_eight_lines(void) {
  DLR = 0; /* one byte */
  prepare(0, INSTRUCTION(ONE_LINE) | ADDRESS_32(ONE_LINE) | DATA(ONE_LINE), 0);
  IR = WRITE_REGISTER_2;
  AR = 0;
  DR_BYTE = ON_EIGHT_LINES;
  return done();
}

static int chip_answers(void) {
  DLR = 3 - 1;
  prepare(READ, INSTRUCTION(EIGHT_LINES) | INSTRUCTION_16 | ADDRESS_32(EIGHT_LINES) | DATA(EIGHT_LINES), ID_DUMMIES);
  IR = READ_ID_8;
  AR = 0;
  if (!fv_wait_for(&SR, DONE, DONE)) {
    return 0;
  }
  const uint32_t id = DR;
  FCR = DONE;
  return (id & 0xffu) == FV_EXTERNAL_FLASH_MANUFACTURER && fv_wait_for(&SR, BUSY, 0);
}

const char *fv_external_flash_init(void) {
  static const struct fv_pin pins[] = FV_EXTERNAL_FLASH_PINS;
  for (unsigned i = 0; i < sizeof pins / sizeof pins[0]; i++) {
    fv_gpio_alternate(pins[i], 3, 0);
  }
  const uint32_t prescaler = fv_octospi_on();
  CR = 0;
  DCR1 = MACRONIX | SIZE_LOG2((uint32_t)FV_EXTERNAL_FLASH_LOG2) | HIGH_CYCLES;
  DCR2 = prescaler - 1u;
  CR = ENABLE;
  /* An earlier program, or a boot loader, may have left it on eight lines, with one bit or two a clock. */
  const uint32_t eight = INSTRUCTION(EIGHT_LINES) | INSTRUCTION_16;
  if (!reset_in(eight | BOTH_EDGES, RESET_ENABLE_8, RESET_8) || !reset_in(eight, RESET_ENABLE_8, RESET_8) ||
      !reset_in(INSTRUCTION(ONE_LINE), RESET_ENABLE, RESET)) {
    return "the external flash's controller does not finish a command";
  }
  for (int i = 0; i < RESET_PAUSE; i++) {
    (void)SR;
  }
  if (!instruction(INSTRUCTION(ONE_LINE), WRITE_ENABLE) || !to_eight_lines() || !chip_answers()) {
    return "the external flash does not answer as the board's chip does";
  }
  prepare(MAPPED, INSTRUCTION(EIGHT_LINES) | INSTRUCTION_16 | ADDRESS_32(EIGHT_LINES) | DATA(EIGHT_LINES),
          READ_DUMMIES);
  IR = READ_8;
  return 0;
}
