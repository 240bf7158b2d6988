/* Fovea in an STM32Cube project: what the application calls. C and C++. */
#ifndef FOVEA_PORT_HAL_H
#define FOVEA_PORT_HAL_H

#include "main.h" /* CubeMX's: includes the HAL of the family */

#ifdef __cplusplus
extern "C" {
#endif

/* Starts Fovea on a UART that is initialised, and is from then on Fovea's alone. Once, after the MX_..._Init calls, and
 * with FreeRTOS before the scheduler starts. The caller has set up clocks, caches, memory protection and every external
 * memory that generated/fv_config.h names sections for. */
HAL_StatusTypeDef fovea_start(UART_HandleTypeDef *huart);

/* Without an RTOS, from the main loop: answers the host and does one step of the network at most. Returns 0 when there
 * is nothing left to do until the next interrupt. Absent with FreeRTOS, which has two tasks instead. */
int fovea_poll(void);

/* From the HAL's callbacks, unless USE_HAL_UART_REGISTER_CALLBACKS is 1, where fovea_start registers them: from
 * HAL_UARTEx_RxEventCallback, HAL_UART_TxCpltCallback and HAL_UART_ErrorCallback. Other UARTs are passed over. */
void fovea_rx_event(UART_HandleTypeDef *huart, uint16_t size);
void fovea_tx_complete(UART_HandleTypeDef *huart);
void fovea_error(UART_HandleTypeDef *huart);

/* A line of text to the host, at any time, also from interrupts at the UART's priority or below. */
void fv_log(const char *text);

#ifdef __cplusplus
}
#endif

#endif
