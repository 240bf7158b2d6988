#include "fv_board.h"
#include "fv_chip.h"
#include "fv_stm32.h"

/* A RAM, its clock in MEMENR, and, where it may be shut down, its number in RAMCFG. Source: RM0486, reset and clock
 * control, RAM configuration controller. */
static const struct {
  uint32_t base, clock, number;
} rams[] = {
    {0x34000000u, 1u << 7, 0}, {0x34100000u, 1u << 8, 2}, {0x34200000u, 1u << 0, 3},  {0x34270000u, 1u << 1, 4},
    {0x342e0000u, 1u << 2, 5}, {0x34350000u, 1u << 3, 6}, {0x343c0000u, 1u << 10, 0}, {0x34400000u, 1u << 11, 0},
    {0x38000000u, 1u << 4, 0}, {0x38004000u, 1u << 5, 0},
};

static int wake(uint32_t base) {
  for (unsigned i = 0; i < sizeof rams / sizeof rams[0]; i++) {
    if (rams[i].base == base) {
      FV_RCC_MEMENR |= rams[i].clock;
      (void)FV_RCC_MEMENR;
      if (rams[i].number > 0) {
        FV_RAMCFG_CR(rams[i].number) &= ~FV_RAMCFG_SRAMSD;
      }
      return 1;
    }
  }
  return 0;
}

/* Only those that something lies in. */
const char *fv_memories_init(void) {
  static const uint32_t used[] = FV_RAMS;
  FV_RCC_AHB2ENR |= FV_RCC_RAMCFGEN;
  (void)FV_RCC_AHB2ENR;
  for (unsigned i = 0; i < sizeof used / sizeof used[0]; i++) {
    if (!wake(used[i])) {
      return "the firmware lies in a RAM that the chip does not have";
    }
  }
  return 0;
}

#if FV_EXTERNAL_FLASH
/* Pins of 1.8 V are fast where a fuse says so. It is read where the chip has loaded it; nothing writes to the fuses'
 * controller. */
static int pins_are_fast(void) {
  const uint32_t word = FV_BSEC_HSLV_WORD;
  return (FV_BSEC_SFSR(word) >> word % 32u & 1u) != 0 && (FV_BSEC_FVR(word) & FV_BSEC_HSLV_VDDIO3) != 0;
}

uint32_t fv_octospi_on(void) {
  FV_RCC_APB4ENR2 |= FV_RCC_SYSCFGEN | FV_RCC_BSECEN;
  (void)FV_RCC_APB4ENR2;
  FV_PWR_SVMCR3 |= FV_PWR_VDDIO3SV;
#if FV_EXTERNAL_FLASH_MILLIVOLTS < 2000
  FV_PWR_SVMCR3 |= FV_PWR_VDDIO3VRSEL;
#endif
  FV_SYSCFG_VDDIO3CCCR |= FV_SYSCFG_COMPENSATE;
  FV_RCC_AHB5ENR |= FV_RCC_XSPI2 | FV_RCC_XSPIM;
  (void)FV_RCC_AHB5ENR;
  FV_RCC_AHB5RSTR |= FV_RCC_XSPI2 | FV_RCC_XSPIM;
  FV_RCC_AHB5RSTR &= ~(FV_RCC_XSPI2 | FV_RCC_XSPIM);
  return pins_are_fast() ? FV_EXTERNAL_FLASH_FAST_PRESCALER : FV_EXTERNAL_FLASH_PRESCALER;
}
#endif
