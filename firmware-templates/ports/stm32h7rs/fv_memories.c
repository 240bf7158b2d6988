#include "fv_board.h"
#include "fv_chip.h"
#include "fv_stm32.h"

/* The other RAMs are clocked after reset. RM0477, reset and clock control. */
const char *fv_memories_init(void) {
  FV_RCC_AHB2ENR |= FV_RCC_SRAM12EN;
  (void)FV_RCC_AHB2ENR;
  return 0;
}

#if FV_EXTERNAL_FLASH
/* The pins stay at their ordinary speed: what makes them faster at 1.8 V is an option byte's to allow. */
uint32_t fv_octospi_on(void) {
  FV_PWR_CSR2 |= FV_PWR_EN_XSPIM2;
  FV_RCC_AHB5ENR |= FV_RCC_XSPI2 | FV_RCC_XSPIM;
  (void)FV_RCC_AHB5ENR;
  FV_RCC_AHB5RSTR |= FV_RCC_XSPI2 | FV_RCC_XSPIM;
  FV_RCC_AHB5RSTR &= ~(FV_RCC_XSPI2 | FV_RCC_XSPIM);
  return FV_EXTERNAL_FLASH_PRESCALER;
}
#endif
