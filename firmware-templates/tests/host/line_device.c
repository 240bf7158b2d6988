/* A generated device whose line and time are somebody else's: the runtime and the network are the firmware's own, its
 * port is a program on the other side of standard input and output. Commands there, answers back, little endian:
 *
 *   'R' u32 n, n bytes     the UART has received them
 *   'I'                    the inference takes a row or runs one step, when there is one
 *
 *   answer:  u8 work (0 none, 1 a row was taken, 2 a step has run), u16 layer of the step, u32 its part of the layer in
 *            millionths, u32 baud (0: as after reset), u32 n, n bytes that the UART sends
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "fv_bytes.h"
#include "fv_config.h"
#include "fv_images.h"
#include "fv_link.h"
#include "fv_network.h"
#include "fv_port.h"
#include "fv_rows.h"
#include "fv_session.h"

enum { MOST_BYTES = 1 << 16, HEAD_BYTES = 15, NOTHING = 0, ROW_TAKEN = 1, STEP_RUN = 2, FASTEST = 4000000 };

/* What the linker script and a port supply on a device. */
static const uint8_t weights[64];
const struct fv_span fv_weights_spans[] = {{weights, sizeof weights}};
const uint32_t fv_weights_span_count = 1;
const uint8_t fv_tables_start[16];
__asm__(".globl fv_tables_end\n fv_tables_end = fv_tables_start + 16\n");

uint64_t fv_port_ticks(void) { return 0; }
uint32_t fv_port_lock(void) { return 0; }
void fv_port_unlock(uint32_t state) { (void)state; }
void fv_port_settle(void) {}
void fv_wake_inference(void) {}
int fv_memory_use(int i, struct fv_memory_use *use) {
  *use = (struct fv_memory_use){.name = "main stack", .size = 100, .used = 10};
  return i < 1;
}

int fv_task_time(int i, struct fv_task_time *time) {
  (void)i;
  (void)time;
  return 0;
}

static int link_woken;
void fv_wake_link(void) { link_woken = 1; }

static uint32_t rate;
uint32_t fv_port_baud(uint32_t baud) { return baud <= FASTEST ? baud : 0; }
void fv_port_set_baud(uint32_t baud) { rate = baud; }

static uint8_t sent[MOST_BYTES];
static uint32_t n_sent;
void fv_port_send(void) {
  for (int byte; (byte = fv_link_next_byte()) >= 0 && n_sent < MOST_BYTES;) {
    sent[n_sent++] = (uint8_t)byte;
  }
}

static void run_link(void) {
  while (link_woken) {
    link_woken = 0;
    fv_link_run();
  }
}

static void answer(uint8_t work, uint32_t layer, uint32_t part) {
  uint8_t head[HEAD_BYTES];
  uint8_t *p = fv_put16(fv_put8(head, work), layer);
  p = fv_put32(fv_put32(p, part), rate);
  fv_put32(p, n_sent);
  if (fwrite(head, 1, sizeof head, stdout) != sizeof head || fwrite(sent, 1, n_sent, stdout) != n_sent ||
      fflush(stdout) != 0) {
    exit(EXIT_FAILURE);
  }
  n_sent = 0;
}

static void receive(void) {
  uint8_t count[4];
  if (fread(count, 1, sizeof count, stdin) != sizeof count) {
    exit(EXIT_FAILURE);
  }
  for (uint32_t n = fv_get_u32(count); n > 0; n--) {
    const int byte = getchar();
    if (byte == EOF) {
      exit(EXIT_FAILURE);
    }
    fv_link_received((uint8_t)byte);
    run_link();
  }
  answer(NOTHING, 0, 0);
}

static void infer(void) {
  const struct fv_net *net = &fv_images_net;
  const int32_t id = fv_rows_front() && fv_wants_row(net) != FV_NONE ? FV_NONE : fv_runnable(net);
  const struct fv_step *step = id == FV_NONE ? NULL : &fv_plan.steps[fv_image(net, (uint16_t)id)->next_step];
  const int worked = fv_images_infer();
  run_link();
  if (step && worked) {
    const uint32_t all =
        fv_plan.buffers[fv_plan.layer_buffer[step->layer]].height * (uint32_t)fv_plan.layer_channels[step->layer];
    answer(STEP_RUN, step->layer, (uint32_t)(1000000ull * step->rows * step->channels / all));
  } else {
    answer(worked ? ROW_TAKEN : NOTHING, 0, 0);
  }
}

int main(void) {
  for (int command; (command = getchar()) != EOF;) {
    if (command == 'R') {
      receive();
    } else if (command == 'I') {
      infer();
    } else {
      return EXIT_FAILURE;
    }
  }
  return EXIT_SUCCESS;
}
