/* The NPU as a peripheral of a PC: its memories at their addresses, its interrupt when somebody waits for it. What is
 * in the flash is the file that FAKE_NPU_FLASH names. FAKE_NPU=silent: no interrupt ever comes; dead: it does not
 * start. */
#define _GNU_SOURCE
#include "fv_npu.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "fv_cache_range.h"
#include "fv_net.h"
#include "fv_port.h"

#define REGISTERS 0x580e0000ul

void fv_npu_handler(void);
_Noreturn void __assert_func(const char *file, int line, const char *function, const char *expression);

/* Where newlib has __assert_func, glibc has this. */
void __assert_fail(const char *expression, const char *file, unsigned line, const char *function) {
  __assert_func(file, (int)line, function, expression);
}

/* As a harness does before the first image. */
__attribute__((constructor)) static void start(void) { fv_network_start(); }

static int is(const char *state) {
  const char *const given = getenv("FAKE_NPU");
  return given && strcmp(given, state) == 0;
}

static void map(uintptr_t address, size_t bytes, int file) {
  const int flags = MAP_PRIVATE | MAP_FIXED_NOREPLACE | (file < 0 ? MAP_ANONYMOUS : 0);
  if (mmap((void *)address, bytes, PROT_READ | PROT_WRITE, flags, file, 0) != (void *)address) {
    perror("mmap");
    exit(EXIT_FAILURE);
  }
}

const char *fv_npu_on(void) {
  map(0x34100000, 1 << 20, -1);
  map(0x342e0000, 448 << 10, -1);
  map(0x70380000, 1 << 20, open(getenv("FAKE_NPU_FLASH"), O_RDONLY));
  map(REGISTERS, 4096, -1);
  *(volatile uint32_t *)REGISTERS = is("another") ? 0 : 0xa70;
  return is("dead") ? "the NPU's cache does not become empty" : NULL;
}

static int on;
void fv_npu_interrupt(uint32_t line, int is_on) { on = line == 0 ? is_on : on; }

void fv_npu_wait(void) {
  if (on && !is("silent") && ((volatile uint32_t *)REGISTERS)[1]) {
    fv_npu_handler();
  }
}

/* Seconds go by. */
uint64_t fv_port_ticks(void) {
  static uint64_t ticks;
  return ticks += 400000000;
}

void fv_npu_barrier(void) {}
void fv_npu_cache_clean(uint32_t address, uint32_t bytes) { (void)address, (void)bytes; }
void fv_npu_cache_clean_and_drop(uint32_t address, uint32_t bytes) { (void)address, (void)bytes; }
void fv_npu_cache_drop_all(void) {}
void fv_cache_clean(uintptr_t address, uint32_t bytes) { (void)address, (void)bytes; }
void fv_cache_drop(uintptr_t address, uint32_t bytes) { (void)address, (void)bytes; }
void fv_cache_clean_and_drop(uintptr_t address, uint32_t bytes) { (void)address, (void)bytes; }
