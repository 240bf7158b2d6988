/* A fault ends the run: its registers go to the host as one LOG frame, without interrupts, and the core stops. */
#include <string.h>
#include "fv_cortex_m.h"
#include "fv_frame.h"
#include "fv_port.h"

static char *text(char *to, const char *from) {
  const size_t length = strlen(from);
  memcpy(to, from, length);
  return to + length;
}

static char *hex(char *to, uint32_t value) {
  for (int shift = 28; shift >= 0; shift -= 4) {
    *to++ = "0123456789abcdef"[value >> shift & 15];
  }
  return to;
}

void fv_fault(void);
void fv_fault(void) {
  static char line[120];
  static uint8_t wire[FV_HEADER_BYTES + sizeof line + FV_CRC_BYTES + 4];
  char *p = hex(text(line, "FAULT cfsr "), FV_SCB_CFSR);
  p = hex(text(p, " hfsr "), FV_SCB_HFSR);
  p = hex(text(p, " mmfar "), FV_SCB_MMFAR);
  p = hex(text(p, " bfar "), FV_SCB_BFAR);
  const struct fv_header header = {.type = 0x60};
  struct fv_encoder encoder;
  fv_encoder_begin(&encoder, wire, FV_NO_RING, 0, &header);
  fv_put(&encoder, line, (size_t)(p - line));
  const uint32_t length = fv_encoder_end(&encoder);
  fv_port_send_polled(0); /* ends whatever was under way */
  for (uint32_t i = 0; i < length; i++) {
    fv_port_send_polled(wire[i]);
  }
  for (;;) {
  }
}
