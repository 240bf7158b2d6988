/* Bare metal: the main loop infers and sleeps; the link runs in PendSV, the lowest interrupt, so it answers while an
 * inference runs and never delays the UART's interrupts. */
#include "fv_config.h"
#include "fv_cortex_m.h"
#include "fv_images.h"
#include "fv_link.h"
#include "fv_memory.h"
#include "fv_port.h"
#include "fv_session.h"

void PendSV_Handler(void);
void PendSV_Handler(void) { fv_link_run(); }

void fv_wake_link(void) { FV_SCB_ICSR = FV_ICSR_PENDSVSET; }

/* An interrupt ends the main loop's sleep: nothing else to do. */
void fv_wake_inference(void) {}

int fv_memory_use(int i, struct fv_memory_use *use) {
  switch (i) {
    case 0:
      *use = fv_stack_use("main stack", fv_stack_start, fv_stack_end);
      return 1;
    default:
      return fv_planned_memory_use(i - 1, use);
  }
}

int main(void) {
  fv_paint_stack(fv_stack_start, fv_below_this_frame());
  fv_port_init();
  for (;;) {
    if (!fv_images_infer()) {
      const uint32_t state = fv_port_lock();
      if (!fv_images_has_work()) {
        fv_port_sleep();
      }
      fv_port_unlock(state);
    }
  }
}
