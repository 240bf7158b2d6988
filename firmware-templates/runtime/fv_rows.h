/* Image rows on their way from the link to the network: the link's context fills them part by part, the inference
 * context takes them in order. One writer, one reader: the counters only grow, so no lock is needed.
 */
#ifndef FV_ROWS_H
#define FV_ROWS_H

#include <stddef.h>
#include <stdint.h>

/* Link context. */

/* Bytes that the next row has so far. */
uint32_t fv_rows_partial(void);

/* Whether there is room for the next row. */
int fv_rows_has_room(void);

/* Where a part of the next row belongs, NULL when it lies beyond the row or behind a gap; a part may come twice. Then
 * passes the part on; returns whether the row is whole now. Only when there is room. */
uint8_t *fv_rows_part(uint32_t offset, uint32_t bytes);
int fv_rows_put(uint32_t offset, uint32_t bytes);

/* Forgets all rows; neither context may be at work on one. */
void fv_rows_reset(void);

/* Inference context: the oldest row that is whole, NULL when there is none; and giving it back. */
const uint8_t *fv_rows_front(void);
void fv_rows_pop(void);

#endif
