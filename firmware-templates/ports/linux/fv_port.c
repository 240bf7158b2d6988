/* Linux: the lock is a mutex, sleeping a condition variable, the counter the monotonic clock. */
#include "fv_port.h"

#include <pthread.h>
#include <stddef.h>
#include <time.h>
#include "fv_line.h"
#include "fv_link.h"
#include "fv_linux.h"

static pthread_mutex_t lock;
static pthread_cond_t woken = PTHREAD_COND_INITIALIZER;

/* Who holds the lock may take it again: fv_log does in the link's context. */
void fv_port_init(void) {
  pthread_mutexattr_t nests;
  pthread_mutexattr_init(&nests);
  pthread_mutexattr_settype(&nests, PTHREAD_MUTEX_RECURSIVE);
  pthread_mutex_init(&lock, &nests);
  pthread_mutexattr_destroy(&nests);
}

uint64_t fv_port_ticks(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

uint32_t fv_port_lock(void) {
  pthread_mutex_lock(&lock);
  return 0;
}

void fv_port_unlock(uint32_t state) {
  (void)state;
  pthread_mutex_unlock(&lock);
}

void fv_port_sleep(void) { pthread_cond_wait(&woken, &lock); }

void fv_linux_wake(void) { pthread_cond_signal(&woken); }

void fv_port_send(void) {
  uint8_t bytes[512];
  size_t n = 0;
  for (int byte; (byte = fv_link_next_byte()) >= 0;) {
    bytes[n++] = (uint8_t)byte;
    if (n == sizeof bytes) {
      fv_line_write(bytes, n);
      n = 0;
    }
  }
  fv_line_write(bytes, n);
}

uint32_t fv_port_baud(uint32_t baud) { return fv_line_baud(baud); }

void fv_port_set_baud(uint32_t baud) { fv_line_set_baud(baud); }
