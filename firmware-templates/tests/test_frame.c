/* The frame codec: golden bytes, round trips, and every single fault of a line. */
#include "check.h"
#include "fv_frame.h"

#include <string.h>

static const struct fv_header header = {
    .type = 0x03, .flags = 0, .sequence = 0x0100, .session = 0xDEADBEEF, .image = 7, .row = 223};

static uint32_t encode(const struct fv_header *h, const uint8_t *payload, size_t n, uint8_t *wire) {
  struct fv_encoder encoder;
  fv_encoder_begin(&encoder, wire, FV_NO_RING, 0, h);
  fv_put(&encoder, payload, n);
  return fv_encoder_end(&encoder);
}

/* A decoder with a plain buffer of its own. */
static struct fv_decoder new_decoder(void) {
  static uint8_t bytes[FV_FRAME_LIMIT];
  return (struct fv_decoder){.bytes = bytes, .mask = FV_NO_RING};
}

static int carries(const struct fv_frame *frame, const uint8_t *payload, size_t n) {
  static uint8_t got[FV_PAYLOAD_LIMIT];
  fv_frame_read(frame, 0, got, frame->payload_bytes);
  return frame->payload_bytes == n && memcmp(got, payload, n) == 0;
}

static int same(const struct fv_header *a, const struct fv_header *b) {
  return a->type == b->type && a->flags == b->flags && a->sequence == b->sequence && a->session == b->session &&
         a->image == b->image && a->row == b->row;
}

static void test_round_trips(void) {
  static uint8_t payload[FV_PAYLOAD_LIMIT], wire[FV_WIRE_LIMIT];
  struct fv_decoder decoder = new_decoder();
  uint32_t seed = 3;
  for (uint32_t n = 0; n <= FV_PAYLOAD_LIMIT; n++) {
    for (int kind = 0; kind < 3; kind++) { /* all zeros, none, some */
      for (uint32_t i = 0; i < n; i++) {
        payload[i] = (uint8_t)(kind == 0 ? 0 : kind == 1 ? 1 + random_u32(&seed) % 255 : random_u32(&seed) % 3);
      }
      const uint32_t length = encode(&header, payload, n, wire);
      CHECK(length <= FV_WIRE_LIMIT && memchr(wire, 0, length) == wire + length - 1, "payload of %u bytes", n);
      struct fv_frame frame;
      for (uint32_t i = 0; i < length; i++) {
        CHECK(fv_decoder_push(&decoder, wire[i], &frame) == (i == length - 1), "payload of %u bytes, byte %u", n, i);
      }
      CHECK(same(&frame.header, &header) && carries(&frame, payload, n), "payload of %u bytes", n);
    }
  }
  CHECK(decoder.bad_frames == 0, "%u bad frames", decoder.bad_frames);
}

/* Both ends in rings, from every place: encoded around the end of one, decoded where it lies in the other. */
static void test_rings(void) {
  enum { SIZE = 512, MASK = SIZE - 1 };
  static uint8_t payload[300], line[SIZE], plain[FV_WIRE_LIMIT], ring[SIZE];
  uint32_t seed = 7;
  struct fv_decoder decoder = {.bytes = ring, .mask = MASK};
  for (uint32_t at = UINT32_MAX - 2 * SIZE; at != 2 * SIZE; at++) {
    const uint32_t n = random_u32(&seed) % sizeof payload;
    for (uint32_t i = 0; i < n; i++) {
      payload[i] = (uint8_t)(random_u32(&seed) % 3 ? random_u32(&seed) : 0);
    }
    struct fv_encoder encoder;
    fv_encoder_begin(&encoder, line, MASK, at, &header);
    fv_put(&encoder, payload, n / 2);
    fv_put(&encoder, payload + n / 2, n - n / 2);
    const uint32_t length = fv_encoder_end(&encoder) - at;
    CHECK(length == encode(&header, payload, n, plain), "at %u", at);
    memset(ring, 0xee, sizeof ring);
    decoder.start = at;
    for (uint32_t i = 0; i < length; i++) {
      struct fv_frame frame;
      const uint8_t byte = line[(at + i) & MASK];
      CHECK(byte == plain[i], "at %u, byte %u", at, i);
      ring[(at + i) & MASK] = byte;
      CHECK(fv_decoder_push(&decoder, byte, &frame) == (i == length - 1), "at %u, byte %u", at, i);
      CHECK(i < length - 1 || (same(&frame.header, &header) && carries(&frame, payload, n)), "at %u", at);
    }
    for (uint32_t i = length; i < SIZE; i++) {
      CHECK(ring[(at + i) & MASK] == 0xee, "at %u: wrote behind what was pushed", at);
    }
  }
}

enum fault { DROP, FLIP, INSERT, DOUBLE, FAULTS };

static size_t damaged(const uint8_t *wire, size_t n, size_t at, enum fault fault, uint8_t noise, uint8_t *to) {
  memcpy(to, wire, at);
  size_t length = at;
  switch (fault) {
    case DROP:
      break;
    case FLIP:
      to[length++] = wire[at] ^ (uint8_t)(noise | 1);
      break;
    case INSERT:
      to[length++] = noise;
      to[length++] = wire[at];
      break;
    default:
      to[length++] = wire[at];
      to[length++] = wire[at];
      break;
  }
  memcpy(to + length, wire + at + 1, n - at - 1);
  return length + n - at - 1;
}

/* Two good frames follow a damaged one: at least the second of them comes through, and nothing wrong ever does. */
static void test_faults(void) {
  static uint8_t wire[FV_WIRE_LIMIT], line[3 * FV_WIRE_LIMIT];
  uint8_t payload[300];
  for (unsigned i = 0; i < sizeof payload; i++) {
    payload[i] = (uint8_t)i;
  }
  const uint32_t n = encode(&header, payload, sizeof payload, wire);
  uint32_t seed = 5;
  for (size_t at = 0; at < n; at++) {
    for (int fault = 0; fault < FAULTS * 8; fault++) {
      struct fv_decoder decoder = new_decoder();
      size_t length = damaged(wire, n, at, fault % FAULTS, (uint8_t)random_u32(&seed), line);
      memcpy(line + length, wire, n);
      memcpy(line + length + n, wire, n);
      length += 2 * n;
      int good = 0;
      for (size_t i = 0; i < length; i++) {
        struct fv_frame frame;
        if (fv_decoder_push(&decoder, line[i], &frame)) {
          CHECK(carries(&frame, payload, sizeof payload) && same(&frame.header, &header),
                "fault %d at %zu came through", fault, at);
          good++;
        }
      }
      CHECK(good >= 1, "fault %d at %zu: %d frames", fault, at, good);
    }
  }
}

static void test_noise(void) {
  struct fv_decoder decoder = new_decoder();
  uint32_t seed = 9;
  for (int i = 0; i < 3000000; i++) {
    struct fv_frame frame;
    const uint8_t byte = i < 1000000 ? (uint8_t)(1 + random_u32(&seed) % 255) : (uint8_t)random_u32(&seed);
    CHECK(!fv_decoder_push(&decoder, byte, &frame), "noise became a frame at byte %d", i);
  }
  CHECK(decoder.bad_frames > 1000, "%u", decoder.bad_frames);
}

static size_t bytes_of(const char *hex, uint8_t *bytes) {
  size_t n = 0;
  for (; hex[0] != 0 && hex[0] != '\n' && hex[0] != ' '; hex += 2) {
    unsigned value;
    CHECK(n < FV_WIRE_LIMIT && sscanf(hex, "%2x", &value) == 1, "hex at '%.10s'", hex);
    bytes[n++] = (uint8_t)value;
  }
  return n;
}

/* name | type flags sequence session image row payload | wire, all but the name in hexadecimal; payload - when empty */
static void test_golden_line(const char *line) {
  static uint8_t payload[FV_WIRE_LIMIT], wire[FV_WIRE_LIMIT], expected[FV_WIRE_LIMIT];
  struct fv_decoder decoder = new_decoder();
  unsigned type, flags, sequence, session, image, row;
  int at = 0;
  CHECK(sscanf(line, "%*[^|]| %x %x %x %x %x %x %n", &type, &flags, &sequence, &session, &image, &row, &at) == 6,
        "line '%.60s'", line);
  const char *fields = line + at;
  const size_t n = fields[0] == '-' ? 0 : bytes_of(fields, payload);
  const size_t length = bytes_of(strstr(fields, "| ") + 2, expected);
  const struct fv_header h = {(uint8_t)type, (uint8_t)flags,  (uint16_t)sequence,
                              session,       (uint16_t)image, (uint16_t)row};
  CHECK(encode(&h, payload, n, wire) == length && memcmp(wire, expected, length) == 0, "line '%.60s'", line);
  struct fv_frame frame;
  for (size_t i = 0; i < length; i++) {
    CHECK(fv_decoder_push(&decoder, expected[i], &frame) == (i == length - 1), "line '%.60s'", line);
  }
  CHECK(same(&frame.header, &h) && carries(&frame, payload, n), "line '%.60s'", line);
}

static void test_golden(const char *path) {
  static char line[8192];
  FILE *file = fopen(path, "r");
  CHECK(file != NULL, "cannot read %s", path);
  int lines = 0;
  while (fgets(line, sizeof line, file)) {
    if (line[0] != '#' && line[0] != '\n') {
      test_golden_line(line);
      lines++;
    }
  }
  fclose(file);
  CHECK(lines >= 10, "%d golden frames", lines);
}

int main(int argc, char **argv) {
  CHECK(argc == 2, "the path of frames.txt is missing");
  test_golden(argv[1]);
  test_round_trips();
  test_rings();
  test_faults();
  test_noise();
  return 0;
}
