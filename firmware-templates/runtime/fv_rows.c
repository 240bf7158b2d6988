#include "fv_rows.h"
#include "fv_config.h"
#include "fv_network.h"

/* Longer frames fall to noise more often, shorter ones carry more headers. */
enum {
  MOST_PART_BYTES = 704,
  ROW_BYTES = FV_INPUT_WIDTH * FV_INPUT_CHANNELS,
  PARTS = (ROW_BYTES + MOST_PART_BYTES - 1) / MOST_PART_BYTES,
  PART_BYTES = (ROW_BYTES + PARTS - 1) / PARTS,
  MASK_BITS = 32
};

static FV_LINK_MEMORY _Alignas(8) uint8_t slots[FV_ROW_SLOTS][ROW_BYTES];
static volatile uint32_t in, out; /* rows so far, wrapping */

/* Of each slot, a bit for each part that is there. */
typedef uint16_t parts;
static parts there[FV_ROW_SLOTS];
static const parts ALL = (parts)((1u << PARTS) - 1u);

_Static_assert((FV_ROW_SLOTS & (FV_ROW_SLOTS - 1)) == 0, "row slots are a power of two");
_Static_assert(PARTS <= 16, "a row's parts have a bit each");

uint32_t fv_rows_part_bytes(void) { return PART_BYTES; }

uint32_t fv_rows_room(void) { return FV_ROW_SLOTS - (in - out); }

static uint32_t slot(uint32_t ahead) { return (in + ahead) % FV_ROW_SLOTS; }

static int has(uint32_t ahead, uint32_t part) { return there[slot(ahead)] >> part & 1; }

uint8_t *fv_rows_part(uint32_t ahead, uint32_t offset, uint32_t bytes) {
  const uint32_t left = offset < ROW_BYTES ? ROW_BYTES - offset : 0;
  const int is_part = offset % PART_BYTES == 0 && bytes > 0 && bytes == (left < PART_BYTES ? left : PART_BYTES);
  return is_part ? slots[slot(ahead)] + offset : NULL;
}

int fv_rows_has(uint32_t ahead, uint32_t offset) { return has(ahead, offset / PART_BYTES); }

uint32_t fv_rows_put(uint32_t ahead, uint32_t offset) {
  uint32_t whole = 0;
  there[slot(ahead)] |= (parts)(1u << offset / PART_BYTES);
  while (fv_rows_room() > 0 && there[slot(0)] == ALL) {
    there[slot(0)] = 0;
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
    in++;
    whole++;
  }
  return whole;
}

static uint32_t first_missing(void) {
  uint32_t part = 0;
  while (has(0, part)) {
    part++;
  }
  return part;
}

uint32_t fv_rows_offset(void) { return fv_rows_room() > 0 ? first_missing() * PART_BYTES : 0; }

uint32_t fv_rows_mask(void) {
  const uint32_t room = fv_rows_room();
  uint32_t mask = 0, ahead = 0, part = room > 0 ? first_missing() : 0;
  for (uint32_t bit = 0; bit < MASK_BITS && ahead < room; bit++) {
    mask |= (uint32_t)has(ahead, part) << bit;
    part++;
    if (part == PARTS) {
      part = 0;
      ahead++;
    }
  }
  return mask;
}

void *fv_rows_idle_memory(void) {
  int is_idle = in == out;
  for (uint32_t i = 0; i < FV_ROW_SLOTS; i++) {
    is_idle &= there[i] == 0;
  }
  return is_idle ? slots : NULL;
}

void fv_rows_reset(void) {
  for (uint32_t i = 0; i < FV_ROW_SLOTS; i++) {
    there[i] = 0;
  }
  out = in;
}

const uint8_t *fv_rows_front(void) { return in != out ? slots[out % FV_ROW_SLOTS] : NULL; }

void fv_rows_pop(void) {
  __atomic_signal_fence(__ATOMIC_SEQ_CST);
  out++;
}
