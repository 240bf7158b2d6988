/* With FreeRTOS: main.c as CubeMX writes it, with the user's lines in USER CODE blocks. */
#include "main.h"

/* USER CODE BEGIN Includes */
#include <FreeRTOS.h>
#include <task.h>
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

static StackType_t blinky_stack[128], idle_stack[128];
static StaticTask_t blinky_block, idle_block;

/* A task of the user's that often wakes. */
static void run_blinky(void *unused) {
  (void)unused;
  for (;;) {
    vTaskDelay(1);
  }
}

void vApplicationIdleHook(void);
void vApplicationIdleHook(void) { __asm volatile("wfi"); }

void vApplicationGetIdleTaskMemory(StaticTask_t **block, StackType_t **stack, configSTACK_DEPTH_TYPE *depth) {
  *block = &idle_block;
  *stack = idle_stack;
  *depth = 128;
}

int main(void) {
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

  xTaskCreateStatic(run_blinky, "blinky", 128, NULL, 3, blinky_stack, &blinky_block);
  vTaskStartScheduler(); /* osKernelStart */
  Error_Handler();
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
