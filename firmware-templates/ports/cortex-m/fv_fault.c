/* Last words of a firmware that cannot go on: one LOG frame, without interrupts. */
#include "fv_fault.h"
#include <string.h>
#include "fv_cortex_m.h"
#include "fv_frame.h"
#include "fv_link.h"
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
static void send(const char *end, uint16_t sequence) {
  const struct fv_header header = {.type = LOG_TYPE, .sequence = sequence};
  struct fv_encoder encoder;
  fv_encoder_begin(&encoder, wire, FV_NO_RING, 0, &header);
  fv_put(&encoder, line, (size_t)(end - line));
  const uint32_t length = fv_encoder_end(&encoder);
  fv_port_send_polled(0); /* ends whatever was under way */
  for (uint32_t i = 0; i < length; i++) {
    fv_port_send_polled(wire[i]);
  }
}

const char *volatile fv_fault_task;

/* Bits of CFSR. Source: Armv8-M Architecture Reference Manual D1.2.7; Armv7-M has all but STKOF. */
enum {
  STACKING = 1 << 20 | 1 << 13 | 1 << 12 | 1 << 11 | 1 << 5 | 1 << 4 | 1 << 3, /* what cannot be put on a stack */
  NO_CODE = 1 << 18 | 1 << 17 | 1 << 8 | 1 << 0,
  FORBIDDEN = 1 << 1,
  SILENT = 1 << 10 | 1 << 9,
  UNDEFINED = 1 << 16,
  ODD = 1 << 25 | 1 << 24
};

/* Each with what to do. */
static const char *words(uint32_t cfsr) {
  static const struct {
    uint32_t bits;
    const char *words;
  } causes[] = {
      {STACKING, "FAULT a stack has no room left: run fovea build, which names the deepest calls; enlarge it in fv_config.h"},
      {NO_CODE, "FAULT the core went where no code is: a pointer to a function or a return address was overwritten"},
      {FORBIDDEN, "FAULT the firmware touched memory that is not its own, at mmfar: look at the arrays used at pc"},
      {SILENT, "FAULT nothing answers at bfar: a device without its clock, or memory that is not set up"},
      {UNDEFINED, "FAULT the firmware stopped itself at pc: configASSERT or a trap; or its code was overwritten"},
      {ODD, "FAULT a division by zero or an odd address at pc"},
  };
  for (uint32_t i = 0; i < sizeof causes / sizeof causes[0]; i++) {
    if (cfsr & causes[i].bits) {
      return causes[i].words;
    }
  }
  return "FAULT without a cause in cfsr: a breakpoint without a debugger (hfsr bit 31), or an NMI";
}

/* frame: r0-r3, r12, lr, pc, xpsr as they were. A stack that has no room has no frame. */
void fv_fault_report(const uint32_t *frame);
void fv_fault_report(const uint32_t *frame) {
  const uint32_t cfsr = FV_SCB_CFSR;
  char *p = hex(text(line, "FAULT cfsr "), cfsr);
  p = hex(text(p, " hfsr "), FV_SCB_HFSR);
  p = hex(text(p, " mmfar "), FV_SCB_MMFAR);
  p = hex(text(p, " bfar "), FV_SCB_BFAR);
  send(cfsr & STACKING ? p : hex(text(p, " pc "), frame[6]), fv_link_log_sequence());
  if (fv_fault_task) {
    p = text(line, "FAULT the stack of task ");
    p = text(text(p, fv_fault_task), " overflowed: enlarge it in fv_config.h, or look at its deepest calls");
  } else {
    p = text(line, words(cfsr));
  }
  send(p, fv_link_log_sequence());
  for (;;) {
  }
}

__attribute__((naked)) void fv_fault(void) {
  __asm volatile(
      "tst lr, #4\n\t" /* which stack was in use */
      "ite eq\n\t"
      "mrseq r0, msp\n\t"
      "mrsne r0, psp\n\t"
      "b fv_fault_report");
}

void fv_refuse(const char *why) {
  for (;;) {
    send(text(text(line, "REFUSED "), why), 0);
    for (volatile int i = 0; i < PAUSE; i++) {
    }
  }
}
