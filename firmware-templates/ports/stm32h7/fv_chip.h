/* Registers of the STM32H7 that Fovea uses. Sources: RM0433 (STM32H743, H750), RM0399 (STM32H747), RM0468 (STM32H735),
 * RM0455 (STM32H7B3); a line says where they differ. */
#ifndef FV_CHIP_H
#define FV_CHIP_H

#include "fv_cortex_m.h"

/* DBGMCU: microcontroller debug unit, chapter 60 */
#define FV_DBGMCU_IDCODE FV_REG(0x5c001000u)
#define FV_DBGMCU_CR FV_REG(0x5c001004u)
#define FV_DBGMCU_SLEEP (1u << 0) /* CR: clocks of the core go on while it sleeps, its cycle counter with them */
#define FV_DBGMCU_APB4FZ FV_REG(0x5c001054u) /* APB4FZ1 */
#define FV_DBGMCU_IWDG (1u << 18)            /* APB4FZ1: stands still while a debugger holds the core */

/* FLASH: embedded flash memory, chapter 4 */
#define FV_FLASH_ACR FV_REG(0x52002000u)
#define FV_FLASH_OPTSR_CUR FV_REG(0x5200201cu)
#define FV_FLASH_BCM4 (1u << 22) /* OPTSR_CUR: the Cortex-M4 starts at reset; RM0399 */

/* SYSCFG: system configuration controller, RM0433 chapter 12 */
#define FV_SYSCFG_PWRCR FV_REG(0x5800042cu)
#define FV_SYSCFG_ODEN (1u << 0) /* PWRCR: the LDO's overdrive */

/* PWR: power control, chapter 6 */
#define FV_PWR_CSR1 FV_REG(0x58024804u)
#define FV_PWR_CR3 FV_REG(0x5802480cu)
#define FV_PWR_D3CR FV_REG(0x58024818u) /* SRDCR on the STM32H7B3 */
#define FV_PWR_ACTVOSRDY (1u << 13)     /* CSR1: the voltage is at its level */
#define FV_PWR_VOSRDY (1u << 13)        /* D3CR: the voltage scale is reached */
#define FV_PWR_VOS_SHIFT 14             /* D3CR */
#define FV_PWR_BYPASS (1u << 0)         /* CR3: power supply configuration, written once after power-on */
#define FV_PWR_LDOEN (1u << 1)
#define FV_PWR_SMPSEN (1u << 2) /* chips with a step-down converter; SCUEN, 1 until CR3 is written, on the others */
#define FV_PWR_SMPSEXTHP (1u << 3)
#define FV_PWR_SMPSLEVEL (3u << 4)

/* RCC: reset and clock control, chapter 8 */
#define FV_RCC_CR FV_REG(0x58024400u)
#define FV_RCC_CFGR FV_REG(0x58024410u)
#define FV_RCC_D1CFGR FV_REG(0x58024418u) /* CDCFGR1 on the STM32H7B3 */
#define FV_RCC_D2CFGR FV_REG(0x5802441cu) /* CDCFGR2 */
#define FV_RCC_D3CFGR FV_REG(0x58024420u) /* SRDCFGR */
#define FV_RCC_PLLCKSELR FV_REG(0x58024428u)
#define FV_RCC_PLLCFGR FV_REG(0x5802442cu)
#define FV_RCC_PLL1DIVR FV_REG(0x58024430u)
#define FV_RCC_LSI FV_REG(0x58024474u) /* CSR */
#define FV_RCC_LSI_STATUS FV_RCC_LSI
#define FV_RCC_RSR FV_REG(0x580244d0u)
#define FV_RCC_AHB3ENR FV_REG(0x580244d4u)
#define FV_RCC_AHB2ENR FV_REG(0x580244dcu)
#define FV_RCC_AHB4ENR FV_REG(0x580244e0u)
#define FV_RCC_APB1LENR FV_REG(0x580244e8u)
#define FV_RCC_APB2ENR FV_REG(0x580244f0u)
#define FV_RCC_APB4ENR FV_REG(0x580244f4u)
#define FV_RCC_SYSCFGEN (1u << 1)   /* APB4ENR */
#define FV_RCC_RMVF (1u << 16)      /* RSR: clears all */
#define FV_RCC_BORRSTF (1u << 21)   /* RSR: brown-out */
#define FV_RCC_PINRSTF (1u << 22)   /* RSR */
#define FV_RCC_PORRSTF (1u << 23)   /* RSR: power-on */
#define FV_RCC_SFTRSTF (1u << 24)   /* RSR: of this core, where there are two */
#define FV_RCC_IWDGRSTF (1u << 26)  /* RSR; the other core's is bit 27 */
#define FV_RCC_WWDGRSTF (1u << 28)  /* RSR */
#define FV_RCC_LPWRRSTF (1u << 30)  /* RSR */
#define FV_RCC_OWN_RSTF 0u          /* a cause that other families lack: none */
#define FV_RCC_OWN_REASON ""
#define FV_RCC_LSION (1u << 0)  /* CSR */
#define FV_RCC_LSIRDY (1u << 1) /* CSR */
#define FV_RCC_HSION (1u << 0)
#define FV_RCC_HSIRDY (1u << 2)
#define FV_RCC_HSEON (1u << 16)
#define FV_RCC_HSERDY (1u << 17)
#define FV_RCC_HSEBYP (1u << 18)
#define FV_RCC_PLL1ON (1u << 24)
#define FV_RCC_PLL1RDY (1u << 25)
#define FV_RCC_QSPIEN (1u << 14)    /* AHB3ENR; OCTOSPI1 where there is no QUADSPI */
#define FV_RCC_IOMNGREN (1u << 21)  /* AHB3ENR: which pins OCTOSPI1 has; after reset those of port 1 */
#define FV_RCC_SRAM123EN (7u << 29) /* AHB2ENR; absent memories ignore their bit */

/* IWDG1: independent watchdog, chapter 49 */
#define FV_IWDG_BASE 0x58004800u

/* GPIO, chapter 11 */
#define FV_GPIO_BASE 0x58020000u
#define FV_RCC_GPIOENR FV_RCC_AHB4ENR

/* OCTOSPI1, RM0468 chapter 25 */
#define FV_OCTOSPI_BASE 0x52005000u

#endif
