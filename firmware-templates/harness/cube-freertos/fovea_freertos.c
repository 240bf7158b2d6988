/* FreeRTOS, called natively, also below CMSIS-RTOS2: two tasks. The link has the higher priority and sleeps on a
 * notification that the UART's callbacks give; the inference fills the time that every other task leaves. All memory
 * is static. */
#include <FreeRTOS.h>
#include <task.h>
#include "fv_config.h"
#include "fv_hal.h"
#include "fv_images.h"
#include "fv_link.h"
#include "fv_memory.h"
#include "fv_session.h"

#if configSUPPORT_STATIC_ALLOCATION != 1
#error "set configSUPPORT_STATIC_ALLOCATION to 1 (CubeMX: FREERTOS, Config parameters, Memory Allocation)"
#endif

#ifndef FOVEA_INFERENCE_PRIORITY
#define FOVEA_INFERENCE_PRIORITY (tskIDLE_PRIORITY + 1)
#endif
#ifndef FOVEA_LINK_PRIORITY
#define FOVEA_LINK_PRIORITY (FOVEA_INFERENCE_PRIORITY + 1)
#endif

enum { SERVICE_MS = 10 };

static FV_STACK_MEMORY StackType_t inference_stack[FV_INFERENCE_STACK_BYTES / sizeof(StackType_t)];
static FV_STACK_MEMORY StackType_t link_stack[FV_LINK_STACK_BYTES / sizeof(StackType_t)];
static StaticTask_t inference_block, link_block;
static TaskHandle_t inference_task, link_task;

static void wake(TaskHandle_t task) {
  if (task == NULL) {
    return; /* before fovea_start */
  }
  if (xPortIsInsideInterrupt()) {
    BaseType_t better = pdFALSE;
    vTaskNotifyGiveFromISR(task, &better);
    portYIELD_FROM_ISR(better);
  } else {
    xTaskNotifyGive(task);
  }
}

void fv_wake_link(void) { wake(link_task); }
void fv_wake_inference(void) { wake(inference_task); }

static void run_link(void *unused) {
  (void)unused;
  (void)fv_hal_receive(); /* its interrupts notify tasks: only now, with the scheduler up */
  for (;;) {
    ulTaskNotifyTake(pdTRUE, pdMS_TO_TICKS(SERVICE_MS));
    fv_hal_service();
    fv_link_run();
  }
}

static void run_inference(void *unused) {
  (void)unused;
  for (;;) {
    if (!fv_images_infer()) {
      ulTaskNotifyTake(pdTRUE, portMAX_DELAY);
    }
  }
}

int fv_memory_use(int i, struct fv_memory_use *use) {
#define STACK_USE(name, stack) \
  fv_stack_use(name, (const uint32_t *)(stack), (const uint32_t *)((stack) + sizeof(stack) / sizeof(stack)[0]))
  switch (i) {
    case 0:
      *use = STACK_USE("inference stack", inference_stack);
      return 1;
    case 1:
      *use = STACK_USE("link stack", link_stack);
      return 1;
    default:
      return fv_planned_memory_use(i - 2, use);
  }
#undef STACK_USE
}

/* The kernel, and what it counts, is the application's. */
int fv_task_time(int i, struct fv_task_time *time) {
  (void)i;
  (void)time;
  return 0;
}

HAL_StatusTypeDef fovea_start(UART_HandleTypeDef *huart) {
  const HAL_StatusTypeDef status = fv_hal_open(huart);
  if (status != HAL_OK) {
    return status;
  }
  fv_paint_stack((uint32_t *)inference_stack, (uint32_t *)inference_stack + sizeof inference_stack / 4);
  fv_paint_stack((uint32_t *)link_stack, (uint32_t *)link_stack + sizeof link_stack / 4);
  inference_task = xTaskCreateStatic(run_inference, "fv_infer", sizeof inference_stack / sizeof inference_stack[0],
                                     NULL, FOVEA_INFERENCE_PRIORITY, inference_stack, &inference_block);
  link_task = xTaskCreateStatic(run_link, "fv_link", sizeof link_stack / sizeof link_stack[0], NULL,
                                FOVEA_LINK_PRIORITY, link_stack, &link_block);
  return HAL_OK;
}
