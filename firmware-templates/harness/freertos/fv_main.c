/* FreeRTOS: three tasks. The inference has the lowest priority and takes what time is left. The link preempts it and
 * sleeps on a notification that the UART's interrupts give, so that a request is answered while an inference runs. The
 * supervisor preempts both for some microseconds ten times a second, so that neither can keep it from its watch.
 * Everything is static. */
#include <FreeRTOS.h>
#include <task.h>
#include "fv_config.h"
#include "fv_fault.h"
#include "fv_images.h"
#include "fv_link.h"
#include "fv_memory.h"
#include "fv_port.h"
#include "fv_session.h"
#include "fv_supervisor.h"

enum { INFERENCE_PRIORITY = 1, LINK_PRIORITY = 2, SUPERVISOR_PRIORITY = 3 };
enum { SUPERVISOR_MS = 100 };

static FV_STACK_MEMORY StackType_t inference_stack[FV_INFERENCE_STACK_BYTES / sizeof(StackType_t)];
static FV_STACK_MEMORY StackType_t link_stack[FV_LINK_STACK_BYTES / sizeof(StackType_t)];
static FV_STACK_MEMORY StackType_t supervisor_stack[FV_SUPERVISOR_STACK_BYTES / sizeof(StackType_t)];
static FV_STACK_MEMORY StackType_t idle_stack[FV_IDLE_STACK_BYTES / sizeof(StackType_t)];
static StaticTask_t inference_block, link_block, supervisor_block, idle_block;
static TaskHandle_t inference_task, link_task, supervisor_task;

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
  for (;;) {
    ulTaskNotifyTake(pdTRUE, portMAX_DELAY);
    fv_alive(FV_LINK_CONTEXT);
    fv_link_run();
  }
}

static void run_inference(void *unused) {
  (void)unused;
  fv_network_start();
  for (;;) {
    fv_alive(FV_INFERENCE_CONTEXT);
    if (!fv_images_infer()) {
      ulTaskNotifyTake(pdTRUE, portMAX_DELAY);
    }
  }
}

static void run_supervisor(void *unused) {
  (void)unused;
  for (;;) {
    fv_supervise();
    vTaskDelay(pdMS_TO_TICKS(SUPERVISOR_MS));
  }
}

/* As the kernel counts at each switch; interrupts count for the task that they interrupt. */
int fv_task_time(int i, struct fv_task_time *time) {
  const struct {
    TaskHandle_t task;
    const char *name;
  } tasks[] = {{inference_task, "inference"},
               {link_task, "link"},
               {supervisor_task, "supervisor"},
               {xTaskGetIdleTaskHandle(), "idle"}};
  if (i >= (int)(sizeof tasks / sizeof tasks[0])) {
    return 0;
  }
  *time = (struct fv_task_time){.name = tasks[i].name, .ticks = ulTaskGetRunTimeCounter(tasks[i].task)};
  return 1;
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
      *use = STACK_USE("supervisor stack", supervisor_stack);
      return 1;
    case 4:
      *use = STACK_USE("idle stack", idle_stack);
      return 1;
    default:
      return fv_planned_memory_use(i - 5, use);
  }
#undef STACK_USE
}

void vApplicationGetIdleTaskMemory(StaticTask_t **block, StackType_t **stack, configSTACK_DEPTH_TYPE *depth) {
  *block = &idle_block;
  *stack = idle_stack;
  *depth = sizeof idle_stack / sizeof idle_stack[0];
}

void vApplicationIdleHook(void);
void vApplicationIdleHook(void) { fv_port_sleep(); }

void vApplicationStackOverflowHook(TaskHandle_t task, char *name);
void vApplicationStackOverflowHook(TaskHandle_t task, char *name) {
  (void)task;
  fv_fault_task = name;
  __builtin_trap();
}

int main(void) {
  fv_paint_stack(fv_stack_start, fv_below_this_frame());
  inference_task = xTaskCreateStatic(run_inference, "inference", sizeof inference_stack / sizeof inference_stack[0],
                                     NULL, INFERENCE_PRIORITY, inference_stack, &inference_block);
  link_task = xTaskCreateStatic(run_link, "link", sizeof link_stack / sizeof link_stack[0], NULL, LINK_PRIORITY,
                                link_stack, &link_block);
  supervisor_task =
      xTaskCreateStatic(run_supervisor, "supervisor", sizeof supervisor_stack / sizeof supervisor_stack[0], NULL,
                        SUPERVISOR_PRIORITY, supervisor_stack, &supervisor_block);
  fv_port_init(); /* once a task was made the kernel keeps its interrupts out until the first one runs */
  vTaskStartScheduler();
  for (;;) {
  }
}
