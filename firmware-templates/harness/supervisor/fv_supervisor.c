#include "fv_supervisor.h"
#include <stddef.h>
#include "fv_config.h"
#include "fv_link.h"
#include "fv_port.h"
#include "fv_session.h"
#include "fv_watchdog.h"

/* Ticks between two turns. The longest request is SELFTEST, for which the host waits ten seconds. */
static const struct {
  uint64_t most;
  const char *words;
} contexts[FV_CONTEXTS] = {
    [FV_LINK_CONTEXT] = {10 * FV_CLOCK_HERTZ, "HUNG the link has answered nothing for 10 s: the watchdog resets the board"},
    [FV_INFERENCE_CONTEXT] = {FV_STEP_LIMIT_TICKS,
                              "HUNG a step takes ten times as long as estimated: the watchdog resets the board; run it in a debugger"},
};

static volatile uint32_t turns[FV_CONTEXTS];

void fv_alive(enum fv_context context) { turns[context]++; }

/* As of the last call. */
static uint32_t seen[FV_CONTEXTS];
static uint64_t last, waiting[FV_CONTEXTS];
static int started, told, hung;

/* When the first host has opened a session: before, nobody may listen. */
static void tell(void) {
  if (told || !fv_session_is_open()) {
    return;
  }
  told = 1;
  const char *const lines[] = {fv_watchdog_reset_reason(), fv_watchdog_debugger()};
  for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
    if (lines[i]) {
      fv_log(lines[i]);
    }
  }
}

/* Time that the link takes is not the inference's. */
static void judge(uint64_t elapsed) {
  int link_busy = 0;
  for (int i = 0; i < FV_CONTEXTS; i++) {
    if (turns[i] != seen[i]) {
      seen[i] = turns[i];
      waiting[i] = 0;
    } else if (i == FV_LINK_CONTEXT || !link_busy) {
      waiting[i] += elapsed;
    }
    link_busy |= i == FV_LINK_CONTEXT && waiting[i] > 0;
    if (waiting[i] > contexts[i].most && !hung) {
      hung = 1;
      fv_log(contexts[i].words);
    }
  }
}

void fv_supervise(void) {
  const uint64_t now = fv_port_ticks();
  if (started) {
    judge(now - last);
  } else {
    started = 1;
    fv_watchdog_start();
  }
  last = now;
  if (!hung) {
    fv_watchdog_kick();
  }
  tell();
  fv_wake_link();
  fv_wake_inference();
}
