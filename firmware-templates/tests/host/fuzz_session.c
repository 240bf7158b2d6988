/* Throws frames at a generated device: every type, lengths right and wrong, other sessions and images, damaged bytes,
 * and work in between. Sanitizers watch; the device must answer a good HELLO at the end and still compute. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "fv_config.h"
#include "fv_frame.h"
#include "fv_link.h"
#include "fv_network.h"
#include "fv_port.h"
#include "fv_session.h"

enum { FRAMES = 60000, SESSION = 0x1234, TYPES = 0x0c };

/* What the linker script and a port supply on a device. */
static const uint8_t weights[64];
const struct fv_span fv_weights_spans[] = {{weights, 48}, {weights + 48, 16}};
const uint32_t fv_weights_span_count = 2;
const uint8_t fv_tables_start[16];
__asm__(
    ".globl fv_tables_end\n fv_tables_end = fv_tables_start + 16\n");

uint64_t fv_port_ticks(void) { return 0; }
uint32_t fv_port_lock(void) { return 0; }
void fv_port_unlock(uint32_t state) { (void)state; }
void fv_wake_link(void) {}
void fv_wake_inference(void) {}
int fv_memory_use(int i, struct fv_memory_use *use) {
  *use = (struct fv_memory_use){.name = "stack", .size = 100, .used = 10};
  return i < 3;
}

static struct fv_decoder answers;
static uint32_t counts[256];
static uint16_t wanted_row; /* as the device says */

/* The line takes everything at once; the host's decoder must find whole frames in it. */
void fv_port_send(void) {
  for (int byte; (byte = fv_link_next_byte()) >= 0;) {
    struct fv_frame frame;
    if (fv_decoder_push(&answers, (uint8_t)byte, &frame)) {
      counts[frame.header.type]++;
      if (frame.header.type == (FV_ROW | FV_ANSWER)) {
        wanted_row = fv_get_u16(frame.payload);
      } else if (frame.header.type == (FV_BEGIN | FV_ANSWER)) {
        wanted_row = 0;
      } else if (frame.header.type == FV_ERROR && frame.payload[1] == FV_ERROR_ROW_ORDER) {
        wanted_row = fv_get_u16(frame.payload + 2);
      }
    }
  }
}

static uint32_t seed = 1;
static uint32_t rnd(uint32_t below) {
  seed ^= seed << 13;
  seed ^= seed >> 17;
  seed ^= seed << 5;
  return seed % below;
}

static void to_device(const struct fv_header *header, const uint8_t *payload, uint32_t length, int damage) {
  static uint8_t wire[FV_WIRE_LIMIT];
  struct fv_encoder encoder;
  fv_encoder_begin(&encoder, wire, header);
  fv_put(&encoder, payload, length);
  const uint32_t n = fv_encoder_end(&encoder);
  if (damage) {
    wire[rnd(n)] ^= (uint8_t)(1 + rnd(255));
  }
  for (uint32_t i = 0; i < n; i++) {
    fv_link_received(wire[i]);
    if (i % 512 == 511) {
      fv_link_run();
    }
  }
  fv_link_run();
}

static void throw_frame(void) {
  static const uint32_t usual[TYPES] = {0, 8, 4, FV_INPUT_WIDTH * FV_INPUT_CHANNELS + 2, 0, 8, 2, 2, 0, 0, 0, 5};
  static uint8_t payload[FV_PAYLOAD_LIMIT];
  const uint8_t type = (uint8_t)(rnd(20) == 0 ? rnd(256) : rnd(3) != 0 ? FV_ROW : rnd(TYPES));
  uint32_t length = type < TYPES && rnd(8) != 0 ? usual[type] : rnd(FV_PAYLOAD_LIMIT + 1);
  length = length < FV_PAYLOAD_LIMIT ? length : FV_PAYLOAD_LIMIT;
  for (uint32_t i = 0; i < length; i++) {
    payload[i] = (uint8_t)(rnd(4) == 0 ? rnd(256) : 0);
  }
  if (type == FV_HELLO && rnd(4) != 0) {
    memcpy(payload, "\1\0\0\0\0\0\0\0", 8);
  }
  if (type == FV_ROW && rnd(8) != 0) {
    payload[0] = payload[1] = 0;
  }
  const uint32_t row = rnd(8) == 0 ? rnd(65536) : wanted_row;
  const struct fv_header header = {.type = type,
                                   .sequence = (uint16_t)rnd(65536),
                                   .session = rnd(30) == 0 ? rnd(65536) : SESSION,
                                   .image = (uint16_t)(rnd(20) == 0 ? rnd(3) : 1),
                                   .row = (uint16_t)(type == FV_ROW ? row : 0)};
  to_device(&header, payload, length, rnd(20) == 0);
}

static uint32_t hello(void) {
  const struct fv_header header = {.type = FV_HELLO, .session = SESSION};
  const uint32_t before = counts[FV_HELLO | FV_ANSWER];
  to_device(&header, (const uint8_t *)"\1\0\0\0\0\0\0\0", 8, 0);
  return counts[FV_HELLO | FV_ANSWER] - before;
}

/* A whole image after all that. */
static int computes(void) {
  static uint8_t row[2 + FV_INPUT_WIDTH * FV_INPUT_CHANNELS];
  struct fv_header header = {.type = FV_BEGIN, .session = SESSION, .image = 9, .sequence = 1};
  while (fv_session_infer()) {
  }
  fv_link_run();
  to_device(&header, (const uint8_t *)"\3\0\0\0", 4, 0);
  for (int r = 0; r < FV_INPUT_HEIGHT; r++) {
    header = (struct fv_header){.type = FV_ROW, .session = SESSION, .image = 9, .sequence = 2, .row = (uint16_t)r};
    to_device(&header, row, sizeof row, 0);
    fv_session_infer();
    fv_link_run();
  }
  const uint32_t before = counts[FV_TENSOR | FV_ANSWER];
  header = (struct fv_header){.type = FV_TENSOR, .session = SESSION, .image = 9, .sequence = 3};
  to_device(&header, (const uint8_t *)"\0\0\x10\0\0\0\0\0", 8, 0);
  return counts[FV_TENSOR | FV_ANSWER] == before + 1;
}

int main(void) {
  uint32_t inferences = 0;
  for (int i = 0; i < FRAMES; i++) {
    throw_frame();
    if (rnd(3) != 0) {
      inferences += (uint32_t)fv_session_infer();
      fv_link_run();
    }
    if (rnd(500) == 0) {
      fv_log(
          "a line of the user's, long enough to be cut if it were longer than the link's lines are, which it is not");
    }
  }
  printf("%u rows, %u errors, %u logs, %u bad frames\n", inferences, counts[FV_ERROR], counts[0x60],
         fv_link_bad_frames());
  if (answers.bad_frames != 0 || inferences < 1000 || counts[FV_ERROR] < 1000 || counts[0x60] < 10) {
    return EXIT_FAILURE;
  }
  return hello() == 1 && computes() ? EXIT_SUCCESS : EXIT_FAILURE;
}
