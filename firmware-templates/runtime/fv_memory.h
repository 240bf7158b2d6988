/* How much memory is in use: stacks by painting, the rest as planned. */
#ifndef FV_MEMORY_H
#define FV_MEMORY_H

#include <stdint.h>
#include "fv_session.h"

/* Fills a stack that is not in use yet, from its lowest word up to `end`. Stacks grow down. */
void fv_paint_stack(uint32_t *start, uint32_t *end);

/* Size and high-water mark of a painted stack. */
struct fv_memory_use fv_stack_use(const char *name, const uint32_t *start, const uint32_t *end);

/* Arena and link buffers, the same in every harness. */
int fv_planned_memory_use(int i, struct fv_memory_use *use);

/* An address below everything that the caller and its caller keep on the stack. */
static inline uint32_t *fv_below_this_frame(void) { return (uint32_t *)__builtin_frame_address(0) - 64; }

#endif
