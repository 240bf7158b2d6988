/* Registers of the Cortex-M core that Fovea uses. Source: Armv7-M and Armv8-M Architecture Reference Manuals. */
#ifndef FV_CORTEX_M_H
#define FV_CORTEX_M_H

#include <stdint.h>

#define FV_REG(address) (*(volatile uint32_t *)(address))

#define FV_SYST_CSR FV_REG(0xe000e010u)
#define FV_SYST_RVR FV_REG(0xe000e014u) /* 24 bits */
#define FV_SYST_CVR FV_REG(0xe000e018u)
#define FV_SCB_ICSR FV_REG(0xe000ed04u)
#define FV_ICSR_PENDSTCLR (1u << 25)
#define FV_ICSR_PENDSVCLR (1u << 27)
#define FV_ICSR_PENDSVSET (1u << 28)
#define FV_SCB_VTOR FV_REG(0xe000ed08u)
#define FV_SCB_SHPR3 FV_REG(0xe000ed20u) /* PendSV priority: bits 16..23, SysTick: 24..31 */
#define FV_SCB_SHCSR FV_REG(0xe000ed24u)
#define FV_SCB_CFSR FV_REG(0xe000ed28u)
#define FV_SCB_HFSR FV_REG(0xe000ed2cu)
#define FV_SCB_MMFAR FV_REG(0xe000ed34u)
#define FV_SCB_BFAR FV_REG(0xe000ed38u)
#define FV_DHCSR FV_REG(0xe000edf0u)
#define FV_DHCSR_DEBUGEN (1u << 0)
#define FV_SCB_CPACR FV_REG(0xe000ed88u)
#define FV_NVIC_ISER(n) FV_REG(0xe000e100u + 4u * (n))
#define FV_NVIC_ICER(n) FV_REG(0xe000e180u + 4u * (n))
#define FV_NVIC_ICPR(n) FV_REG(0xe000e280u + 4u * (n))
#define FV_NVIC_IPR(irq) (*(volatile uint8_t *)(0xe000e400u + (irq)))

#define FV_MPU_TYPE FV_REG(0xe000ed90u)
#define FV_MPU_CTRL FV_REG(0xe000ed94u)
#define FV_MPU_RNR FV_REG(0xe000ed98u)
#define FV_MPU_RBAR FV_REG(0xe000ed9cu)
#define FV_MPU_RASR FV_REG(0xe000eda0u) /* Armv7-M */
#define FV_MPU_RLAR FV_REG(0xe000eda0u) /* Armv8-M */
#define FV_MPU_MAIR0 FV_REG(0xe000edc0u)

/* Priority of the UART's interrupts: above PendSV, at the level where FreeRTOS calls are allowed. */
#define FV_UART_PRIORITY 0xa0u

static inline void fv_barrier(void) { __asm volatile("dsb\n\tisb" ::: "memory"); }

/* The main stack, without a limit from before: from here on calls lie on it. For a function that does not return. */
static inline void fv_use_main_stack(uint32_t *end) {
#if __ARM_ARCH >= 8
  __asm volatile("msr msplim, %0" ::"r"(0) : "memory");
#endif
  __asm volatile("msr control, %0\n\tmsr msp, %1\n\tisb" ::"r"(0), "r"(end) : "memory");
}

static inline void fv_enable_irq(uint32_t irq, uint8_t priority) {
  FV_NVIC_IPR(irq) = priority;
  FV_NVIC_ISER(irq / 32) = 1u << (irq % 32);
}

#endif
