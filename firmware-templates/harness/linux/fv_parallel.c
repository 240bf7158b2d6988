/* Parts as POSIX threads, as many as there are cores; part 0 is the caller's. Threads begin with the first work and
 * wait for the next; they end with the process. Where a thread cannot be had, the caller does its parts too. */
#include "fv_parallel.h"

#include <pthread.h>
#include <stddef.h>
#include <unistd.h>

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

static void begin_threads(void) {
  const long cores = sysconf(_SC_NPROCESSORS_ONLN);
  const int32_t wanted = cores < FV_MOST_PARTS ? (int32_t)cores : FV_MOST_PARTS;
  for (parts = 1; parts < wanted; parts++) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, wait_and_work, (void *)(intptr_t)parts) != 0) {
      return;
    }
  }
}

void fv_parallel(fv_part *f, const void *context) {
  if (parts == 0) {
    begin_threads();
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
