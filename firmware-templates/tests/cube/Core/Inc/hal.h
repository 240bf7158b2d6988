/* What Fovea uses of ST's HAL and of CMSIS, in declarations of our own. Of newer families what has to do with DMA is there
 * only where CubeMX has switched the HAL's DMA module on. */
#ifndef HAL_H
#define HAL_H

#include <stddef.h>
#include <stdint.h>

#define __DCACHE_PRESENT 1U

typedef enum { HAL_OK = 0, HAL_ERROR = 1, HAL_BUSY = 2, HAL_TIMEOUT = 3 } HAL_StatusTypeDef;
enum { HAL_UART_STATE_RESET = 0, HAL_UART_STATE_READY = 0x20, HAL_UART_STATE_BUSY_TX = 0x21, HAL_UART_STATE_BUSY_RX = 0x22 };
typedef uint32_t HAL_UART_StateTypeDef;

#if __CORTEX_M == 55
#define UART_INSTANCE 0x59303000u
#else
#define UART_INSTANCE 0x40004000u
#endif

typedef struct {
  int channel;
} DMA_HandleTypeDef;

typedef struct __UART_HandleTypeDef {
  uint32_t Instance;
  const uint8_t *pTxBuffPtr;
  uint16_t TxXferSize;
  volatile uint16_t TxXferCount;
  uint8_t *pRxBuffPtr;
  uint16_t RxXferSize;
  volatile uint16_t RxXferCount;
#if defined(HAL_DMA_MODULE_ENABLED)
  DMA_HandleTypeDef *hdmatx, *hdmarx;
#endif
  volatile HAL_UART_StateTypeDef gState, RxState;
#if USE_HAL_UART_REGISTER_CALLBACKS == 1
  void (*TxCpltCallback)(struct __UART_HandleTypeDef *huart);
  void (*ErrorCallback)(struct __UART_HandleTypeDef *huart);
  void (*RxEventCallback)(struct __UART_HandleTypeDef *huart, uint16_t size);
#endif
} UART_HandleTypeDef;

HAL_StatusTypeDef HAL_Init(void);
HAL_StatusTypeDef HAL_UART_Init(UART_HandleTypeDef *huart);
void HAL_UART_IRQHandler(UART_HandleTypeDef *huart);
HAL_StatusTypeDef HAL_UART_Transmit_IT(UART_HandleTypeDef *huart, const uint8_t *bytes, uint16_t size);
HAL_StatusTypeDef HAL_UARTEx_ReceiveToIdle_IT(UART_HandleTypeDef *huart, uint8_t *bytes, uint16_t size);
#if defined(HAL_DMA_MODULE_ENABLED)
HAL_StatusTypeDef HAL_UART_Transmit_DMA(UART_HandleTypeDef *huart, const uint8_t *bytes, uint16_t size);
HAL_StatusTypeDef HAL_UARTEx_ReceiveToIdle_DMA(UART_HandleTypeDef *huart, uint8_t *bytes, uint16_t size);
#endif
void HAL_UARTEx_RxEventCallback(UART_HandleTypeDef *huart, uint16_t size);
void HAL_UART_TxCpltCallback(UART_HandleTypeDef *huart);
void HAL_UART_ErrorCallback(UART_HandleTypeDef *huart);

#if USE_HAL_UART_REGISTER_CALLBACKS == 1
typedef enum { HAL_UART_TX_COMPLETE_CB_ID = 1, HAL_UART_ERROR_CB_ID = 4 } HAL_UART_CallbackIDTypeDef;
HAL_StatusTypeDef HAL_UART_RegisterCallback(UART_HandleTypeDef *huart, HAL_UART_CallbackIDTypeDef id,
                                            void (*callback)(UART_HandleTypeDef *huart));
HAL_StatusTypeDef HAL_UART_RegisterRxEventCallback(UART_HandleTypeDef *huart,
                                                   void (*callback)(UART_HandleTypeDef *huart, uint16_t size));
#endif

void SCB_CleanDCache_by_Addr(volatile void *address, int32_t bytes);
void SCB_InvalidateDCache_by_Addr(volatile void *address, int32_t bytes);
void SCB_CleanInvalidateDCache(void);

#endif
