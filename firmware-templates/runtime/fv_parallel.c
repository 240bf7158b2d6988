/* One core: the whole work is one part. */
#include "fv_parallel.h"

void fv_parallel(fv_part *f, const void *context) { f(context, 0, 1); }
