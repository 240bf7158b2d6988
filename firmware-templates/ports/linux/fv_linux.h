/* What the Linux port has beside fv_port.h. */
#ifndef FV_LINUX_H
#define FV_LINUX_H

/* Ends fv_port_sleep. Who calls it holds the lock, or has held it since what it wakes for. */
void fv_linux_wake(void);

#endif
