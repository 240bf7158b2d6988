#ifndef STM32H7XX_HAL_H
#define STM32H7XX_HAL_H

#define __CORTEX_M 7U
#include "hal.h"

#endif
