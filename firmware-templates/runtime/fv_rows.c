#include "fv_rows.h"
#include "fv_config.h"
#include "fv_network.h"

enum { ROW_BYTES = FV_INPUT_WIDTH * FV_INPUT_CHANNELS };

static FV_LINK_MEMORY uint8_t slots[FV_ROW_SLOTS][ROW_BYTES];
static volatile uint32_t in, out; /* rows so far, wrapping */
static uint32_t partial;

_Static_assert((FV_ROW_SLOTS & (FV_ROW_SLOTS - 1)) == 0, "row slots are a power of two");

uint32_t fv_rows_partial(void) { return partial; }

int fv_rows_has_room(void) { return in - out < FV_ROW_SLOTS; }

uint8_t *fv_rows_part(uint32_t offset, uint32_t bytes) {
  const int fits = offset <= partial && bytes > 0 && offset + bytes <= ROW_BYTES;
  return fits ? slots[in % FV_ROW_SLOTS] + offset : NULL;
}

int fv_rows_put(uint32_t offset, uint32_t bytes) {
  partial = offset + bytes > partial ? offset + bytes : partial;
  if (partial < ROW_BYTES) {
    return 0;
  }
  partial = 0;
  __atomic_signal_fence(__ATOMIC_SEQ_CST);
  in++;
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
