/* HAL of the test: CMSDK UART of QEMU's mps2-an500 or mps3-an547 in place of an STM32's. A DMA is played by the interrupt, and the cache
 * by a copy of memory that only the DMA sees: what was not written back is not sent, what was not dropped is not read. */
#include "main.h"
#include <string.h>

#if __CORTEX_M == 55
enum { IRQ = 33, HERTZ = 32000000 }; /* and 34; below them a word of other interrupts */
#else
enum { IRQ = 0, HERTZ = 25000000 }; /* and 1 */
#endif
#define UART(at) (*(volatile uint32_t *)(UART_INSTANCE + (at)))
#define DATA UART(0)
#define STATE UART(4)
#define CTRL UART(8)
#define INTCLEAR UART(12)
#define BAUDDIV UART(16)
#define NVIC_ENABLE ((volatile uint32_t *)0xe000e100u)
#define NVIC_PRIORITY ((volatile uint8_t *)0xe000e400u)

enum { TX_FULL = 1, RX_FULL = 2, LINE = 32, MOST = 256 };

uint32_t SystemCoreClock = HERTZ;

static UART_HandleTypeDef *uart; /* the one that has interrupts */
static int receives_by_dma;
static int heard; /* a byte has come: before, an emulated line may have no reader yet, and what it sends is lost */
static uint8_t rx_memory[MOST], tx_memory[MOST];
static uint8_t *rx_base;

static void fail(void) { __builtin_trap(); }

static void check_lines(volatile void *address, int32_t bytes) {
  if ((uintptr_t)address % LINE != 0 || bytes <= 0 || bytes % LINE != 0 || bytes > MOST) {
    fail(); /* of the last line's other bytes something would be lost */
  }
}

void SCB_CleanDCache_by_Addr(volatile void *address, int32_t bytes) {
  check_lines(address, bytes);
  if (receives_by_dma && address == rx_base) {
    fail(); /* over what the DMA writes */
  }
  memcpy(tx_memory, (const void *)address, (size_t)bytes);
}

void SCB_InvalidateDCache_by_Addr(volatile void *address, int32_t bytes) {
  check_lines(address, bytes);
  if (receives_by_dma && address == rx_base) {
    memcpy((void *)address, rx_memory, (size_t)bytes);
  }
}

/* Only the DMA's memories are kept apart here: all else is in its memory at once. */
void SCB_CleanInvalidateDCache(void) {}

/* A tick of 1 ms, as ST's does; FreeRTOS sets it again. */
HAL_StatusTypeDef HAL_Init(void) {
  *(volatile uint32_t *)0xe000e014u = SystemCoreClock / 1000u - 1u;
  *(volatile uint32_t *)0xe000e018u = 0;
  *(volatile uint32_t *)0xe000e010u = 7;
  return HAL_OK;
}

HAL_StatusTypeDef HAL_UART_Init(UART_HandleTypeDef *huart) {
  huart->gState = HAL_UART_STATE_READY;
  huart->RxState = HAL_UART_STATE_READY;
  if (huart->Instance == UART_INSTANCE) {
    uart = huart;
    BAUDDIV = 16;
    CTRL = 0xf;
    NVIC_PRIORITY[IRQ] = NVIC_PRIORITY[IRQ + 1] = 0xa0;
    NVIC_ENABLE[IRQ / 32] = 3u << IRQ % 32;
  }
  return HAL_OK;
}

static void tell(uint16_t size) {
#if USE_HAL_UART_REGISTER_CALLBACKS == 1
  if (uart->RxEventCallback) {
    uart->RxEventCallback(uart, size);
  }
#else
  HAL_UARTEx_RxEventCallback(uart, size);
#endif
}

static HAL_StatusTypeDef receive(UART_HandleTypeDef *huart, uint8_t *bytes, uint16_t size) {
  if (huart->RxState != HAL_UART_STATE_READY) {
    return HAL_BUSY;
  }
  huart->pRxBuffPtr = bytes;
  huart->RxXferSize = huart->RxXferCount = size;
  __asm volatile("" ::: "memory");
  huart->RxState = HAL_UART_STATE_BUSY_RX; /* last: from now on the interrupt stores */
  return HAL_OK;
}

HAL_StatusTypeDef HAL_UARTEx_ReceiveToIdle_IT(UART_HandleTypeDef *huart, uint8_t *bytes, uint16_t size) {
  receives_by_dma = 0;
  return receive(huart, bytes, size);
}

#if defined(HAL_DMA_MODULE_ENABLED)
HAL_StatusTypeDef HAL_UARTEx_ReceiveToIdle_DMA(UART_HandleTypeDef *huart, uint8_t *bytes, uint16_t size) {
  if (huart->hdmarx == NULL || size > MOST) {
    return HAL_ERROR;
  }
  receives_by_dma = 1;
  rx_base = bytes;
  return receive(huart, bytes, size);
}
#endif

/* A byte from the line. The emulated one has no idle state: now and then a pause is told, and always once at a
 * delimiter. */
static void arrived(uint8_t byte) {
  heard = 1;
  if (uart->RxState != HAL_UART_STATE_BUSY_RX) {
    return; /* lost */
  }
  const uint16_t at = (uint16_t)(uart->RxXferSize - uart->RxXferCount);
  (receives_by_dma ? rx_memory : uart->pRxBuffPtr)[at] = byte;
  uart->RxXferCount--;
  const uint16_t size = (uint16_t)(at + 1);
  if (uart->RxXferCount == 0) {
    if (receives_by_dma) {
      uart->RxXferCount = uart->RxXferSize; /* in a circle */
      tell(size);
      tell(size); /* and a pause right behind */
    } else {
      uart->RxState = HAL_UART_STATE_READY;
      tell(size);
    }
  } else if (receives_by_dma) {
    if (size == uart->RxXferSize / 2 || byte == 0) {
      tell(size);
    }
  } else if (byte == 0) {
    uart->RxState = HAL_UART_STATE_READY;
    tell(size);
  }
}

static void transmit_more(void) {
  while (uart->gState == HAL_UART_STATE_BUSY_TX && !(STATE & TX_FULL)) {
    if (uart->TxXferCount == 0) {
      uart->gState = HAL_UART_STATE_READY;
#if USE_HAL_UART_REGISTER_CALLBACKS == 1
      if (uart->TxCpltCallback) {
        uart->TxCpltCallback(uart);
      }
#else
      HAL_UART_TxCpltCallback(uart);
#endif
      return;
    }
    DATA = uart->pTxBuffPtr[uart->TxXferSize - uart->TxXferCount];
    uart->TxXferCount--;
  }
}

static HAL_StatusTypeDef transmit(UART_HandleTypeDef *huart, const uint8_t *bytes, uint16_t size) {
  static unsigned calls;
  if (!heard || huart->gState != HAL_UART_STATE_READY || ++calls % 16 == 0) {
    return HAL_BUSY; /* now and then as if its lock were held */
  }
  huart->pTxBuffPtr = bytes;
  huart->TxXferSize = huart->TxXferCount = size;
  huart->gState = HAL_UART_STATE_BUSY_TX;
  DATA = huart->pTxBuffPtr[0]; /* its interrupt goes on */
  huart->TxXferCount--;
  return HAL_OK;
}

HAL_StatusTypeDef HAL_UART_Transmit_IT(UART_HandleTypeDef *huart, const uint8_t *bytes, uint16_t size) {
  return transmit(huart, bytes, size);
}

#if defined(HAL_DMA_MODULE_ENABLED)
HAL_StatusTypeDef HAL_UART_Transmit_DMA(UART_HandleTypeDef *huart, const uint8_t *bytes, uint16_t size) {
  (void)bytes;
  return huart->hdmatx == NULL || size > MOST ? HAL_ERROR : transmit(huart, tx_memory, size);
}
#endif

void HAL_UART_IRQHandler(UART_HandleTypeDef *huart) {
  if (huart != uart) {
    fail();
  }
  INTCLEAR = 3;
  while (STATE & RX_FULL) {
    arrived((uint8_t)DATA);
  }
  transmit_more();
}

#if USE_HAL_UART_REGISTER_CALLBACKS == 1
HAL_StatusTypeDef HAL_UART_RegisterCallback(UART_HandleTypeDef *huart, HAL_UART_CallbackIDTypeDef id,
                                            void (*callback)(UART_HandleTypeDef *huart)) {
  if (id == HAL_UART_TX_COMPLETE_CB_ID) {
    huart->TxCpltCallback = callback;
  } else {
    huart->ErrorCallback = callback;
  }
  return HAL_OK;
}

HAL_StatusTypeDef HAL_UART_RegisterRxEventCallback(UART_HandleTypeDef *huart,
                                                   void (*callback)(UART_HandleTypeDef *huart, uint16_t size)) {
  huart->RxEventCallback = callback;
  return HAL_OK;
}
#endif
