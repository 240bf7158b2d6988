/* The line to the host as Linux has it: a serial device, a TCP connection, or standard input and output. One at a time.
 * What goes wrong is said on standard error. */
#ifndef FV_LINE_H
#define FV_LINE_H

#include <stddef.h>
#include <stdint.h>

/* Opens the line; returns 0, or -1 when that failed. TCP: connections are waited for at this IPv4 address; port 0 lets
 * Linux choose one. */
int fv_line_open_tty(const char *device, uint32_t baud);
int fv_line_open_tcp(const char *address, uint16_t port);
int fv_line_open_stdio(void);

/* Waits for a host. Returns 0 when there is one, -1 when there will be none any more. */
int fv_line_await_host(void);

/* Waits for bytes of the host, or for fv_line_wake. Returns how many came, -1 when the host is gone. */
int fv_line_wait(uint8_t *bytes, size_t most);

/* Ends fv_line_wait, or the next one. Any thread. */
void fv_line_wake(void);

/* Sends all bytes; waits while the line is behind. Drops them when the host is gone. */
void fv_line_write(const uint8_t *bytes, size_t n);

/* As fv_port_baud and fv_port_set_baud; a serial device has a rate. */
uint32_t fv_line_baud(uint32_t baud);
void fv_line_set_baud(uint32_t baud);

/* Gives a serial device its settings back. Safe in a signal handler. */
void fv_line_restore(void);

#endif
