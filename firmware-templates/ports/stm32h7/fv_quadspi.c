/* Two NOR flash chips side by side on QUADSPI, each byte pair from both: read-only memory at 0x90000000. The chips stay
 * as they leave reset (8 dummy cycles, 1-1-4 reads with four address bytes): nothing is written to their registers.
 * Sources: RM0433 chapter 23, MT25TL01G data sheet. */
#include "fv_board.h"
#include "fv_chip.h"
#include "fv_stm32.h"

#define CR FV_REG(0x52005000u)
#define DCR FV_REG(0x52005004u)
#define SR FV_REG(0x52005008u)
#define FCR FV_REG(0x5200500cu)
#define DLR FV_REG(0x52005010u)
#define CCR FV_REG(0x52005014u)
#define DR FV_REG(0x52005020u)

#define ENABLE (1u << 0)
#define ABORT (1u << 1)
#define SHIFT_HALF_CYCLE (1u << 4) /* CR: samples later, for the way to the chips and back */
#define DUAL (1u << 6)
#define PRESCALER(n) (((n) - 1u) << 24)
#define HIGH_CYCLES (3u << 8)          /* DCR: chip select is high for four cycles between commands */
#define SIZE_LOG2(n) (((n) - 1u) << 16) /* DCR: of both chips together */
#define DONE (1u << 1)                 /* SR, FCR */
#define BUSY (1u << 5)
#define ONE_LINE_INSTRUCTION (1u << 8)
#define ONE_LINE_ADDRESS (1u << 10)
#define ADDRESS_32 (3u << 12)
#define DUMMY_CYCLES(n) ((n) << 18)
#define ONE_LINE_DATA (1u << 24)
#define FOUR_LINE_DATA (3u << 24)
#define READ (1u << 26)
#define MAPPED (3u << 26)

enum { RESET_ENABLE = 0x66, RESET = 0x99, READ_ID = 0x9f, READ_QUAD_OUTPUT_4_BYTE_ADDRESS = 0x6c };
enum { RESET_PAUSE = 20000 }; /* reads of a register: 30 us at 64 MHz suffice for the reset */

static int command(uint32_t instruction) {
  CCR = ONE_LINE_INSTRUCTION | instruction;
  const int done = fv_wait_for(&SR, DONE, DONE);
  FCR = DONE;
  return done && fv_wait_for(&SR, BUSY, 0);
}

/* Manufacturer and device bytes of both chips, one after the other: they must be alike. */
static int chips_answer(void) {
  DLR = 6 - 1;
  CCR = READ | ONE_LINE_DATA | ONE_LINE_INSTRUCTION | READ_ID;
  if (!fv_wait_for(&SR, DONE, DONE)) {
    return 0;
  }
  const uint32_t first = DR, second = DR & 0xffffu;
  FCR = DONE;
  const uint32_t even = (first & 0xffu) | (first >> 8 & 0xff00u) | (second & 0xffu) << 16;
  const uint32_t odd = (first >> 8 & 0xffu) | (first >> 16 & 0xff00u) | (second >> 8) << 16;
  return even == odd && (even & 0xffu) == FV_EXTERNAL_FLASH_MANUFACTURER && fv_wait_for(&SR, BUSY, 0);
}

const char *fv_external_flash_init(void) {
  static const struct fv_pin pins[] = FV_EXTERNAL_FLASH_PINS;
  for (unsigned i = 0; i < sizeof pins / sizeof pins[0]; i++) {
    fv_gpio_alternate(pins[i], 3, 0);
  }
  FV_RCC_AHB3ENR |= FV_RCC_QSPIEN;
  (void)FV_RCC_AHB3ENR;
  CR = 0;
  DCR = SIZE_LOG2((uint32_t)FV_EXTERNAL_FLASH_LOG2) | HIGH_CYCLES;
  CR = PRESCALER((uint32_t)FV_EXTERNAL_FLASH_PRESCALER) | SHIFT_HALF_CYCLE | DUAL | ENABLE;
  if (!command(RESET_ENABLE) || !command(RESET)) {
    return "QUADSPI does not finish a command";
  }
  for (int i = 0; i < RESET_PAUSE; i++) {
    (void)SR;
  }
  if (!chips_answer()) {
    return "the external flash does not answer as the board's chips do";
  }
  CCR = MAPPED | FOUR_LINE_DATA | DUMMY_CYCLES(8u) | ADDRESS_32 | ONE_LINE_ADDRESS | ONE_LINE_INSTRUCTION |
        READ_QUAD_OUTPUT_4_BYTE_ADDRESS;
  return 0;
}
