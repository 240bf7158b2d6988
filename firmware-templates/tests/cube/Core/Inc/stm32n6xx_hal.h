#ifndef STM32N6XX_HAL_H
#define STM32N6XX_HAL_H

#define __CORTEX_M 55U
#include "hal.h"

#endif
