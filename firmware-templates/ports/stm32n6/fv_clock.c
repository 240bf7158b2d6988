/* From 64 MHz of the internal oscillator to the core's clock, at the voltage of reset (scale 1), which allows 600 MHz:
 * nothing here raises VDDCORE. Source: RM0486, power control, reset and clock control. Nothing here depends on
 * variables: it runs before they have values. */
#include "fv_board.h"
#include "fv_chip.h"
#include "fv_stm32.h"

/* The boot ROM, or a boot loader, may have switched to a PLL: back to the internal oscillator, all buses at its speed,
 * and XSPI2 and USART1 at that of their buses. */
static const char *back_to_reset(void) {
  FV_RCC_CSR = FV_RCC_HSI;
  if (!fv_wait_for(&FV_RCC_SR, FV_RCC_HSI, FV_RCC_HSI)) {
    return "the internal oscillator does not start";
  }
  FV_RCC_CFGR1 &= ~(FV_RCC_CPUSW | FV_RCC_SYSSW);
  if (!fv_wait_for(&FV_RCC_CFGR1, FV_RCC_SWITCHED, 0)) {
    return "the core does not take the internal oscillator's clock";
  }
  FV_RCC_CFGR2 = 0;
  FV_RCC_CCIPR6 &= ~FV_RCC_XSPI2SEL;
  FV_RCC_CCIPR13 &= ~FV_RCC_USART1SEL;
  return 0;
}

static const char *check_chip(void) {
  FV_RCC_MISCENR |= FV_RCC_DBGEN;
  (void)FV_RCC_MISCENR;
  return (FV_DBGMCU_IDCODE & 0xfffu) == FV_DEVICE_ID ? 0 : "this is not the chip that the firmware is made for";
}

/* The converter is for boards that are wired for it, and off on all others. */
static const char *set_supply(void) {
  FV_RCC_AHB4ENR |= FV_RCC_PWREN;
  (void)FV_RCC_AHB4ENR;
  FV_PWR_CR1 = (FV_PWR_CR1 & ~FV_PWR_SDEN) | (FV_SUPPLY_SMPS_DIRECT ? FV_PWR_SDEN : 0);
  return fv_wait_for(&FV_PWR_VOSCR, FV_PWR_ACTVOSRDY, FV_PWR_ACTVOSRDY) ? 0 : "the core voltage does not settle";
}

static const char *start_oscillator(void) {
  FV_RCC_CCR = FV_RCC_PLL1;
  if (!fv_wait_for(&FV_RCC_SR, FV_RCC_PLL1, 0)) {
    return "the PLL does not stop";
  }
  if (!(FV_RCC_CR & FV_RCC_HSE)) {
    FV_RCC_HSECFGR = (FV_RCC_HSECFGR & ~FV_RCC_HSEBYP) | (FV_HSE_BYPASS ? FV_RCC_HSEBYP : 0);
    FV_RCC_CSR = FV_RCC_HSE;
  }
  return fv_wait_for(&FV_RCC_SR, FV_RCC_HSE, FV_RCC_HSE) ? 0 : "the external oscillator does not start";
}

/* PLL1 takes HSE / M times N, and gives it undivided to IC1 (core), IC2 (buses), IC6 (NPU) and IC11 (its RAMs). */
static const char *start_pll(void) {
  FV_RCC_PLL1CFGR1 = FV_PLL1_N << 8 | FV_PLL1_M << 20 | 2u << 28;        /* from HSE, not bypassed */
  FV_RCC_PLL1CFGR2 = 0;                                                  /* no fraction */
  FV_RCC_PLL1CFGR3 = 1u << 0 | 1u << 2 | 1u << 24 | 1u << 27 | 1u << 30; /* no modulation, both dividers 1, output on */
  FV_RCC_CSR = FV_RCC_PLL1;
  return fv_wait_for(&FV_RCC_SR, FV_RCC_PLL1, FV_RCC_PLL1) ? 0 : "the PLL does not lock";
}

/* Buses first, so that none is too fast for a moment; AHB at half of AXI, APBs at its speed. */
static const char *switch_over(void) {
  FV_RCC_CFGR2 = 1u << 20;
  FV_RCC_ICCFGR(1) = (FV_CORE_DIVIDER - 1u) << 16;
  FV_RCC_ICCFGR(2) = (FV_AXI_DIVIDER - 1u) << 16;
  FV_RCC_ICCFGR(6) = (FV_AXI_DIVIDER - 1u) << 16;
  FV_RCC_ICCFGR(11) = (FV_AXI_DIVIDER - 1u) << 16;
  FV_RCC_DIVENSR = 1u << 0 | 1u << 1 | 1u << 5 | 1u << 10;
  FV_RCC_CFGR1 |= FV_RCC_CPUSW | FV_RCC_SYSSW;
  return fv_wait_for(&FV_RCC_CFGR1, FV_RCC_SWITCHED, FV_RCC_SWITCHED) ? 0 : "the core does not take the PLL's clock";
}

const char *fv_clock_init(void) {
  const char *wrong = check_chip();
  wrong = wrong ? wrong : back_to_reset();
  wrong = wrong ? wrong : set_supply();
  wrong = wrong ? wrong : start_oscillator();
  wrong = wrong ? wrong : start_pll();
  wrong = wrong ? wrong : switch_over();
  if (wrong) {
    back_to_reset();
  }
  return wrong;
}
