/* The serial link: bytes from and to the port's interrupts, frames to and from the session. It runs in a context of
 * its own (a low-priority interrupt on bare metal, a task under FreeRTOS), so that it answers while an inference runs.
 */
#ifndef FV_LINK_H
#define FV_LINK_H

#include <stddef.h>
#include <stdint.h>
#include "fv_frame.h"

/* From the UART's receive interrupt. */
void fv_link_received(uint8_t byte);

/* From the same: the UART has lost bytes before anybody took them. */
void fv_link_overrun(void);

/* From the UART's transmit interrupt: the next byte to send, or -1. */
int fv_link_next_byte(void);

/* In the link's context: handles what has arrived and what waits to be sent. */
void fv_link_run(void);

/* Sends a frame; waits while the line is behind. The link's context only. */
void fv_link_send(const struct fv_header *header, const void *payload, size_t length);

/* The same piece by piece. */
void fv_send_begin(const struct fv_header *header);
void fv_send_put(const void *bytes, size_t n);
void fv_send_end(void);

/* Changes the line's rate once all that was sent has left, as fv_port_set_baud does; goes back to the rate after reset
 * by itself when nothing readable comes. The link's context only. */
void fv_link_set_baud(uint32_t baud);

/* Supplied by the harness: have fv_link_run called soon; have the inference look for work. Any context. */
void fv_wake_link(void);
void fv_wake_inference(void);

/* Port's ticks when the last byte of the request arrived that is being answered. */
uint64_t fv_link_asked(void);

uint32_t fv_link_bad_frames(void);

/* Bytes that found no room in the ring, and times that the UART lost some. */
uint32_t fv_link_overruns(void);

/* A line of text to the host, at any time and from any context. Cut at 120 characters; dropped, and the loss seen by
 * the host, when lines come faster than the link carries them. */
void fv_log(const char *text);
void fv_log_line(const char *text, size_t length);

/* Of the next LOG frame, for who sends one without the link. */
uint16_t fv_link_log_sequence(void);

#endif
