/* Parts as POSIX threads, as many as there are cores; part 0 is the caller's. The other's thread, the worker, begins
 * with the first work and waits for the next; it ends with the process. Where it cannot be had, the caller does all. */
#include "fv_parallel.h"

#include <pthread.h>
#include <stddef.h>
#include <unistd.h>
#include "fv_thread.h"
#include "fv_worker.h"

_Static_assert(FV_MOST_PARTS == 2, "one worker, one stack");
FV_THREAD_STACK(worker_stack, FV_WORKER_STACK_BYTES);

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t begun = PTHREAD_COND_INITIALIZER, ended = PTHREAD_COND_INITIALIZER;
static struct {
  fv_part *f;
  const void *context;
  uint32_t number; /* of the work, counted */
  int32_t busy;    /* threads that have not done their part of it */
} work;
static int32_t parts; /* 0 before the first work */

static void *wait_and_work(void *argument) {
  const int32_t part = (int32_t)(intptr_t)argument;
  uint32_t done = 0;
  for (;;) {
    pthread_mutex_lock(&lock);
    while (work.number == done) {
      pthread_cond_wait(&begun, &lock);
    }
    done = work.number;
    fv_part *const f = work.f;
    const void *const context = work.context;
    const int32_t all = parts;
    pthread_mutex_unlock(&lock);
    f(context, part, all);
    pthread_mutex_lock(&lock);
    work.busy--;
    pthread_cond_signal(&ended);
    pthread_mutex_unlock(&lock);
  }
  return NULL;
}

static void begin_worker(void) {
  const int wanted = sysconf(_SC_NPROCESSORS_ONLN) > 1;
  pthread_mutex_lock(&lock); /* the worker waits for it before it looks at anything */
  const int begun_worker =
      wanted && fv_thread_start(wait_and_work, (void *)(intptr_t)1, worker_stack, sizeof worker_stack) == 0;
  parts = begun_worker ? 2 : 1;
  pthread_mutex_unlock(&lock);
}

int fv_worker_use(struct fv_memory_use *use) {
  pthread_mutex_lock(&lock);
  const int there = parts > 1;
  pthread_mutex_unlock(&lock);
  if (there) {
    *use = fv_thread_stack_use("worker stack", worker_stack, sizeof worker_stack);
  }
  return there;
}

void fv_parallel(fv_part *f, const void *context) {
  if (parts == 0) {
    begin_worker();
  }
  pthread_mutex_lock(&lock);
  work.f = f;
  work.context = context;
  work.number++;
  work.busy = parts - 1;
  pthread_cond_broadcast(&begun);
  pthread_mutex_unlock(&lock);
  f(context, 0, parts);
  pthread_mutex_lock(&lock);
  while (work.busy > 0) {
    pthread_cond_wait(&ended, &lock);
  }
  pthread_mutex_unlock(&lock);
}
