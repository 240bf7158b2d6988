/* Bare metal: the main loop infers and sleeps; the link runs in PendSV, the lowest interrupt, so it answers while an
 * inference runs and never delays the UART's interrupts; the supervisor interrupts both fifty times a second. */
#include "fv_config.h"
#include "fv_cortex_m.h"
#include "fv_images.h"
#include "fv_link.h"
#include "fv_memory.h"
#include "fv_port.h"
#include "fv_session.h"
#include "fv_supervisor.h"

enum { SUPERVISOR_HERTZ = 50, SUPERVISOR_PRIORITY = 0xc0 }; /* below the UART, above the link */
_Static_assert(FV_SYSTICK_HERTZ / SUPERVISOR_HERTZ <= 1 << 24, "SysTick counts 24 bits");

/* Who has the core; an interrupt of the UART counts for whom it interrupts. */
enum task { INFERENCE, LINK, SUPERVISOR, IDLE, TASKS };
static uint64_t ticks[TASKS], since;
static enum task running;

/* Returns who had it before. */
static enum task run_as(enum task task) {
  const uint32_t state = fv_port_lock();
  const uint64_t now = fv_port_ticks();
  const enum task before = running;
  ticks[before] += now - since;
  since = now;
  running = task;
  fv_port_unlock(state);
  return before;
}

int fv_task_time(int i, struct fv_task_time *time) {
  static const char *const names[TASKS] = {"inference", "link", "supervisor", "idle"};
  if (i >= TASKS) {
    return 0;
  }
  run_as(running);
  const uint32_t state = fv_port_lock();
  *time = (struct fv_task_time){.name = names[i], .ticks = ticks[i]};
  fv_port_unlock(state);
  return 1;
}

void PendSV_Handler(void);
void PendSV_Handler(void) {
  const enum task before = run_as(LINK);
  fv_alive(FV_LINK_CONTEXT);
  fv_link_run();
  run_as(before);
}

void SysTick_Handler(void);
void SysTick_Handler(void) {
  const enum task before = run_as(SUPERVISOR);
  fv_supervise();
  run_as(before);
}

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

static void start_supervisor(void) {
  FV_SCB_SHPR3 = (FV_SCB_SHPR3 & 0x00ffffffu) | (uint32_t)SUPERVISOR_PRIORITY << 24;
  FV_SYST_RVR = FV_SYSTICK_HERTZ / SUPERVISOR_HERTZ - 1;
  FV_SYST_CVR = 0;
  FV_SYST_CSR = 7; /* the core's clock, interrupt, on */
}

int main(void) {
  fv_paint_stack(fv_stack_start, fv_below_this_frame());
  fv_port_init();
  fv_network_start();
  start_supervisor();
  for (;;) {
    fv_alive(FV_INFERENCE_CONTEXT);
    if (!fv_images_infer()) {
      const uint32_t state = fv_port_lock();
      if (!fv_images_has_work()) {
        run_as(IDLE);
        fv_port_sleep();
        run_as(INFERENCE);
      }
      fv_port_unlock(state);
    }
  }
}
