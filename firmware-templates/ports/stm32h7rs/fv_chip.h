/* Registers of the STM32H7R and STM32H7S that Fovea uses. Source: RM0477; chapters by their names. */
#ifndef FV_CHIP_H
#define FV_CHIP_H

#include "fv_cortex_m.h"

/* Debug support: DBGMCU */
#define FV_DBGMCU_IDCODE FV_REG(0x5c001000u)
#define FV_DBGMCU_CR FV_REG(0x5c001004u)
#define FV_DBGMCU_SLEEP (1u << 0) /* CR: clocks of the core go on while it sleeps, its cycle counter with them */
#define FV_DBGMCU_APB4FZ FV_REG(0x5c001054u) /* APB4FZR */
#define FV_DBGMCU_IWDG (1u << 18)            /* APB4FZR: stands still while a debugger holds the core */

/* Embedded flash memory: FLASH */
#define FV_FLASH_ACR FV_REG(0x52002000u)

/* Power control: PWR */
#define FV_PWR_SR1 FV_REG(0x58024804u)
#define FV_PWR_CSR2 FV_REG(0x5802480cu)
#define FV_PWR_CSR4 FV_REG(0x58024814u)
#define FV_PWR_ACTVOSRDY (1u << 1) /* SR1: the voltage is at its level */
#define FV_PWR_VOS (1u << 0)       /* CSR4: 1 is scale 0, for the highest speeds */
#define FV_PWR_VOSRDY (1u << 1)    /* CSR4: the voltage scale is reached */
#define FV_PWR_BYPASS (1u << 0)    /* CSR2: power supply configuration, written once after power-on */
#define FV_PWR_LDOEN (1u << 1)
#define FV_PWR_SDEN (1u << 2)
#define FV_PWR_SMPSEXTHP (1u << 3)
#define FV_PWR_SDHILEVEL (1u << 4)
#define FV_PWR_EN_XSPIM2 (1u << 15) /* CSR2: the pins of XSPI port 2 have their supply */

/* Reset and clock control: RCC */
#define FV_RCC_CR FV_REG(0x58024400u)
#define FV_RCC_CFGR FV_REG(0x58024410u)
#define FV_RCC_CDCFGR FV_REG(0x58024418u)
#define FV_RCC_BMCFGR FV_REG(0x5802441cu)
#define FV_RCC_APBCFGR FV_REG(0x58024420u)
#define FV_RCC_PLLCKSELR FV_REG(0x58024428u)
#define FV_RCC_PLLCFGR FV_REG(0x5802442cu)
#define FV_RCC_PLL1DIVR1 FV_REG(0x58024430u)
#define FV_RCC_LSI FV_REG(0x58024474u) /* CSR */
#define FV_RCC_LSI_STATUS FV_RCC_LSI
#define FV_RCC_AHB5RSTR FV_REG(0x5802447cu)
#define FV_RCC_RSR FV_REG(0x58024530u)
#define FV_RCC_AHB5ENR FV_REG(0x58024534u)
#define FV_RCC_AHB2ENR FV_REG(0x5802453cu)
#define FV_RCC_AHB4ENR FV_REG(0x58024540u)
#define FV_RCC_APB1ENR1 FV_REG(0x58024548u)
#define FV_RCC_HSION (1u << 0)
#define FV_RCC_HSIRDY (1u << 2)
#define FV_RCC_HSEON (1u << 16)
#define FV_RCC_HSERDY (1u << 17)
#define FV_RCC_HSEBYP (1u << 18)
#define FV_RCC_PLL1ON (1u << 24)
#define FV_RCC_PLL1RDY (1u << 25)
#define FV_RCC_XSPI2 (1u << 12)    /* AHB5ENR, AHB5RSTR */
#define FV_RCC_XSPIM (1u << 14)    /* AHB5ENR, AHB5RSTR: after reset XSPI2 has the pins of port 2 */
#define FV_RCC_SRAM12EN (3u << 29) /* AHB2ENR */
#define FV_RCC_LSION (1u << 0)     /* CSR */
#define FV_RCC_LSIRDY (1u << 1)    /* CSR */
#define FV_RCC_RMVF (1u << 16)     /* RSR: clears all */
#define FV_RCC_OWN_RSTF (1u << 17) /* RSR: OBLRSTF, a cause that other families lack */
#define FV_RCC_OWN_REASON "RESET option bytes: another program wrote them, or asked for them anew; Fovea never does"
#define FV_RCC_BORRSTF (1u << 21)  /* RSR: brown-out */
#define FV_RCC_PINRSTF (1u << 22)  /* RSR */
#define FV_RCC_PORRSTF (1u << 23)  /* RSR: power-on */
#define FV_RCC_SFTRSTF (1u << 24)  /* RSR */
#define FV_RCC_IWDGRSTF (1u << 26) /* RSR */
#define FV_RCC_WWDGRSTF (1u << 28) /* RSR */
#define FV_RCC_LPWRRSTF (1u << 30) /* RSR */

/* Independent watchdog: IWDG */
#define FV_IWDG_BASE 0x58004800u

/* General-purpose I/Os: GPIO */
#define FV_GPIO_BASE 0x58020000u
#define FV_RCC_GPIOENR FV_RCC_AHB4ENR

/* Extended-SPI interface: XSPI2 */
#define FV_OCTOSPI_BASE 0x5200a000u

#endif
