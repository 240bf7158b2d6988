/* Registers of the STM32N6 that Fovea uses, at the addresses of the secure state. Source: RM0486; chapters by their
 * names. */
#ifndef FV_CHIP_H
#define FV_CHIP_H

#include "fv_cortex_m.h"

/* Debug support: DBGMCU */
#define FV_DBGMCU_IDCODE FV_REG(0x54001000u)
#define FV_DBGMCU_CR FV_REG(0x54001004u)
#define FV_DBGMCU_SLEEP (1u << 0) /* CR: clocks of the core go on while it sleeps, its cycle counter with them */
#define FV_DBGMCU_APB4FZ FV_REG(0x5400101cu) /* APB4FZ1 */
#define FV_DBGMCU_IWDG (1u << 18)            /* APB4FZ1: stands still while a debugger holds the core */

/* Boot and security control: BSEC. Read only, never written: its fuses last for ever. */
#define FV_BSEC_FVR(word) FV_REG(0x56009000u + 4u * (word))
#define FV_BSEC_SFSR(word) FV_REG(0x56009940u + 4u * ((word) / 32u)) /* whether FVR holds the word */
#define FV_BSEC_HSLV_WORD 124u
#define FV_BSEC_HSLV_VDDIO3 (1u << 15)

/* System configuration controller: SYSCFG */
#define FV_SYSCFG_VDDIO3CCCR FV_REG(0x5600805cu)
#define FV_SYSCFG_COMPENSATE (1u << 8) /* VDDIO3CCCR */

/* Power control: PWR */
#define FV_PWR_CR1 FV_REG(0x56024800u)
#define FV_PWR_VOSCR FV_REG(0x56024820u)
#define FV_PWR_SVMCR3 FV_REG(0x5602483cu)
#define FV_PWR_SDEN (1u << 2)         /* CR1: the chip's own step-down converter */
#define FV_PWR_ACTVOSRDY (1u << 17)   /* VOSCR: the voltage is at its level */
#define FV_PWR_VDDIO3SV (1u << 9)     /* SVMCR3: the supply of port N is there */
#define FV_PWR_VDDIO3VRSEL (1u << 26) /* SVMCR3: it is 1.8 V */

/* Reset and clock control: RCC */
#define FV_RCC(offset) FV_REG(0x56028000u + (offset))
#define FV_RCC_CR FV_RCC(0x000u)
#define FV_RCC_SR FV_RCC(0x004u)
#define FV_RCC_LSI_STATUS FV_RCC_SR
#define FV_RCC_CFGR1 FV_RCC(0x020u)
#define FV_RCC_CFGR2 FV_RCC(0x024u)
#define FV_RCC_RSR FV_RCC(0x034u)
#define FV_RCC_HSECFGR FV_RCC(0x054u)
#define FV_RCC_PLL1CFGR1 FV_RCC(0x080u)
#define FV_RCC_PLL1CFGR2 FV_RCC(0x084u)
#define FV_RCC_PLL1CFGR3 FV_RCC(0x088u)
#define FV_RCC_ICCFGR(n) FV_RCC(0x0c4u + 4u * ((n)-1u))
#define FV_RCC_CCIPR6 FV_RCC(0x158u)
#define FV_RCC_CCIPR13 FV_RCC(0x174u)
#define FV_RCC_AHB5RSTR FV_RCC(0x220u)
#define FV_RCC_MISCENR FV_RCC(0x248u)
#define FV_RCC_MEMENR FV_RCC(0x24cu)
#define FV_RCC_AHB2ENR FV_RCC(0x254u)
#define FV_RCC_AHB4ENR FV_RCC(0x25cu)
#define FV_RCC_AHB5ENR FV_RCC(0x260u)
#define FV_RCC_APB2ENR FV_RCC(0x26cu)
#define FV_RCC_APB4ENR2 FV_RCC(0x278u)
#define FV_RCC_CSR FV_RCC(0x800u)     /* sets bits of CR */
#define FV_RCC_LSI FV_RCC_CSR
#define FV_RCC_DIVENSR FV_RCC(0xa40u) /* sets bits of DIVENR: which of the dividers IC1 to IC20 run */
#define FV_RCC_CCR FV_RCC(0x1000u)    /* clears bits of CR */
#define FV_RCC_LSION (1u << 0)        /* CR */
#define FV_RCC_LSIRDY (1u << 0)       /* SR */
#define FV_RCC_HSI (1u << 3)          /* CR on, SR ready */
#define FV_RCC_HSE (1u << 4)
#define FV_RCC_PLL1 (1u << 8)
#define FV_RCC_RMVF (1u << 16)                /* RSR: clears all */
#define FV_RCC_OWN_RSTF (1u << 17)            /* RSR: LCKRSTF, a cause that other families lack */
#define FV_RCC_OWN_REASON "RESET lockup: the firmware faulted while it reported a fault"
#define FV_RCC_BORRSTF (1u << 21)             /* RSR: brown-out */
#define FV_RCC_PINRSTF (1u << 22)             /* RSR */
#define FV_RCC_PORRSTF (1u << 23)             /* RSR: power-on */
#define FV_RCC_SFTRSTF (1u << 24)             /* RSR */
#define FV_RCC_IWDGRSTF (1u << 26)            /* RSR */
#define FV_RCC_WWDGRSTF (1u << 28)            /* RSR */
#define FV_RCC_LPWRRSTF (1u << 30)            /* RSR */
#define FV_RCC_HSEBYP (1u << 15)              /* HSECFGR */
#define FV_RCC_CPUSW (3u << 16)               /* CFGR1: 0 HSI, 3 IC1 */
#define FV_RCC_SYSSW (3u << 24)               /* CFGR1: 0 HSI, 3 IC2, IC6 and IC11 */
#define FV_RCC_SWITCHED (3u << 20 | 3u << 28) /* CFGR1: which it is */
#define FV_RCC_XSPI2SEL (3u << 4)             /* CCIPR6: 0 AHB */
#define FV_RCC_USART1SEL (7u << 0)            /* CCIPR13: 0 APB2 */
#define FV_RCC_DBGEN (1u << 0)                /* MISCENR */
#define FV_RCC_RAMCFGEN (1u << 12)            /* AHB2ENR */
#define FV_RCC_PWREN (1u << 18)               /* AHB4ENR */
#define FV_RCC_XSPI2 (1u << 12)               /* AHB5ENR, AHB5RSTR */
#define FV_RCC_XSPIM (1u << 13)               /* AHB5ENR, AHB5RSTR: after reset XSPI2 has the pins of port 2 */
#define FV_RCC_SYSCFGEN (1u << 0)             /* APB4ENR2 */
#define FV_RCC_BSECEN (1u << 1)               /* APB4ENR2 */

/* The NPU (Neural-ART), its cache and its memories */
#define FV_RCC_AHB3ENR FV_RCC(0x258u)
#define FV_RCC_MEMLPENR FV_RCC(0x28cu)
#define FV_RCC_AHB5LPENR FV_RCC(0x2a0u)
#define FV_RCC_RIFSCEN (1u << 9)      /* AHB3ENR */
#define FV_RCC_CACHEAXI (1u << 30)    /* AHB5ENR, AHB5RSTR, AHB5LPENR */
#define FV_RCC_NPU (1u << 31)         /* AHB5ENR, AHB5RSTR, AHB5LPENR */
#define FV_RCC_CACHEAXIRAM (1u << 10) /* MEMENR */
#define FV_RCC_RAMS (0xfu | 7u << 7)  /* MEMLPENR: AXISRAM1 to 6, FLEXMEM */
#define FV_NPU_IRQ 53                 /* line 0 of four */

/* Resource isolation framework: RIFSC. Its bus masters and peripherals are numbered. */
#define FV_RIFSC_SECCFGR(n) FV_REG(0x54024010u + 4u * (n))
#define FV_RIFSC_PRIVCFGR(n) FV_REG(0x54024030u + 4u * (n))
#define FV_RIMC_ATTR(n) FV_REG(0x54024c10u + 4u * (n))
#define FV_RIMC_MCID (7u << 4)
#define FV_RIMC_CORE (1u << 4) /* compartment 1 */
#define FV_RIMC_MSEC (1u << 8)
#define FV_RIMC_MPRIV (1u << 9)
#define FV_RIMC_NPU 1u          /* as a master */
#define FV_RISC_NPU_REGISTER 3u /* as a peripheral */
#define FV_RISC_NPU_BIT (1u << 10)

/* Cache of the NPU's accesses to external memory: CACHEAXI */
#define FV_CACHEAXI_CR1 FV_REG(0x580dfc00u)
#define FV_CACHEAXI_SR FV_REG(0x580dfc04u)
#define FV_CACHEAXI_FCR FV_REG(0x580dfc0cu)
#define FV_CACHEAXI_CR2 FV_REG(0x580dfd00u)
#define FV_CACHEAXI_FIRST FV_REG(0x580dfd04u)
#define FV_CACHEAXI_LAST FV_REG(0x580dfd08u)
#define FV_CACHEAXI_EN (1u << 0)             /* CR1 */
#define FV_CACHEAXI_INVALIDATE (1u << 1)     /* CR1 */
#define FV_CACHEAXI_BUSY (1u << 0)           /* SR: of the whole cache */
#define FV_CACHEAXI_BUSY_RANGE (1u << 3)     /* SR */
#define FV_CACHEAXI_ENDS (1u << 1 | 1u << 4) /* FCR */
#define FV_CACHEAXI_START (1u << 0)          /* CR2 */
#define FV_CACHEAXI_CLEAN (1u << 1)          /* CR2 */
#define FV_CACHEAXI_DROP (1u << 2)           /* CR2 */

/* RAM configuration controller: RAMCFG, of AXISRAM n */
#define FV_RAMCFG_CR(n) FV_REG(0x52023000u + 0x80u * ((n)-1u))
#define FV_RAMCFG_SRAMSD (1u << 20) /* shut down */

/* Independent watchdog: IWDG */
#define FV_IWDG_BASE 0x56004800u

/* General-purpose I/Os: GPIO */
#define FV_GPIO_BASE 0x56020000u
#define FV_RCC_GPIOENR FV_RCC_AHB4ENR

/* Extended-SPI interface: XSPI2 */
#define FV_OCTOSPI_BASE 0x5802a000u

#endif
