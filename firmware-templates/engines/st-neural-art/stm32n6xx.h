/* What ST's NPU runtime takes from ST's device header, in its place: the project needs no STM32Cube firmware.
 * Interrupts are ll_aton_osal_user_impl.h's. Source: RM0486, memory map. */
#ifndef STM32N6XX_H
#define STM32N6XX_H

#include <inttypes.h>

#ifndef PRIx64 /* newlib with gcc's own stdint.h, as on Debian, lacks it */
#define PRIx64 "llx"
#endif

#define CPU_IN_SECURE_STATE
#define NPU_BASE_S 0x580e0000UL
#define __STM32N6xx_HAL_VERSION 0x01000000U /* names the handler as current drivers do: NPU0_IRQHandler */

#endif
