/* main.c as CubeMX writes it, with the user's lines in USER CODE blocks. */
#include "main.h"

/* USER CODE BEGIN Includes */
#include "fovea_port_hal.h"
/* USER CODE END Includes */

UART_HandleTypeDef huart1, huart2;
#if WITH_DMA
static DMA_HandleTypeDef hdma_usart1_rx, hdma_usart1_tx;
#endif

static void MX_USART1_UART_Init(void) {
  huart1.Instance = UART_INSTANCE;
#if WITH_DMA
  huart1.hdmarx = &hdma_usart1_rx;
  huart1.hdmatx = &hdma_usart1_tx;
#endif
  if (HAL_UART_Init(&huart1) != HAL_OK) {
    Error_Handler();
  }
}

int main(void) {
  HAL_Init();
  MX_USART1_UART_Init();

  /* USER CODE BEGIN 2 */
  fv_log("before the start");
  fovea_rx_event(&huart2, 1); /* another UART's events are nobody's */
  fovea_tx_complete(&huart2);
  fovea_error(&huart2);
  if (fovea_start(&huart1) != HAL_OK || fovea_start(&huart2) == HAL_OK) {
    Error_Handler();
  }
  /* USER CODE END 2 */

  /* USER CODE BEGIN WHILE */
  while (1) {
    /* USER CODE END WHILE */
    /* USER CODE BEGIN 3 */
    if (!fovea_poll()) {
      __asm volatile("wfi"); /* until an interrupt, of the UART or of any other */
    }
  }
  /* USER CODE END 3 */
}

/* USER CODE BEGIN 4 */
void HAL_UARTEx_RxEventCallback(UART_HandleTypeDef *huart, uint16_t size) { fovea_rx_event(huart, size); }
void HAL_UART_TxCpltCallback(UART_HandleTypeDef *huart) { fovea_tx_complete(huart); }
void HAL_UART_ErrorCallback(UART_HandleTypeDef *huart) { fovea_error(huart); }
/* USER CODE END 4 */

void Error_Handler(void) {
  for (;;) {
  }
}
