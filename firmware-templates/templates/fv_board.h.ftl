/* ${view.boardName}: what its start-up code writes to the chip's registers, from the board's file.
<#list view.provenance as line>
 * ${line}
</#list>
 */
#ifndef FV_BOARD_H
#define FV_BOARD_H

#define FV_DEVICE_ID ${view.deviceId}u /* DBGMCU_IDCODE, the lower 12 bits */

/* Supply: what the board is wired for. */
#define FV_HAS_SMPS ${view.converter} /* the chip has a step-down converter */
#define FV_SUPPLY_SMPS_DIRECT ${view.smpsDirect}
#define FV_VOS_BITS ${view.voltageScale}u /* voltage scale 1 */

/* Clocks: ${view.clocks}. */
#define FV_FLASH_WAIT_STATES ${view.waitStates}u
#define FV_FLASH_WRHIGHFREQ ${view.programmingDelay}u
#define FV_HSE_BYPASS ${view.bypass}
#define FV_PLL1_M ${view.pll.m}u
#define FV_PLL1_N ${view.pll.n}u
#define FV_PLL1_P ${view.pll.p}u
#define FV_PLL1_RANGE ${view.pll.range}u
#define FV_AHB_DIVIDER ${view.busDivider}

/* USART ${view.uart}. */
#define FV_UART ${view.uart}
#define FV_UART_KERNEL_HERTZ ${view.uartHertz}u
#define FV_BAUD ${view.baud}u
#define FV_UART_TX_PIN ${view.tx}
#define FV_UART_RX_PIN ${view.rx}

<#list view.externalFlash as flash>
#define FV_EXTERNAL_FLASH 1
#define FV_EXTERNAL_FLASH_MANUFACTURER ${flash.manufacturer}u
#define FV_EXTERNAL_FLASH_LOG2 ${flash.log2Bytes} /* bytes, of all chips together */
#define FV_EXTERNAL_FLASH_PRESCALER ${flash.prescaler}
#define FV_EXTERNAL_FLASH_PINS \
  { ${flash.pins} }
<#else>
#define FV_EXTERNAL_FLASH 0
</#list>

#endif
