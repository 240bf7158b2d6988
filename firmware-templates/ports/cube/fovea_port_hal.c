/* The serial line by ST's HAL, by DMA where the handle has one and by interrupts where it has none, and the core's
 * cycle counter. Sources: UM2217 (HAL UART), Armv7-M Architecture Reference Manual C1.8 (DWT), PM0253 (caches). */
#include "fovea_port_hal.h"
#include <string.h>
#include "fv_config.h"
#include "fv_cortex_m.h"
#include "fv_hal.h"
#include "fv_link.h"
#include "fv_port.h"

#if __CORTEX_M != FV_CORTEX_M
#error "this folder was generated for another core: fovea generate --board"
#endif

enum { RX_BYTES = 256, TX_BYTES = 256, CACHE_LINE = 32 };
_Static_assert(RX_BYTES + TX_BYTES == FV_DMA_BYTES, "generated/fovea.ld has the planned size");
_Static_assert(RX_BYTES % CACHE_LINE == 0 && TX_BYTES % CACHE_LINE == 0, "no cache line is shared with anything");

/* Lines of the cache that hold nothing else. The core never writes what a DMA receives. */
static FV_DMA_MEMORY struct {
  uint8_t rx[RX_BYTES], tx[TX_BYTES];
} dma;

static UART_HandleTypeDef *line; /* NULL until fovea_start */
static uint32_t rx_at;           /* of dma.rx: the first byte that was not taken yet */
static uint16_t chunk;           /* bytes in dma.tx that wait or are under way */
static int sending;

/* Caches. What they do is harmless where the memory is not cached. */
#if defined(__DCACHE_PRESENT) && __DCACHE_PRESENT == 1U
static void write_back(void *bytes, int32_t n) { SCB_CleanDCache_by_Addr(bytes, n); }
static void drop_cached(void *bytes, int32_t n) { SCB_InvalidateDCache_by_Addr(bytes, n); }
void fv_port_settle(void) { SCB_CleanInvalidateDCache(); }
#else
static void write_back(void *bytes, int32_t n) {
  (void)bytes;
  (void)n;
}
static void drop_cached(void *bytes, int32_t n) {
  (void)bytes;
  (void)n;
}
void fv_port_settle(void) {}
#endif

/* A HAL of newer families knows of no DMA unless CubeMX has switched its module on. */
#if defined(HAL_DMA_MODULE_ENABLED)
static int has_rx_dma(void) { return line->hdmarx != NULL; }
static int has_tx_dma(void) { return line->hdmatx != NULL; }
static HAL_StatusTypeDef receive_by_dma(void) { return HAL_UARTEx_ReceiveToIdle_DMA(line, dma.rx, RX_BYTES); }
static HAL_StatusTypeDef send_by_dma(void) { return HAL_UART_Transmit_DMA(line, dma.tx, chunk); }
#else
static int has_rx_dma(void) { return 0; }
static int has_tx_dma(void) { return 0; }
static HAL_StatusTypeDef receive_by_dma(void) { return HAL_ERROR; }
static HAL_StatusTypeDef send_by_dma(void) { return HAL_ERROR; }
#endif

HAL_StatusTypeDef fv_hal_receive(void) {
  rx_at = 0;
  if (!has_rx_dma()) {
    return HAL_UARTEx_ReceiveToIdle_IT(line, dma.rx, RX_BYTES);
  }
  write_back(dma.rx, RX_BYTES); /* of before: nothing may be evicted over what the DMA writes */
  drop_cached(dma.rx, RX_BYTES);
  return receive_by_dma();
}

static void take(uint32_t end) {
  for (; rx_at < end; rx_at++) {
    fv_link_received(dma.rx[rx_at]);
  }
}

/* In a circle, half a buffer, a full one and a pause each tell how far the DMA has written; a pause right after a full
 * one tells the same again. Otherwise the buffer is full or the line silent, and reception has ended. */
void fovea_rx_event(UART_HandleTypeDef *huart, uint16_t size) {
  if (huart != line) {
    return;
  }
  if (has_rx_dma()) {
    drop_cached(dma.rx, RX_BYTES);
  }
  if (line->RxState == HAL_UART_STATE_READY) {
    take(size);
    (void)fv_hal_receive();
    return;
  }
  const uint32_t end = size % RX_BYTES;
  if (end < rx_at) {
    take(RX_BYTES);
    rx_at = 0;
  }
  take(end);
}

/* Link and interrupts locked out. What the HAL refuses because the interrupted code holds its lock, fv_hal_service
 * tries again. */
static void send_more(void) {
  if (sending && line->gState == HAL_UART_STATE_READY) {
    sending = 0;
    chunk = 0;
  }
  if (sending) {
    return;
  }
  while (chunk < TX_BYTES) {
    const int byte = fv_link_next_byte();
    if (byte < 0) {
      break;
    }
    dma.tx[chunk++] = (uint8_t)byte;
  }
  if (chunk == 0) {
    return;
  }
  HAL_StatusTypeDef status;
  if (has_tx_dma()) {
    write_back(dma.tx, TX_BYTES);
    status = send_by_dma();
  } else {
    status = HAL_UART_Transmit_IT(line, dma.tx, chunk);
  }
  sending = status == HAL_OK;
}

void fv_port_send(void) {
  const uint32_t state = fv_port_lock();
  if (line != NULL) {
    send_more();
  }
  fv_port_unlock(state);
}

/* The handle and its rate are the application's. */
uint32_t fv_port_baud(uint32_t baud) {
  (void)baud;
  return 0;
}

void fv_port_set_baud(uint32_t baud) { (void)baud; }

void fovea_tx_complete(UART_HandleTypeDef *huart) {
  if (huart == line) {
    fv_port_send();
  }
}

/* A lost byte shows in its frame's CRC, and the host sends the frame again; the HAL may have ended reception. */
void fovea_error(UART_HandleTypeDef *huart) {
  if (huart == line && line->RxState == HAL_UART_STATE_READY) {
    (void)fv_hal_receive();
  }
}

void fv_hal_service(void) {
  const uint32_t state = fv_port_lock();
  if (line->RxState == HAL_UART_STATE_READY) {
    (void)fv_hal_receive();
  }
  send_more();
  fv_port_unlock(state);
}

#define DEMCR FV_REG(0xe000edfcu)
#define DWT_CTRL FV_REG(0xe0001000u)
#define DWT_CYCCNT FV_REG(0xe0001004u)
#define DWT_LAR FV_REG(0xe0001fb0u) /* CoreSight's lock of the Cortex-M7 */
#define TRCENA (1u << 24)
#define CYCCNTENA 1u
#define UNLOCK 0xc5acce55u

static uint64_t elapsed;
static uint32_t last;

static void count_cycles(void) {
  DEMCR |= TRCENA;
#if FV_CORTEX_M == 7
  DWT_LAR = UNLOCK;
#endif
  DWT_CTRL |= CYCCNTENA;
}

/* The counter wraps after 2^32 cycles, 5 s at 800 MHz: a step of a plan is shorter. */
uint64_t fv_port_ticks(void) {
  const uint32_t state = fv_port_lock();
  const uint32_t now = DWT_CYCCNT;
  elapsed += now - last;
  last = now;
  const uint64_t ticks = elapsed;
  fv_port_unlock(state);
  return ticks;
}

HAL_StatusTypeDef fv_hal_open(UART_HandleTypeDef *huart) {
  if (huart == NULL || line != NULL) {
    return HAL_ERROR;
  }
  for (uint32_t i = 0; i < fv_copy_count; i++) {
    memcpy(fv_copies[i].to, fv_copies[i].from, (size_t)(fv_copies[i].end - fv_copies[i].to));
  }
  count_cycles();
#if defined(USE_HAL_UART_REGISTER_CALLBACKS) && USE_HAL_UART_REGISTER_CALLBACKS == 1
  if (HAL_UART_RegisterCallback(huart, HAL_UART_TX_COMPLETE_CB_ID, fovea_tx_complete) != HAL_OK ||
      HAL_UART_RegisterCallback(huart, HAL_UART_ERROR_CB_ID, fovea_error) != HAL_OK ||
      HAL_UART_RegisterRxEventCallback(huart, fovea_rx_event) != HAL_OK) {
    return HAL_ERROR;
  }
#endif
  line = huart;
  return HAL_OK;
}
