#include "fv_thread.h"

#include <errno.h>
#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>
#include "fv_memory.h"

static uint32_t closed_bytes(void) { return (uint32_t)sysconf(_SC_PAGESIZE); }

int fv_thread_start(void *(*f)(void *), void *argument, uint32_t *stack, uint32_t bytes) {
  const uint32_t closed = closed_bytes();
  uint32_t *const usable = stack + closed / sizeof *stack;
  pthread_attr_t attributes;
  pthread_t thread;
  fv_paint_stack(usable, stack + bytes / sizeof *stack);
  if (mprotect(stack, closed, PROT_NONE) != 0) {
    return errno;
  }
  pthread_attr_init(&attributes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  int error = pthread_attr_setstack(&attributes, usable, bytes - closed);
  if (error == 0) {
    error = pthread_create(&thread, &attributes, f, argument);
  }
  pthread_attr_destroy(&attributes);
  return error;
}

struct fv_memory_use fv_thread_stack_use(const char *name, const uint32_t *stack, uint32_t bytes) {
  return fv_stack_use(name, stack + closed_bytes() / sizeof *stack, stack + bytes / sizeof *stack);
}
