#ifndef FV_FAULT_H
#define FV_FAULT_H

/* Any fault: its registers go to the host, and the core stops. */
void fv_fault(void);

/* Why the board must not go on, in words for the host, again and again. The UART sends, nothing else is needed: not
 * even variables. Does not return. */
void fv_refuse(const char *why);

#endif
