/* The thread that shares the kernels' work (fv_parallel.c). */
#ifndef FV_WORKER_H
#define FV_WORKER_H

#include "fv_session.h"

/* The use of its stack. Returns 0 when there is no worker: one core, or no work yet. */
int fv_worker_use(struct fv_memory_use *use);

#endif
