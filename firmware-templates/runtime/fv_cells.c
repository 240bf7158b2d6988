#include "fv_cells.h"
#include "fv_port.h"

/* Any two bits of a word differ in one of them. */
static const uint32_t backgrounds[] = {0x00000000u, 0x55555555u, 0x33333333u, 0x0f0f0f0fu, 0x00ff00ffu, 0x0000ffffu};

enum { BACKGROUNDS = sizeof backgrounds / sizeof backgrounds[0] };

static void expect(struct fv_cells *found, volatile uint32_t *memory, uint32_t at, uint32_t written) {
  const uint32_t read = memory[at];
  if (read != written && found->failures++ == 0) {
    found->first = at;
    found->written = written;
    found->read = read;
  }
}

/* Each word must be `old`, and becomes its complement. */
static void up(struct fv_cells *found, volatile uint32_t *memory, uint32_t words, uint32_t old) {
  fv_port_settle();
  for (uint32_t at = 0; at < words; at++) {
    expect(found, memory, at, old);
    memory[at] = ~old;
  }
}

static void down(struct fv_cells *found, volatile uint32_t *memory, uint32_t words, uint32_t old) {
  fv_port_settle();
  for (uint32_t at = words; at-- > 0;) {
    expect(found, memory, at, old);
    memory[at] = ~old;
  }
}

struct fv_cells fv_test_cells(volatile uint32_t *memory, uint32_t words) {
  struct fv_cells found = {0};
  for (uint32_t i = 0; i < BACKGROUNDS; i++) {
    const uint32_t zero = backgrounds[i];
    for (uint32_t at = 0; at < words; at++) {
      memory[at] = zero;
    }
    up(&found, memory, words, zero);
    up(&found, memory, words, ~zero);
    down(&found, memory, words, zero);
    down(&found, memory, words, ~zero);
    fv_port_settle();
    for (uint32_t at = 0; at < words; at++) {
      expect(&found, memory, at, zero);
    }
  }
  return found;
}
