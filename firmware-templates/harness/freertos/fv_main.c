/* FreeRTOS: two tasks. The link has the higher priority and sleeps on a notification that the UART's interrupts give;
 * the inference fills the time between. Everything is static. */
#include <FreeRTOS.h>
#include <task.h>
#include "fv_config.h"
#include "fv_images.h"
#include "fv_link.h"
#include "fv_memory.h"
#include "fv_port.h"
#include "fv_session.h"

enum { INFERENCE_PRIORITY = 1, LINK_PRIORITY = 2 };

static FV_STACK_MEMORY StackType_t inference_stack[FV_INFERENCE_STACK_BYTES / sizeof(StackType_t)];
static FV_STACK_MEMORY StackType_t link_stack[FV_LINK_STACK_BYTES / sizeof(StackType_t)];
static FV_STACK_MEMORY StackType_t idle_stack[FV_IDLE_STACK_BYTES / sizeof(StackType_t)];
static StaticTask_t inference_block, link_block, idle_block;
static TaskHandle_t inference_task, link_task;

static void wake(TaskHandle_t task) {
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
  fv_port_init(); /* its interrupts notify tasks: only now, with the scheduler up */
  for (;;) {
    ulTaskNotifyTake(pdTRUE, portMAX_DELAY);
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
      *use = fv_stack_use("interrupt stack", fv_stack_start, fv_stack_end);
      return 1;
    case 1:
      *use = STACK_USE("inference stack", inference_stack);
      return 1;
    case 2:
      *use = STACK_USE("link stack", link_stack);
      return 1;
    case 3:
      *use = STACK_USE("idle stack", idle_stack);
      return 1;
    default:
      return fv_planned_memory_use(i - 4, use);
  }
#undef STACK_USE
}

void vApplicationGetIdleTaskMemory(StaticTask_t **block, StackType_t **stack, configSTACK_DEPTH_TYPE *depth) {
  *block = &idle_block;
  *stack = idle_stack;
  *depth = sizeof idle_stack / sizeof idle_stack[0];
}

void vApplicationStackOverflowHook(TaskHandle_t task, char *name);
void vApplicationStackOverflowHook(TaskHandle_t task, char *name) {
  (void)task;
  (void)name;
  __builtin_trap();
}

int main(void) {
  fv_paint_stack(fv_stack_start, fv_below_this_frame());
  inference_task = xTaskCreateStatic(run_inference, "inference", sizeof inference_stack / sizeof inference_stack[0],
                                     NULL, INFERENCE_PRIORITY, inference_stack, &inference_block);
  link_task = xTaskCreateStatic(run_link, "link", sizeof link_stack / sizeof link_stack[0], NULL, LINK_PRIORITY,
                                link_stack, &link_block);
  vTaskStartScheduler();
  for (;;) {
  }
}
