/* No RTOS: the main loop calls. Link and inference take turns, so neither ever sees the other half-way. */
#include "fv_hal.h"
#include "fv_images.h"
#include "fv_link.h"
#include "fv_memory.h"
#include "fv_session.h"

void fv_wake_link(void) {}
void fv_wake_inference(void) {}

/* The stack is the application's. */
int fv_memory_use(int i, struct fv_memory_use *use) { return fv_planned_memory_use(i, use); }

/* So is the time. */
int fv_task_time(int i, struct fv_task_time *time) {
  (void)i;
  (void)time;
  return 0;
}

HAL_StatusTypeDef fovea_start(UART_HandleTypeDef *huart) {
  const HAL_StatusTypeDef status = fv_hal_open(huart);
  return status == HAL_OK ? fv_hal_receive() : status;
}

int fovea_poll(void) {
  fv_hal_service();
  fv_link_run();
  return fv_images_infer();
}
