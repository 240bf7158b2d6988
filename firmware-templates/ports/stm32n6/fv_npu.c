/* Order and bits as in ST's STM32N6-GettingStarted-ObjectDetection 2.0 (main.c) and CMSIS header stm32n657xx.h;
 * registers: RM0486, reset and clock control, resource isolation framework, CACHEAXI. Its clock is that of fv_clock.c
 * (IC6, IC11). */
#include "fv_npu.h"
#include "fv_chip.h"
#include "fv_stm32.h"

enum { LINES = 4 };

/* The core sleeps while the NPU works: these go on. */
static void clocks(void) {
  FV_RCC_MEMENR |= FV_RCC_CACHEAXIRAM;
  FV_RCC_AHB3ENR |= FV_RCC_RIFSCEN;
  FV_RCC_AHB5ENR |= FV_RCC_NPU | FV_RCC_CACHEAXI;
  FV_RCC_MEMLPENR |= FV_RCC_RAMS | FV_RCC_CACHEAXIRAM;
  FV_RCC_AHB5LPENR |= FV_RCC_NPU | FV_RCC_CACHEAXI | FV_RCC_XSPI2 | FV_RCC_XSPIM;
  (void)FV_RCC_AHB5LPENR;
  FV_RCC_AHB5RSTR |= FV_RCC_NPU | FV_RCC_CACHEAXI;
  (void)FV_RCC_AHB5RSTR;
  FV_RCC_AHB5RSTR &= ~(FV_RCC_NPU | FV_RCC_CACHEAXI);
  (void)FV_RCC_AHB5RSTR;
}

/* What it reads and writes is the secure, privileged core's. */
static void rights(void) {
  const uint32_t all = FV_RIMC_MCID | FV_RIMC_MSEC | FV_RIMC_MPRIV;
  FV_RIMC_ATTR(FV_RIMC_NPU) = (FV_RIMC_ATTR(FV_RIMC_NPU) & ~all) | FV_RIMC_CORE | FV_RIMC_MSEC | FV_RIMC_MPRIV;
  FV_RIFSC_SECCFGR(FV_RISC_NPU_REGISTER) |= FV_RISC_NPU_BIT;
  FV_RIFSC_PRIVCFGR(FV_RISC_NPU_REGISTER) |= FV_RISC_NPU_BIT;
}

const char *fv_npu_on(void) {
  for (uint32_t line = 0; line < LINES; line++) {
    const uint32_t irq = FV_NPU_IRQ + line;
    fv_npu_interrupt(line, 0);
    FV_NVIC_ICPR(irq / 32) = 1u << (irq % 32);
  }
  clocks();
  rights();
  if (!fv_wait_for(&FV_CACHEAXI_SR, FV_CACHEAXI_BUSY, 0)) {
    return "the NPU's cache does not become empty";
  }
  FV_CACHEAXI_CR1 |= FV_CACHEAXI_EN;
  return 0;
}

void fv_npu_interrupt(uint32_t line, int on) {
  const uint32_t irq = FV_NPU_IRQ + line;
  if (on) {
    fv_enable_irq(irq, FV_UART_PRIORITY);
  } else {
    FV_NVIC_ICER(irq / 32) = 1u << (irq % 32);
    fv_barrier();
  }
}

/* An exception's return is an event, so that one between question and sleep is not lost. */
void fv_npu_wait(void) { __asm volatile("dsb\n\twfe" ::: "memory"); }

void fv_npu_barrier(void) { __asm volatile("dsb" ::: "memory"); }

static void idle(void) { fv_wait_for(&FV_CACHEAXI_SR, FV_CACHEAXI_BUSY | FV_CACHEAXI_BUSY_RANGE, 0); }

static void range(uint32_t command, uint32_t address, uint32_t bytes) {
  if (bytes == 0) {
    return;
  }
  idle();
  FV_CACHEAXI_FCR = FV_CACHEAXI_ENDS;
  FV_CACHEAXI_FIRST = address;
  FV_CACHEAXI_LAST = address + bytes - 1;
  FV_CACHEAXI_CR2 = command;
  FV_CACHEAXI_CR2 = command | FV_CACHEAXI_START;
  idle();
}

void fv_npu_cache_clean(uint32_t address, uint32_t bytes) { range(FV_CACHEAXI_CLEAN, address, bytes); }

void fv_npu_cache_clean_and_drop(uint32_t address, uint32_t bytes) {
  range(FV_CACHEAXI_CLEAN | FV_CACHEAXI_DROP, address, bytes);
}

void fv_npu_cache_drop_all(void) {
  idle();
  FV_CACHEAXI_FCR = FV_CACHEAXI_ENDS;
  FV_CACHEAXI_CR2 = 0;
  FV_CACHEAXI_CR1 |= FV_CACHEAXI_INVALIDATE;
  idle();
}
