/* What a port supplies to the runtime and the harness, and what it calls. One port per MCU family or emulator. */
#ifndef FV_PORT_H
#define FV_PORT_H

#include <stdint.h>

/* Brings up clocks and every memory that something lies in. Called once, by the reset handler, before variables have
 * their values; a port whose memories are there from the start has none. */
void fv_port_memories(void);

/* What is left: memory protection, tick counter, UART with its interrupts. Called once, before anything else but what
 * keeps these interrupts waiting. */
void fv_port_init(void);

/* Counts up: CPU cycles, executed instructions or nanoseconds (FV_COUNTER in fv_config.h). Any context. */
uint64_t fv_port_ticks(void);

/* Bytes are waiting in fv_link_next_byte: send them. Any context. */
void fv_port_send(void);

/* The rate nearest to `baud` that the line can have; 0 when none is within 2 %, or when the line has no rate that could
 * change. Then changes to it once the bytes before have left the wire; 0: to the rate after reset. The link's context. */
uint32_t fv_port_baud(uint32_t baud);
void fv_port_set_baud(uint32_t baud);

/* Keeps the link's context and interrupts out for a few instructions; returns what fv_port_unlock wants back. Nests.
 * Where the link is a thread it holds this lock in all that it does, so that it is to the inference what an interrupt
 * would be: never seen half-way. */
uint32_t fv_port_lock(void);
void fv_port_unlock(uint32_t state);

/* What was written lies in memory, and what is read next comes from there: no cache of the core holds data any more. */
void fv_port_settle(void);

/* Sleeps until an interrupt, or until woken. Called with the lock held, so that a wake-up between test and sleep is not
 * lost. */
void fv_port_sleep(void);

/* Sends one byte without interrupts: for a fault handler only. */
void fv_port_send_polled(uint8_t byte);

#endif
