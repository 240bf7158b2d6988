/* Throws frames at a generated device: every type, lengths right and wrong, other sessions and images, damaged bytes,
 * and work in between. Sanitizers watch; the device must answer a good HELLO at the end and still compute. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "fv_config.h"
#include "fv_frame.h"
#include "fv_images.h"
#include "fv_link.h"
#include "fv_network.h"
#include "fv_port.h"
#include "fv_session.h"

enum { FRAMES = 60000, SESSION = 0x1234, TYPES = 0x10 };

/* What the linker script and a port supply on a device. */
static const uint8_t weights[64];
const struct fv_span fv_weights_spans[] = {{weights, 48}, {weights + 48, 16}};
const uint32_t fv_weights_span_count = 2;
const uint8_t fv_tables_start[16];
__asm__(".globl fv_tables_end\n fv_tables_end = fv_tables_start + 16\n");

uint64_t fv_port_ticks(void) { return 0; }
uint32_t fv_port_lock(void) { return 0; }
void fv_port_unlock(uint32_t state) { (void)state; }
void fv_port_settle(void) {}
static uint32_t rate, rate_changes;
uint32_t fv_port_baud(uint32_t baud) { return baud & 1 ? 0 : baud; }
void fv_port_set_baud(uint32_t baud) {
  rate_changes += baud != rate;
  rate = baud;
}
static int link_woken;
void fv_wake_link(void) { link_woken = 1; }
void fv_wake_inference(void) {}
int fv_memory_use(int i, struct fv_memory_use *use) {
  *use = (struct fv_memory_use){.name = "stack", .size = 100, .used = 10};
  return i < 40; /* more than an answer holds */
}
int fv_task_time(int i, struct fv_task_time *time) {
  *time = (struct fv_task_time){.name = "a task", .ticks = 10};
  return i < 40;
}

static uint8_t answer[FV_FRAME_LIMIT];
static struct fv_decoder answers = {.bytes = answer, .mask = FV_NO_RING};
static uint32_t counts[256], good_answers;
static uint16_t wanted_row; /* as the device says */

static uint32_t seed = 1;
static uint32_t rnd(uint32_t below) {
  seed ^= seed << 13;
  seed ^= seed >> 17;
  seed ^= seed << 5;
  return seed % below;
}

/* The line takes n bytes; the host's decoder must find whole frames in them. */
static void carry(uint32_t n) {
  for (int byte; n > 0 && (byte = fv_link_next_byte()) >= 0; n--) {
    struct fv_frame frame;
    if (fv_decoder_push(&answers, (uint8_t)byte, &frame)) {
      counts[frame.header.type]++;
      good_answers += frame.header.type & FV_ANSWER ? 1 : 0;
      if (frame.header.type == (FV_ROW | FV_ANSWER)) {
        wanted_row = fv_get_u16(answer + frame.payload);
      } else if (frame.header.type == (FV_BEGIN | FV_ANSWER)) {
        wanted_row = 0;
      }
    }
  }
}

/* The line is slower than the device mostly: it takes some of what waits, or all. */
void fv_port_send(void) { carry(rnd(8) == 0 ? UINT32_MAX : 1 + rnd(rnd(2) ? 4 : 100)); }

/* One byte of the line: the link runs some bytes after it was woken, or too late. */
static void receive(uint8_t byte) {
  fv_link_received(byte);
  if (link_woken && rnd(300) == 0) {
    link_woken = 0;
    fv_link_run();
  }
}

static int stalled; /* the host reads little */

static void to_device(const struct fv_header *header, const uint8_t *payload, uint32_t length, int damage) {
  static uint8_t wire[FV_WIRE_LIMIT];
  struct fv_encoder encoder;
  fv_encoder_begin(&encoder, wire, FV_NO_RING, 0, header);
  fv_put(&encoder, payload, length);
  const uint32_t n = fv_encoder_end(&encoder);
  if (damage) {
    wire[rnd(n)] ^= (uint8_t)(1 + rnd(255));
  }
  for (uint32_t i = 0; i < n; i++) {
    receive(wire[i]);
  }
  fv_link_run();
  carry(rnd(stalled ? 200 : 4) != 0 ? rnd(stalled ? 4 : 2000) : UINT32_MAX);
}

/* A line that sends no delimiter for longer than any buffer. */
static void make_noise(void) {
  for (uint32_t n = rnd(8000); n > 0; n--) {
    receive((uint8_t)(1 + rnd(255)));
  }
}

static void throw_frame(void) {
  static const uint32_t usual[TYPES] = {0, 8, 4, FV_INPUT_WIDTH * FV_INPUT_CHANNELS + 2, 0, 8, 2, 2, 0, 0, 0, 0,
                                        0, 4, 2, 5};
  static uint8_t payload[FV_PAYLOAD_LIMIT];
  const uint8_t type = (uint8_t)(rnd(20) == 0 ? rnd(256) : rnd(3) != 0 ? FV_ROW : rnd(TYPES));
  uint32_t length = type < TYPES && rnd(8) != 0 ? usual[type] : rnd(FV_PAYLOAD_LIMIT + 1);
  length = length < FV_PAYLOAD_LIMIT ? length : FV_PAYLOAD_LIMIT;
  for (uint32_t i = 0; i < length; i++) {
    payload[i] = (uint8_t)(rnd(4) == 0 ? rnd(256) : 0);
  }
  if (type == FV_HELLO && rnd(4) != 0) {
    memcpy(payload, rnd(3) != 0 ? "\2\0\0\0\37\0\0\0" : "\2\0\0\0\0\0\0\0", 8);
  }
  if (type == FV_ROW && rnd(8) != 0) {
    payload[0] = payload[1] = 0;
  }
  const uint32_t row = rnd(8) == 0 ? rnd(65536) : wanted_row + (rnd(4) == 0 ? rnd(4) : 0);
  const struct fv_header header = {.type = type,
                                   .sequence = (uint16_t)rnd(65536),
                                   .session = rnd(30) == 0 ? rnd(65536) : SESSION,
                                   .image = (uint16_t)(rnd(20) == 0 ? rnd(3) : 1),
                                   .row = (uint16_t)(type == FV_ROW ? row : 0)};
  to_device(&header, payload, length, rnd(20) == 0);
}

static uint32_t hello(void) {
  const struct fv_header header = {.type = FV_HELLO, .session = SESSION};
  carry(UINT32_MAX);
  const uint32_t before = counts[FV_HELLO | FV_ANSWER];
  to_device(&header, (const uint8_t *)"\2\0\0\0\0\0\0\0", 8, 0);
  carry(UINT32_MAX);
  return counts[FV_HELLO | FV_ANSWER] - before;
}

/* Long answers one behind the other, more than the line carries: the decoder finds every one of them whole. */
static int reads_results(struct fv_header *header) {
  static const uint8_t types[] = {FV_TENSOR, FV_TENSOR, FV_READ_PROFILE, FV_READ_CRCS, FV_MEMORY, FV_LOAD,
                                  FV_BOXES > 0 ? FV_READ_BOXES : FV_LOAD};
  carry(UINT32_MAX);
  const uint32_t before = good_answers;
  stalled = 1;
  for (int i = 0; i < 2000; i++) {
    header->type = types[rnd(sizeof types)];
    header->sequence++;
    const uint8_t length = (uint8_t)rnd(8);
    to_device(header, (const uint8_t[]){0, 0, 0, length, (uint8_t)rnd(100), 0, 0, 0}, 8, 0);
  }
  stalled = 0;
  carry(UINT32_MAX);
  return good_answers - before == 2000;
}

/* A whole image after all that. */
static int computes(void) {
  static uint8_t row[2 + FV_INPUT_WIDTH * FV_INPUT_CHANNELS];
  struct fv_header header = {.type = FV_BEGIN, .session = SESSION, .image = 9, .sequence = 1};
  while (fv_images_infer()) {
  }
  fv_link_run();
  to_device(&header, (const uint8_t *)"\3\0\0\0", 4, 0);
  for (int r = 0; r < FV_INPUT_HEIGHT; r++) {
    header = (struct fv_header){.type = FV_ROW, .session = SESSION, .image = 9, .sequence = 2, .row = (uint16_t)r};
    to_device(&header, row, sizeof row, 0);
    while (fv_images_infer()) {
    }
    fv_link_run();
  }
  return reads_results(&header);
}

int main(void) {
  uint32_t inferences = 0;
  for (int i = 0; i < FRAMES; i++) {
    throw_frame();
    if (rnd(3) != 0) {
      inferences += (uint32_t)fv_images_infer();
      fv_link_run();
    }
    if (rnd(500) == 0) {
      make_noise();
    }
    if (rnd(500) == 0) {
      fv_log(
          "a line of the user's, long enough to be cut if it were longer than the link's lines are, which it is not");
    }
  }
  printf("%u rows, %u errors, %u logs, %u bad frames, %u overruns, %u changes of rate\n", inferences, counts[FV_ERROR],
         counts[0x60], fv_link_bad_frames(), fv_link_overruns(), rate_changes);
  if (fv_link_overruns() < 1000 || answers.bad_frames != 0 || inferences < 1000 || counts[FV_ERROR] < 1000 ||
      counts[0x60] < 10 || rate_changes < 100) {
    return EXIT_FAILURE;
  }
  const int answers_all = hello() == 1 && computes();
  const int sends_boxes = counts[FV_READ_BOXES | FV_ANSWER] > 0;
  return answers_all && sends_boxes == (FV_BOXES > 0) ? EXIT_SUCCESS : EXIT_FAILURE;
}
