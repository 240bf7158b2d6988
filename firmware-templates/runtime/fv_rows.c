#include "fv_rows.h"
#include <string.h>
#include "fv_config.h"
#include "fv_network.h"

enum { ROW_BYTES = FV_INPUT_WIDTH * FV_INPUT_CHANNELS };

static FV_LINK_MEMORY uint8_t slots[FV_ROW_SLOTS][ROW_BYTES];
static volatile uint32_t in, out; /* rows so far, wrapping */
static uint32_t partial;

_Static_assert((FV_ROW_SLOTS & (FV_ROW_SLOTS - 1)) == 0, "row slots are a power of two");

uint32_t fv_rows_partial(void) { return partial; }

int fv_rows_has_room(void) { return in - out < FV_ROW_SLOTS; }

int fv_rows_put(uint32_t offset, const uint8_t *bytes, size_t n) {
  if (offset > partial || n == 0 || offset + n > ROW_BYTES) {
    return 0;
  }
  memcpy(slots[in % FV_ROW_SLOTS] + offset, bytes, n);
  partial = offset + n > partial ? (uint32_t)(offset + n) : partial;
  if (partial == ROW_BYTES) {
    partial = 0;
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
    in++;
  }
  return 1;
}

void fv_rows_reset(void) {
  partial = 0;
  out = in;
}

const uint8_t *fv_rows_front(void) { return in != out ? slots[out % FV_ROW_SLOTS] : NULL; }

void fv_rows_pop(void) {
  __atomic_signal_fence(__ATOMIC_SEQ_CST);
  out++;
}
