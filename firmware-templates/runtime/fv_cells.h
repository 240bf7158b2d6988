/* Whether memory keeps what is written to it: March C- (A. J. van de Goor, Using March Tests to Test SRAMs, IEEE Design
 * and Test of Computers, 1993), which finds cells that are stuck, change too slowly, follow a neighbour, or answer to
 * two addresses. Words of 32 bits, with six backgrounds, so that the bits of a word are told apart, too.
 */
#ifndef FV_CELLS_H
#define FV_CELLS_H

#include <stdint.h>

struct fv_cells {
  uint32_t failures; /* reads that were wrong */
  uint32_t first;    /* of the first one: the word's index, what was written, what was read */
  uint32_t written, read;
};

/* What was in the memory is lost. Calls fv_port_settle between the passes. */
struct fv_cells fv_test_cells(volatile uint32_t *memory, uint32_t words);

#endif
