/* A Linux process with two threads: the main one is the link, which answers while the other one infers. The kernels
 * share their work with a third where there are two cores (fv_parallel.c). */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "fv_config.h"
#include "fv_images.h"
#include "fv_line.h"
#include "fv_link.h"
#include "fv_linux.h"
#include "fv_memory.h"
#include "fv_net.h"
#include "fv_port.h"
#include "fv_session.h"
#include "fv_thread.h"
#include "fv_worker.h"

/* With so many bytes at a time and the largest frame before them, the link's ring does not overflow. */
enum { USAGE = 2, CHUNK = 256 };

FV_THREAD_STACK(inference_stack, FV_INFERENCE_STACK_BYTES);

void fv_wake_link(void) { fv_line_wake(); }
void fv_wake_inference(void) { fv_linux_wake(); }

static void *run_inference(void *unused) {
  (void)unused;
  fv_network_start();
  for (;;) {
    if (!fv_images_infer()) {
      const uint32_t state = fv_port_lock();
      if (!fv_images_has_work()) {
        fv_port_sleep();
      }
      fv_port_unlock(state);
    }
  }
  return NULL;
}

int fv_memory_use(int i, struct fv_memory_use *use) {
  const int workers = fv_worker_use(use);
  if (i < workers) {
    return 1;
  }
  if (i == workers) {
    *use = fv_thread_stack_use("inference stack", inference_stack, sizeof inference_stack);
    return 1;
  }
  return fv_planned_memory_use(i - workers - 1, use);
}

/* Linux counts: top tells. */
int fv_task_time(int i, struct fv_task_time *time) {
  (void)i;
  (void)time;
  return 0;
}

/* What the last host left half-said is not the next one's. */
static void begin_anew(void) {
  const uint32_t state = fv_port_lock();
  fv_link_received(0);
  fv_link_run();
  fv_port_unlock(state);
}

static void serve_host(void) {
  uint8_t bytes[CHUNK];
  begin_anew();
  for (;;) {
    const int n = fv_line_wait(bytes, sizeof bytes);
    if (n < 0) {
      return;
    }
    const uint32_t state = fv_port_lock();
    for (int i = 0; i < n; i++) {
      fv_link_received(bytes[i]);
    }
    fv_link_run();
    fv_port_unlock(state);
  }
}

/* Nothing needs saving, so a signal may end the process wherever it is, also in the middle of an inference. */
static void end(int signal_number) {
  (void)signal_number;
  fv_line_restore();
  _exit(EXIT_SUCCESS);
}

static void take_signals(void) {
  struct sigaction action = {.sa_handler = end};
  sigaction(SIGTERM, &action, NULL);
  sigaction(SIGINT, &action, NULL);
  action.sa_handler = SIG_IGN; /* a line that breaks is seen where it is written to */
  sigaction(SIGPIPE, &action, NULL);
}

struct arguments {
  const char *tty, *tcp, *address, *baud;
  int stdio;
};

static int usage(void) {
  fprintf(stderr,
          "usage: detector --tty DEVICE [--baud N] | --tcp PORT [--address IPV4] | --stdio\n"
          "  --tty    serial device, at %d baud unless --baud says otherwise\n"
          "  --tcp    one connection at a time, at 127.0.0.1 unless --address says otherwise;\n"
          "           whoever reaches the port may use the detector\n"
          "  --stdio  standard input and output, for example of ssh\n",
          FV_BAUD);
  return USAGE;
}

static int parse(int count, char **words, struct arguments *arguments) {
  const struct {
    const char *name, **value;
  } options[] = {{"--tty", &arguments->tty},
                 {"--tcp", &arguments->tcp},
                 {"--address", &arguments->address},
                 {"--baud", &arguments->baud}};
  for (int i = 1; i < count; i++) {
    size_t option = 0;
    while (option < sizeof options / sizeof options[0] && strcmp(words[i], options[option].name) != 0) {
      option++;
    }
    if (strcmp(words[i], "--stdio") == 0) {
      arguments->stdio = 1;
    } else if (option < sizeof options / sizeof options[0] && i + 1 < count) {
      *options[option].value = words[++i];
    } else {
      return -1;
    }
  }
  const int lines = (arguments->tty != NULL) + (arguments->tcp != NULL) + arguments->stdio;
  const int belong = (arguments->tty || !arguments->baud) && (arguments->tcp || !arguments->address);
  return lines == 1 && belong ? 0 : -1;
}

/* A whole number up to `most`, or -1. */
static long number(const char *text, long most) {
  char *end_of_number;
  errno = 0;
  const long value = strtol(text, &end_of_number, 10);
  return *text != '\0' && *end_of_number == '\0' && errno == 0 && value >= 0 && value <= most ? value : -1;
}

static int open_line(const struct arguments *arguments) {
  if (arguments->stdio) {
    return fv_line_open_stdio();
  }
  const char *text = arguments->tty ? arguments->baud : arguments->tcp;
  const long value = text ? number(text, arguments->tty ? 4000000 : 65535) : FV_BAUD;
  if (value < 0) {
    return usage();
  }
  return arguments->tty ? fv_line_open_tty(arguments->tty, (uint32_t)value)
                        : fv_line_open_tcp(arguments->address ? arguments->address : "127.0.0.1", (uint16_t)value);
}

int main(int count, char **words) {
  struct arguments arguments = {0};
  if (parse(count, words, &arguments) != 0) {
    return usage();
  }
  fv_port_init();
  take_signals();
  const int error = fv_thread_start(run_inference, NULL, inference_stack, sizeof inference_stack);
  if (error != 0) {
    fprintf(stderr, "detector: no thread for the inference: %s. Is memory short?\n", strerror(error));
    return EXIT_FAILURE;
  }
  const int opened = open_line(&arguments);
  if (opened != 0) {
    return opened == USAGE ? USAGE : EXIT_FAILURE;
  }
  while (fv_line_await_host() == 0) {
    serve_host();
  }
  return arguments.stdio ? EXIT_SUCCESS : EXIT_FAILURE;
}
