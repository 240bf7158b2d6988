/* A fault ends the run: its registers go to the host as one LOG frame, without interrupts, and the core stops. */
#include <string.h>
#include "fv_cortex_m.h"
#include "fv_frame.h"
#include "fv_port.h"

static char *text(char *to, const char *from)
{
  const size_t length = strlen(from);
  memcpy(to, from, length);
  return to + length;
}

static char *hex(char *to, uint32_t value)
{
  for (int shift = 28; shift >= 0; shift -= 4) {
    *to++ = "0123456789abcdef"[value >> shift & 15];
  }
  return to;
}

void fv_fault(void);
void fv_fault(void)
{
  static char line[120];
  static uint8_t frame[FV_HEADER_BYTES + sizeof line + FV_CRC_BYTES], wire[FV_WIRE_BYTES(sizeof frame)];
  char *p = hex(text(line, "FAULT cfsr "), FV_SCB_CFSR);
  p = hex(text(p, " hfsr "), FV_SCB_HFSR);
  p = hex(text(p, " mmfar "), FV_SCB_MMFAR);
  p = hex(text(p, " bfar "), FV_SCB_BFAR);
  const struct fv_header header = {.type = 0x60};
  const size_t length = fv_cobs_encode(frame, fv_frame_pack(&header, line, (size_t)(p - line), frame), wire);
  fv_port_send_polled(0); /* ends whatever was under way */
  for (size_t i = 0; i < length; i++) {
    fv_port_send_polled(wire[i]);
  }
  for (;;) {
  }
}
