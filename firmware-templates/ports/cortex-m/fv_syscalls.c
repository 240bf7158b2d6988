/* What newlib wants below printf. Linked only into a firmware whose user calls stdio: each line becomes a LOG frame.
 * newlib-nano allocates its three streams at the first call, and there is memory for just these. Not for two tasks at
 * a time.
 */
#include <errno.h>
#include <stddef.h>
#include "fv_link.h"

enum { STDIO_BYTES = 512, LINE_CHARS = 120 };

int _write(int file, const char *bytes, int n);
void *_sbrk(ptrdiff_t increment);

int _write(int file, const char *bytes, int n) {
  static char line[LINE_CHARS];
  static size_t length;
  (void)file;
  for (int i = 0; i < n; i++) {
    if (bytes[i] != '\n') {
      line[length++] = bytes[i];
    }
    if (length > 0 && (bytes[i] == '\n' || length == LINE_CHARS)) {
      fv_log_line(line, length);
      length = 0;
    }
  }
  return n;
}

void *_sbrk(ptrdiff_t increment) {
  static char memory[STDIO_BYTES] __attribute__((aligned(8)));
  static ptrdiff_t used;
  if (increment < 0 || increment > STDIO_BYTES - used) {
    errno = ENOMEM;
    return (void *)-1;
  }
  void *const start = memory + used;
  used += increment;
  return start;
}
