#ifndef MAIN_H
#define MAIN_H

#ifdef __cplusplus
extern "C" {
#endif

#include HAL_HEADER /* "stm32h7xx_hal.h", "stm32h7rsxx_hal.h" or "stm32n6xx_hal.h", whichever CubeMX writes */

void Error_Handler(void);

#ifdef __cplusplus
}
#endif

#endif
