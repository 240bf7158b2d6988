/* The device's side of the protocol: requests in, answers out. docs/PROTOCOL.md is the specification. Link
 * context; fv_images.h has the inference's side. A request may come twice: the second answer equals the first.
 */
#ifndef FV_SESSION_H
#define FV_SESSION_H

#include <stddef.h>
#include <stdint.h>
#include "fv_frame.h"

enum fv_request {
  FV_HELLO = 0x01,
  FV_BEGIN = 0x02,
  FV_ROW = 0x03,
  FV_STATUS = 0x04,
  FV_TENSOR = 0x05,
  FV_READ_PROFILE = 0x06,
  FV_READ_CRCS = 0x07,
  FV_MEMORY = 0x08,
  FV_SELFTEST = 0x09,
  FV_RESTART = 0x0a,
  FV_RELEASE = 0x0b,
  FV_LOAD = 0x0c,
  FV_SET_BAUD = 0x0d,
  FV_READ_BOXES = 0x0e,
  FV_CELLS = 0x0f,
  FV_ERROR = 0x7f,
  FV_ANSWER = 0x80 /* or-ed to the request's type */
};

enum fv_error {
  FV_ERROR_VERSION = 1,
  FV_ERROR_NO_SESSION = 2,
  FV_ERROR_NO_IMAGE = 3,
  FV_ERROR_LENGTH = 5,
  FV_ERROR_BUSY = 6,
  FV_ERROR_NOT_DONE = 7,
  FV_ERROR_RANGE = 8,
  FV_ERROR_UNKNOWN = 9,
  FV_ERROR_FAULT = 10, /* its text says which */
  FV_ERROR_NOT_HELD = 11
};

/* Link context: a frame of the host has arrived. */
void fv_session_request(const struct fv_frame *frame);

/* Link context: tells the host what has changed for its rows and results. */
void fv_session_continue(void);

/* Whether a host has said hello; any context. */
int fv_session_is_open(void);

/* Supplied by the harness: the i-th entry of the MEMORY answer, bytes and high-water mark; 0 when there is none. */
struct fv_memory_use {
  const char *name;
  uint32_t size, used;
};
int fv_memory_use(int i, struct fv_memory_use *use);

/* Supplied by the harness: the i-th entry of the LOAD answer, ticks of the core since start; 0 when there is none. */
struct fv_task_time {
  const char *name;
  uint64_t ticks;
};
int fv_task_time(int i, struct fv_task_time *time);

#endif
