/* Image rows on their way from the link to the network: the link's context fills them part by part, the inference
 * context takes them in order. One writer, one reader: the counters only grow, so no lock is needed.
 */
#ifndef FV_ROWS_H
#define FV_ROWS_H

#include <stddef.h>
#include <stdint.h>

/* Link context. A row comes in parts of equal size, the last of them shorter; a part may come before the one that it
 * follows. `ahead` counts rows from the first that is not whole. */

uint32_t fv_rows_part_bytes(void);

/* Rows that there is room for, those that have come in part among them. */
uint32_t fv_rows_room(void);

/* Where a part belongs; NULL when a row has no such part. Only with ahead < room. */
uint8_t *fv_rows_part(uint32_t ahead, uint32_t offset, uint32_t bytes);

/* Whether it is there; it is now. Returns how many rows have become whole. */
int fv_rows_has(uint32_t ahead, uint32_t offset);
uint32_t fv_rows_put(uint32_t ahead, uint32_t offset);

/* The offset of the first part that is missing, and which of the parts from it on are there: a bit each. */
uint32_t fv_rows_offset(void);
uint32_t fv_rows_mask(void);

/* The memory of all rows while none of them is there, else NULL: 8-byte aligned, FV_ROW_SLOTS rows of bytes. Until the
 * next part is put. */
void *fv_rows_idle_memory(void);

/* Forgets all rows; neither context may be at work on one. */
void fv_rows_reset(void);

/* Inference context: the oldest row that is whole, NULL when there is none; and giving it back. */
const uint8_t *fv_rows_front(void);
void fv_rows_pop(void);

#endif
