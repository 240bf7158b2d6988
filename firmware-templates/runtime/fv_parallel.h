/* One piece of work on every core that the machine has for it. */
#ifndef FV_PARALLEL_H
#define FV_PARALLEL_H

#include <stdint.h>

/* The most parts at a time: scratch is planned for as many. */
enum { FV_MOST_PARTS = 2 };

/* Does part 0 .. parts - 1 of something; parts share no byte that any of them writes. */
typedef void fv_part(const void *context, int32_t part, int32_t parts);

/* Calls f once for each part, side by side where there are threads, and returns when all are done. How many parts there
 * are is decided here; the result does not depend on it. Not to be called from a part, nor from two threads. */
void fv_parallel(fv_part *f, const void *context);

#endif
