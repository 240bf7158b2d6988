/* Threads on stacks of a stated size. */
#ifndef FV_THREAD_H
#define FV_THREAD_H

#include <stdint.h>
#include "fv_config.h"
#include "fv_session.h"

/* Linux has pages of up to so many bytes on AArch64; stacks are multiples of it. */
enum { FV_LARGEST_PAGE = 65536 };

/* A stack's memory. Its lowest page is closed: a thread that goes too deep ends the program, and writes nowhere. */
#define FV_THREAD_STACK(name, bytes)                                                     \
  _Static_assert((bytes) % FV_LARGEST_PAGE == 0, "a stack begins and ends with a page"); \
  static FV_STACK_MEMORY _Alignas(FV_LARGEST_PAGE) uint32_t name[(bytes) / sizeof(uint32_t)]

/* Starts f(argument) on that stack; returns 0, or an error number. */
int fv_thread_start(void *(*f)(void *), void *argument, uint32_t *stack, uint32_t bytes);

/* Its size without the closed page, and how deep it was. Of a stack on which a thread was started. */
struct fv_memory_use fv_thread_stack_use(const char *name, const uint32_t *stack, uint32_t bytes);

#endif
