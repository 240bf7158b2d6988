/* Between fovea_port_hal.c and the harnesses. */
#ifndef FV_HAL_H
#define FV_HAL_H

#include "fovea_port_hal.h"

/* Copies weights that are read from RAM, starts the cycle counter, takes the UART over. Nothing is received yet. */
HAL_StatusTypeDef fv_hal_open(UART_HandleTypeDef *huart);

/* Starts to receive. */
HAL_StatusTypeDef fv_hal_receive(void);

/* Now and then, from the link's context: starts again what the HAL has ended or refused. */
void fv_hal_service(void);

#endif
