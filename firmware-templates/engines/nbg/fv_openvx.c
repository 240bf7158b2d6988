#include "fv_openvx.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

/* By the name that a program linked with it asks for, then by that of the development package. */
static void *open_library(void) {
  void *library = dlopen("libOpenVX.so.1", RTLD_NOW | RTLD_LOCAL);
  return library ? library : dlopen("libOpenVX.so", RTLD_NOW | RTLD_LOCAL);
}

int fv_openvx_load(struct fv_openvx *vx, char *words, size_t bytes) {
  void *library = open_library();
  if (!library) {
    const char *why = dlerror();
    snprintf(words, bytes,
             "OpenVX is not there: %.90s. On OpenSTLinux with X-LINUX-AI: apt-get install libopenvx-gcnano"
             " libovxkernels-gcnano. QEMU has no NPU",
             why ? why : "no reason given");
    return -1;
  }
#define FIND(result, name, arguments)                                                                        \
  {                                                                                                          \
    void *const symbol = dlsym(library, #name);                                                              \
    if (!symbol) {                                                                                           \
      snprintf(words, bytes, "libOpenVX has no " #name ": a newer libopenvx-gcnano than the board's is needed"); \
      return -1;                                                                                             \
    }                                                                                                        \
    memcpy(&vx->name, &symbol, sizeof symbol); /* POSIX: an object's pointer can hold a function's */        \
  }
  FV_OPENVX_FUNCTIONS(FIND)
#undef FIND
  return 0;
}
