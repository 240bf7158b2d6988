/* One NOR flash chip of Macronix' octal family on OCTOSPI1: read-only memory at 0x90000000. The chip's volatile register
 * is told to take commands on eight lines, one bit a line and clock; at power-on and at its reset it is on one line
 * again, so nothing lasts. Sources: RM0468 chapter 25, RM0455 chapter 24, MX25LM51245G data sheet. */
#include "fv_board.h"
#include "fv_stm32h7.h"

#define CR FV_REG(0x52005000u)
#define DCR1 FV_REG(0x52005008u)
#define DCR2 FV_REG(0x5200500cu)
#define SR FV_REG(0x52005020u)
#define FCR FV_REG(0x52005024u)
#define DLR FV_REG(0x52005040u)
#define AR FV_REG(0x52005048u)
#define DR FV_REG(0x52005050u)
#define DR_BYTE (*(volatile uint8_t *)0x52005050u)
#define CCR FV_REG(0x52005100u)
#define TCR FV_REG(0x52005108u)
#define IR FV_REG(0x52005110u)

#define ENABLE (1u << 0)
#define MODE (3u << 28) /* CR */
#define READ (1u << 28)
#define MAPPED (3u << 28)
#define MACRONIX (1u << 24)              /* DCR1 */
#define SIZE_LOG2(n) (((n) - 1u) << 16)  /* DCR1 */
#define HIGH_CYCLES (3u << 8)            /* DCR1: chip select is high for four cycles between commands */
#define DONE (1u << 1)                   /* SR, FCR */
#define BUSY (1u << 5)
#define SHIFT_HALF_CYCLE (1u << 30) /* TCR: samples later, for the way to the chip and back */

/* Lines of instruction, address and data in CCR. */
#define ONE_LINE 1u
#define EIGHT_LINES 4u
#define INSTRUCTION(lines) (lines)
#define INSTRUCTION_16 (1u << 4)
#define ADDRESS_32(lines) ((lines) << 8 | 3u << 12)
#define DATA(lines) ((lines) << 24)

enum { RESET_ENABLE = 0x66, RESET = 0x99, WRITE_ENABLE = 0x06, WRITE_REGISTER_2 = 0x72, ON_EIGHT_LINES = 1 };
enum { RESET_ENABLE_8 = 0x6699, RESET_8 = 0x9966, READ_ID_8 = 0x9f60, READ_8 = 0xec13, ID_DUMMIES = 4, READ_DUMMIES = 20 };
enum { PATIENCE = 1000000, RESET_PAUSE = 40000 }; /* reads of a register: 40 us at 64 MHz suffice for the reset */

static int wait_for(uint32_t mask, uint32_t value) {
  for (int i = 0; i < PATIENCE; i++) {
    if ((SR & mask) == value) {
      return 1;
    }
  }
  return 0;
}

static int done(void) {
  const int well = wait_for(DONE, DONE);
  FCR = DONE;
  return well && wait_for(BUSY, 0);
}

static void prepare(uint32_t mode, uint32_t communication, uint32_t dummies) {
  CR = (CR & ~MODE) | mode;
  CCR = communication;
  TCR = dummies | (communication & INSTRUCTION_16 ? SHIFT_HALF_CYCLE : 0);
}

static int instruction(uint32_t lines, uint32_t code) {
  prepare(0, INSTRUCTION(lines) | (lines == EIGHT_LINES ? INSTRUCTION_16 : 0), 0);
  IR = code;
  return done();
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
  if (!wait_for(DONE, DONE)) {
    return 0;
  }
  const uint32_t id = DR;
  FCR = DONE;
  return (id & 0xffu) == FV_EXTERNAL_FLASH_MANUFACTURER && wait_for(BUSY, 0);
}

const char *fv_external_flash_init(void) {
  static const struct fv_pin pins[] = FV_EXTERNAL_FLASH_PINS;
  for (unsigned i = 0; i < sizeof pins / sizeof pins[0]; i++) {
    fv_gpio_alternate(pins[i], 3, 0);
  }
  FV_RCC_AHB3ENR |= FV_RCC_QSPIEN | FV_RCC_IOMNGREN;
  (void)FV_RCC_AHB3ENR;
  CR = 0;
  DCR1 = MACRONIX | SIZE_LOG2((uint32_t)FV_EXTERNAL_FLASH_LOG2) | HIGH_CYCLES;
  DCR2 = FV_EXTERNAL_FLASH_PRESCALER - 1u;
  CR = ENABLE;
  /* An earlier program may have left it on eight lines. */
  if (!instruction(EIGHT_LINES, RESET_ENABLE_8) || !instruction(EIGHT_LINES, RESET_8) ||
      !instruction(ONE_LINE, RESET_ENABLE) || !instruction(ONE_LINE, RESET)) {
    return "OCTOSPI does not finish a command";
  }
  for (int i = 0; i < RESET_PAUSE; i++) {
    (void)SR;
  }
  if (!instruction(ONE_LINE, WRITE_ENABLE) || !to_eight_lines() || !chip_answers()) {
    return "the external flash does not answer as the board's chip does";
  }
  prepare(MAPPED, INSTRUCTION(EIGHT_LINES) | INSTRUCTION_16 | ADDRESS_32(EIGHT_LINES) | DATA(EIGHT_LINES), READ_DUMMIES);
  IR = READ_8;
  return 0;
}
