/* Last words of a firmware that cannot go on: one LOG frame, without interrupts. */
#include "fv_fault.h"
#include <string.h>
#include "fv_cortex_m.h"
#include "fv_frame.h"
#include "fv_port.h"

enum { LOG_TYPE = 0x60, LINE_CHARS = 120, PAUSE = 20000000 };

static char line[LINE_CHARS];
static uint8_t wire[FV_HEADER_BYTES + sizeof line + FV_CRC_BYTES + 4];

static char *text(char *to, const char *from) {
  const size_t length = strlen(from), room = (size_t)(line + sizeof line - to);
  const size_t n = length < room ? length : room;
  memcpy(to, from, n);
  return to + n;
}

static char *hex(char *to, uint32_t value) {
  for (int shift = 28; shift >= 0; shift -= 4) {
    *to++ = "0123456789abcdef"[value >> shift & 15];
  }
  return to;
}

/* What lies in line up to end. */
static void send(const char *end) {
  const struct fv_header header = {.type = LOG_TYPE};
  struct fv_encoder encoder;
  fv_encoder_begin(&encoder, wire, FV_NO_RING, 0, &header);
  fv_put(&encoder, line, (size_t)(end - line));
  const uint32_t length = fv_encoder_end(&encoder);
  fv_port_send_polled(0); /* ends whatever was under way */
  for (uint32_t i = 0; i < length; i++) {
    fv_port_send_polled(wire[i]);
  }
}

void fv_fault(void) {
  char *p = hex(text(line, "FAULT cfsr "), FV_SCB_CFSR);
  p = hex(text(p, " hfsr "), FV_SCB_HFSR);
  p = hex(text(p, " mmfar "), FV_SCB_MMFAR);
  send(hex(text(p, " bfar "), FV_SCB_BFAR));
  for (;;) {
  }
}

void fv_refuse(const char *why) {
  for (;;) {
    send(text(text(line, "REFUSED "), why));
    for (volatile int i = 0; i < PAUSE; i++) {
    }
  }
}
