/* A watchdog that runs by itself, and what the last reset says. */
#ifndef FV_WATCHDOG_H
#define FV_WATCHDOG_H

/* From here on the board is reset where nobody kicks for FV_WATCHDOG_SECONDS; not while a debugger holds the core. */
enum { FV_WATCHDOG_SECONDS = 2 };
void fv_watchdog_start(void);
void fv_watchdog_kick(void);

/* After the start. Why the core came out of reset, and what to do; NULL where nobody knows. */
const char *fv_watchdog_reset_reason(void);

/* What an attached debugger means; NULL where there is none. */
const char *fv_watchdog_debugger(void);

#endif
