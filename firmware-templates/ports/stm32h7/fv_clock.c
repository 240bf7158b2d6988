/* From reset (64 MHz from the internal oscillator) to the core's clock. The order is the reference manual's: supply,
 * voltage, wait states, and only then speed. Nothing here depends on variables: it runs before they have values. */
#include "fv_board.h"
#include "fv_chip.h"
#include "fv_stm32.h"

/* RM0433 6.8.4, RM0399 7.8.4: CR3 takes its first value after power-on and keeps it until power is cycled. A value that
 * contradicts the wiring may lock the debugger out, so an earlier program's is never argued with. */
static const char *set_supply(void) {
#if FV_HAS_SMPS
  const uint32_t mask = FV_PWR_BYPASS | FV_PWR_LDOEN | FV_PWR_SMPSEN | FV_PWR_SMPSEXTHP | FV_PWR_SMPSLEVEL;
  const uint32_t wanted = FV_SUPPLY_SMPS_DIRECT ? FV_PWR_SMPSEN : FV_PWR_LDOEN;
  const uint32_t undecided = FV_PWR_LDOEN | FV_PWR_SMPSEN;
  const int open = (FV_PWR_CR3 & (FV_PWR_BYPASS | FV_PWR_LDOEN | FV_PWR_SMPSEN)) == undecided;
#else
  const uint32_t mask = FV_PWR_BYPASS | FV_PWR_LDOEN;
  const uint32_t wanted = FV_PWR_LDOEN;
  const int open = (FV_PWR_CR3 & FV_PWR_SMPSEN) != 0; /* SCUEN */
#endif
  if (open) {
    FV_PWR_CR3 = (FV_PWR_CR3 & ~(mask | FV_PWR_SMPSEN)) | wanted;
  }
  if ((FV_PWR_CR3 & mask) != wanted) {
    return "the power supply was set up otherwise since power-on: unplug the board, plug it in again";
  }
  return fv_wait_for(&FV_PWR_CSR1, FV_PWR_ACTVOSRDY, FV_PWR_ACTVOSRDY) ? 0 : "the core voltage does not settle";
}

static const char *set_voltage(void) {
  FV_PWR_D3CR = (FV_PWR_D3CR & ~(3u << FV_PWR_VOS_SHIFT)) | (uint32_t)FV_VOS_BITS << FV_PWR_VOS_SHIFT;
  return fv_wait_for(&FV_PWR_D3CR, FV_PWR_VOSRDY, FV_PWR_VOSRDY) ? 0 : "the voltage scale is not reached";
}

/* Voltage scale 0 is scale 1 and the LDO's overdrive. RM0433 6.6.2. */
static const char *set_overdrive(void) {
#if FV_OVERDRIVE_REVISION
  FV_RCC_APB4ENR |= FV_RCC_SYSCFGEN;
  (void)FV_RCC_APB4ENR;
  FV_SYSCFG_PWRCR |= FV_SYSCFG_ODEN;
  (void)FV_SYSCFG_PWRCR;
  return fv_wait_for(&FV_PWR_D3CR, FV_PWR_VOSRDY, FV_PWR_VOSRDY) ? 0 : "the overdrive does not settle";
#else
  return 0;
#endif
}

/* RM0433 table 17 and its siblings: more wait states before more speed. */
static const char *set_wait_states(void) {
  const uint32_t wanted = FV_FLASH_WAIT_STATES | FV_FLASH_WRHIGHFREQ << 4;
  FV_FLASH_ACR = wanted;
  return fv_wait_for(&FV_FLASH_ACR, 0x3fu, wanted) ? 0 : "the flash does not take its wait states";
}

static const char *start_oscillator(void) {
  FV_RCC_CR = (FV_RCC_CR & ~FV_RCC_HSEBYP) | (FV_HSE_BYPASS ? FV_RCC_HSEBYP : 0);
  FV_RCC_CR |= FV_RCC_HSEON;
  return fv_wait_for(&FV_RCC_CR, FV_RCC_HSERDY, FV_RCC_HSERDY) ? 0 : "the external oscillator does not start";
}

/* PLL1 takes HSE / M, between 2 and 16 MHz, times N, and gives the core 1 / P of it. RM0433 8.7.12. */
static const char *start_pll(void) {
  FV_RCC_CR &= ~FV_RCC_PLL1ON;
  if (!fv_wait_for(&FV_RCC_CR, FV_RCC_PLL1RDY, 0)) {
    return "the PLL does not stop";
  }
  FV_RCC_PLLCKSELR = (FV_RCC_PLLCKSELR & ~0x3f3u) | FV_PLL1_M << 4 | 2u; /* from HSE */
  FV_RCC_PLLCFGR = (FV_RCC_PLLCFGR & ~0x7000fu) | 1u << 16 | FV_PLL1_RANGE << 2; /* P alone, no fraction, wide VCO */
  FV_RCC_PLL1DIVR = (FV_PLL1_N - 1u) | (FV_PLL1_P - 1u) << 9 | 1u << 16 | 1u << 24;
  FV_RCC_CR |= FV_RCC_PLL1ON;
  return fv_wait_for(&FV_RCC_CR, FV_RCC_PLL1RDY, FV_RCC_PLL1RDY) ? 0 : "the PLL does not lock";
}

/* Buses first, so that none is too fast for a moment; APBs at half of AHB. */
static const char *switch_over(void) {
  FV_RCC_D1CFGR = (FV_RCC_D1CFGR & ~0xf7fu) | (FV_AHB_DIVIDER == 2 ? 8u : 0u) | 4u << 4;
  FV_RCC_D2CFGR = (FV_RCC_D2CFGR & ~0x770u) | 4u << 4 | 4u << 8;
  FV_RCC_D3CFGR = (FV_RCC_D3CFGR & ~0x70u) | 4u << 4;
  FV_RCC_CFGR = (FV_RCC_CFGR & ~7u) | 3u;
  return fv_wait_for(&FV_RCC_CFGR, 7u << 3, 3u << 3) ? 0 : "the core does not take the PLL's clock";
}

/* A debugger's reset or a jump from a boot loader may come with the PLL in use: back to the internal oscillator. */
static const char *back_to_reset(void) {
  FV_RCC_CR |= FV_RCC_HSION;
  if (!fv_wait_for(&FV_RCC_CR, FV_RCC_HSIRDY, FV_RCC_HSIRDY)) {
    return "the internal oscillator does not start";
  }
  FV_RCC_CFGR &= ~7u;
  return fv_wait_for(&FV_RCC_CFGR, 7u << 3, 0) ? 0 : "the core does not take the internal oscillator's clock";
}

/* The wrong chip has its supply wired in another way: nothing is written before this is known. RM0433 60.5.8. */
static const char *check_chip(void) {
  return (FV_DBGMCU_IDCODE & 0xfffu) == FV_DEVICE_ID ? 0 : "this is not the chip that the firmware is made for";
}

static const char *check_revision(void) {
#if FV_OVERDRIVE_REVISION
  if (FV_DBGMCU_IDCODE >> 16 < FV_OVERDRIVE_REVISION) {
    return "this chip is of an older silicon revision, which has no voltage scale 0: generate without --fast";
  }
#endif
  return 0;
}

/* Weights lie in the flash that the other core would run. RM0399 4.4.2, option byte BCM4. */
static const char *check_second_core(void) {
  return FV_SECOND_CORE_OFF && (FV_FLASH_OPTSR_CUR & FV_FLASH_BCM4)
             ? "the second core starts from the weights: set its option byte BCM4 to 0, or generate with --second-core stub"
             : 0;
}

const char *fv_clock_init(void) {
  const char *wrong = check_chip();
  wrong = wrong ? wrong : check_revision();
  wrong = wrong ? wrong : check_second_core();
  wrong = wrong ? wrong : back_to_reset();
  wrong = wrong ? wrong : set_supply();
  wrong = wrong ? wrong : set_voltage();
  wrong = wrong ? wrong : set_overdrive();
  wrong = wrong ? wrong : set_wait_states();
  wrong = wrong ? wrong : start_oscillator();
  wrong = wrong ? wrong : start_pll();
  wrong = wrong ? wrong : switch_over();
  if (wrong) {
    back_to_reset();
    FV_RCC_D1CFGR = 0;
    FV_RCC_D2CFGR = 0;
    FV_RCC_D3CFGR = 0;
  }
  return wrong;
}
