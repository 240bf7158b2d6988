/* Where there is no watchdog: an emulated board. */
#include <stddef.h>
#include "fv_watchdog.h"

void fv_watchdog_start(void) {}
void fv_watchdog_kick(void) {}
const char *fv_watchdog_reset_reason(void) { return NULL; }
const char *fv_watchdog_debugger(void) { return NULL; }
