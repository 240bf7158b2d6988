#ifndef FV_FAULT_H
#define FV_FAULT_H

/* Any fault: its registers and what they mean go to the host, and the core stops; a watchdog then resets the board. */
void fv_fault(void);

/* Set before a trap: the task whose stack overflowed. */
extern const char *volatile fv_fault_task;

/* Why the board must not go on, in words for the host, again and again. The UART sends, nothing else is needed: not
 * even variables. Does not return. */
void fv_refuse(const char *why);

#endif
