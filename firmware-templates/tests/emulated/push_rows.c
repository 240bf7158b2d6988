/* In place of a harness: pushes the rows of images that lie in memory, at a pace, through the network, and says over
 * semihosting what came out. A line stands in for the link: a row takes `row_ticks`, and starts when there is room for
 * it and its image may begin; results are fetched in no time. For QEMU; started with no memory protection, since the
 * images lie where no firmware has anything. */
#include <stdio.h>
#include "fv_config.h"
#include "fv_cortex_m.h"
#include "fv_crc32.h"
#include "fv_images.h"
#include "fv_link.h"
#include "fv_net.h"
#include "fv_network.h"
#include "fv_port.h"
#include "fv_session.h"

enum { ROW_BYTES = FV_INPUT_WIDTH * FV_INPUT_CHANNELS, MAGIC = 0x46565057, MOST_IMAGES = 16 };

/* What the loader puts at the start of the memory; the images follow, each as it is sent to a device. */
static const struct {
  uint32_t magic, images, row_ticks;
} *const order = (const void *)FV_IMAGES_BASE;

static const uint8_t *row_of(uint32_t row) { return (const uint8_t *)(order + 1) + row * ROW_BYTES; }

static uint64_t ticks[FV_IMAGES][FV_LAYERS];
static uint32_t crcs[FV_IMAGES][FV_LAYERS];
static struct fv_image images[FV_IMAGES];
static struct fv_net net = {.images = images, .n_images = FV_IMAGES};

void fv_wake_link(void) {}
void fv_wake_inference(void) {}
int fv_memory_use(int i, struct fv_memory_use *use) {
  (void)i;
  (void)use;
  return 0;
}

int fv_task_time(int i, struct fv_task_time *time) {
  (void)i;
  (void)time;
  return 0;
}

static void call_host(uint32_t operation, const void *argument) {
  register uint32_t r0 __asm__("r0") = operation;
  register const void *r1 __asm__("r1") = argument;
  __asm volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
}

static char text[256];
static uint32_t used;

static void say(char c) {
  text[used++] = c;
  if (c == '\n' || used == sizeof text - 1) {
    text[used] = 0;
    used = 0;
    call_host(4, text);
  }
}

static void say_hex(uint32_t value, int digits) {
  while (digits-- > 0) {
    say("0123456789abcdef"[value >> 4 * digits & 15]);
  }
}

static void say_number(uint64_t value, char end) {
  say_hex((uint32_t)(value >> 32), 8);
  say_hex((uint32_t)value, 8);
  say(end);
}

/* When it was done, the ticks of its steps, the layers' CRCs, the outputs. */
static void say_result(uint64_t done) {
  const struct fv_image *image = fv_image(&net, net.released);
  uint64_t sum = 0;
  for (int i = 0; i < FV_LAYERS; i++) {
    sum += image->ticks[i];
  }
  say_number(done, ' ');
  say_number(sum, '\n');
  for (int i = 0; i < FV_LAYERS; i++) {
    say_hex(image->crc[i], 8);
    say('\n');
  }
  for (int i = 0; i < FV_OUTPUTS; i++) {
    for (uint32_t b = 0; b < fv_plan.outputs[i].bytes; b++) {
      say_hex((uint8_t)fv_output(&net, i)[b], 2);
    }
    say('\n');
  }
}

/* Rows on the line. */
static uint32_t sent, taken;
static uint64_t row_end;
static int under_way;

static void begin(void) {
  const uint16_t slot = net.begun % FV_IMAGES;
  images[slot].ticks = ticks[slot];
  images[slot].crc = crcs[slot];
  fv_begin(&net, FV_LAYER_CRC);
}

static void start_row(uint64_t now) {
  const uint32_t image = sent / FV_INPUT_HEIGHT;
  if (under_way || image == order->images || sent - taken == FV_ROW_SLOTS) {
    return;
  }
  if (image == net.begun) {
    if ((uint16_t)(net.begun - net.released) == FV_IMAGES) {
      return;
    }
    begin();
  }
  row_end = now + order->row_ticks;
  under_way = 1;
}

static void pass_line(uint64_t now) {
  start_row(now);
  while (under_way && row_end <= now) {
    under_way = 0;
    sent++;
    start_row(row_end);
  }
}

static void work(uint64_t *printing) {
  const int32_t id = taken < sent ? fv_wants_row(&net) : FV_NONE;
  if (id != FV_NONE) {
    fv_take_row(&net, (uint16_t)id, row_of(taken));
    taken++;
  } else {
    fv_work(&net);
  }
  if (net.begun != net.released && fv_output(&net, 0)) {
    const uint64_t done = fv_port_ticks() - *printing;
    say_result(done);
    fv_release(&net);
    *printing = fv_port_ticks() - done;
  }
}

int main(void) {
  static const struct {
    uint32_t reason, code;
  } good = {0x20026, 0};
  fv_port_init();
  FV_MPU_CTRL = 0;
  fv_barrier();
  if (order->magic != MAGIC) { /* never: it keeps the session's buffers, whose sizes the linker script asserts */
    fv_link_run();
    fv_images_infer();
  }
  uint64_t printing = fv_port_ticks(); /* time that the line does not see */
  while (net.released != order->images) {
    pass_line(fv_port_ticks() - printing);
    work(&printing);
  }
  call_host(0x20, &good);
  for (;;) {
  }
}
