#include "fv_board.h"
#include "fv_chip.h"
#include "fv_stm32.h"

/* The other RAMs are clocked after reset. RM0433 8.7.39. */
const char *fv_memories_init(void) {
  FV_RCC_AHB2ENR |= FV_RCC_SRAM123EN;
  (void)FV_RCC_AHB2ENR;
  return 0;
}

#if FV_EXTERNAL_FLASH
uint32_t fv_octospi_on(void) {
  FV_RCC_AHB3ENR |= FV_RCC_QSPIEN | FV_RCC_IOMNGREN;
  (void)FV_RCC_AHB3ENR;
  return FV_EXTERNAL_FLASH_PRESCALER;
}
#endif
