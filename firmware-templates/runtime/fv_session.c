#include "fv_session.h"
#include <string.h>
#include "fv_boxes.h"
#include "fv_bytes.h"
#include "fv_cells.h"
#include "fv_config.h"
#include "fv_crc32.h"
#include "fv_images.h"
#include "fv_link.h"
#include "fv_net.h"
#include "fv_network.h"
#include "fv_port.h"
#include "fv_rows.h"

enum {
  VERSION = 2,
  CAPABILITY_TWO_IMAGES = 0x10,
  CAPABILITY_BOXES = 0x40,
  CAPABILITY_CELLS = 0x80,
  TESTS_CELLS = FV_RTOS != 2, /* a process has no way past Linux's caches */
  CAPABILITIES = 0x2f | (FV_IMAGES > 1 ? CAPABILITY_TWO_IMAGES : 0) | (FV_BOXES > 0 ? CAPABILITY_BOXES : 0) |
                 (TESTS_CELLS ? CAPABILITY_CELLS : 0), /* profile, layer CRCs, self-test, LOG, LOAD */
  RESULT_WAITS = 2,                                    /* flags of an answer */
  DAMAGED = 4,
  ROW_BYTES = FV_INPUT_WIDTH * FV_INPUT_CHANNELS,
  ANSWER_BYTES = 256, /* longer answers go in parts; tensors are sent from where they lie */
  MOST_HEAD_BYTES = 8 /* of a request's payload that are not an image's */
};

static uint32_t session_id; /* 0: none */
static uint8_t two_images;  /* the host releases images itself; else BEGIN does */
static uint16_t begin_sequence;
static uint64_t longest_wait; /* ticks from the last byte of a STATUS or a ROW until it was answered */

/* ROW's answer: where the image stands, which parts are there, and how many rows there is room for. It is sent again
 * whenever it changes, so that the host always knows how far it may go and what is lost. */
struct rows_answer {
  int32_t id;
  uint32_t row, offset, room, mask;
  uint8_t flags;
};
static struct rows_answer told = {.id = FV_NONE};
static uint16_t row_sequence; /* of the last ROW, whatever became of it */
static uint8_t owes_answer;   /* a ROW came that may have changed nothing */
static uint8_t damaged;       /* a frame behind it was unreadable: the next ROW, most likely */
static uint32_t bad_frames_seen;
static uint8_t failure_told; /* that rows are of no use any more */

static FV_LINK_MEMORY uint8_t answer[ANSWER_BYTES];

int fv_session_is_open(void) { return session_id != 0; }

static uint8_t answer_flags(void) { return fv_images_result_waits() ? RESULT_WAITS : 0; }

static struct fv_header answer_to(const struct fv_header *request) {
  struct fv_header header = *request;
  header.type = (uint8_t)(request->type | FV_ANSWER);
  header.flags = answer_flags();
  return header;
}

static void send(const struct fv_header *request, size_t length) {
  const struct fv_header header = answer_to(request);
  fv_link_send(&header, answer, length);
}

static void send_to(const struct fv_header *request, const uint8_t *end) { send(request, (size_t)(end - answer)); }

static void refuse(const struct fv_header *request, enum fv_error code, uint32_t detail) {
  struct fv_header header = *request;
  header.type = FV_ERROR;
  header.flags = answer_flags();
  uint8_t *p = fv_put8(fv_put8(answer, request->type), code);
  p = fv_put16(p, detail);
  fv_link_send(&header, answer, (size_t)(p - answer));
}

/* Own kernels cannot fail, and then no code is there for it. */
static const char *failure(void) { return FV_CAN_FAIL ? fv_failure() : NULL; }

/* As long as an answer can be. */
static void refuse_in_words(const struct fv_header *request, const char *why) {
  struct fv_header header = *request;
  header.type = FV_ERROR;
  header.flags = answer_flags();
  uint8_t *p = fv_put16(fv_put8(fv_put8(answer, request->type), FV_ERROR_FAULT), 0);
  const size_t room = (size_t)(answer + ANSWER_BYTES - p), length = strlen(why);
  memcpy(p, why, length < room ? length : room);
  fv_link_send(&header, answer, (size_t)(p - answer) + (length < room ? length : room));
}

static void hello(const struct fv_header *request, const uint8_t *payload) {
  static const uint8_t model[32] = FV_MODEL_SHA256;
  static const uint8_t layout[32] = FV_LAYOUT_SHA256;
  static const char board[] = FV_BOARD_ID;
  _Static_assert(98 + sizeof board - 1 <= ANSWER_BYTES, "the answer holds the board's id");
  if (fv_get_u16(payload) != VERSION) {
    refuse(request, FV_ERROR_VERSION, VERSION);
    return;
  }
  const uint8_t two = (fv_get_u32(payload + 4) & CAPABILITIES & CAPABILITY_TWO_IMAGES) != 0;
  if (request->session != session_id || two != two_images) {
    fv_images_drop();
  }
  session_id = request->session;
  failure_told = 0;
  two_images = two;
  fv_images_allow_two(two_images);
  uint8_t *p = fv_put16(fv_put16(answer, VERSION), FV_PAYLOAD_LIMIT);
  p = fv_put32(p, CAPABILITIES);
  memcpy(p, model, sizeof model);
  p += sizeof model;
  memcpy(p, layout, sizeof layout);
  p += sizeof layout;
  p = fv_put64(fv_put32(p, FV_RUNTIME_ABI), FV_CLOCK_HERTZ);
  p = fv_put8(fv_put8(p, FV_COUNTER), FV_RTOS);
  p = fv_put16(fv_put16(p, FV_LAYERS), FV_OUTPUTS);
  p = fv_put16(fv_put16(fv_put16(p, FV_INPUT_HEIGHT), FV_INPUT_WIDTH), FV_INPUT_CHANNELS);
  p = fv_put16(p, sizeof board - 1);
  memcpy(p, board, sizeof board - 1);
  send_to(request, p + sizeof board - 1);
}

static void begin(const struct fv_header *request, const uint8_t *payload) {
  const int repeated = fv_images_find(request->image) != FV_NONE && begin_sequence == request->sequence;
  if (!repeated) {
    const enum fv_status begun = fv_images_begin(request->image, fv_get_u32(payload));
    if (begun != FV_OK) {
      refuse(request, begun == FV_E_FULL ? FV_ERROR_BUSY : FV_ERROR_RANGE, 0);
      return;
    }
    begin_sequence = request->sequence;
  }
  const uint32_t room = fv_rows_room();
  told = (struct rows_answer){.id = fv_images_youngest(), .room = room, .flags = answer_flags()};
  uint8_t *p = fv_put16(fv_put16(answer, FV_INPUT_HEIGHT), room);
  send_to(request, fv_put16(p, fv_rows_part_bytes()));
}

/* A part of the rows that there is room for, in any order. */
static void take_part(const struct fv_frame *frame, const uint8_t *payload, int32_t id) {
  const uint32_t offset = fv_get_u16(payload);
  const uint32_t bytes = frame->payload_bytes - 2;
  const uint32_t ahead = (uint32_t)frame->header.row - fv_images_rows(id); /* of a row that is whole: very large */
  uint8_t *to = fv_rows_part(ahead, offset, bytes);
  if (!to) {
    refuse(&frame->header, FV_ERROR_LENGTH, fv_rows_part_bytes());
    return;
  }
  owes_answer = 1;
  if (ahead >= fv_rows_room() || fv_rows_has(ahead, offset)) {
    return;
  }
  fv_frame_read(frame, 2, to, bytes);
  const uint32_t whole = fv_rows_put(ahead, offset);
  if (whole > 0) {
    fv_images_add_rows(id, whole);
    fv_wake_inference();
  }
}

static void take_row(const struct fv_frame *frame, const uint8_t *payload) {
  const struct fv_header *request = &frame->header;
  const int32_t id = fv_images_find(request->image);
  row_sequence = request->sequence;
  if (id == FV_NONE || id != fv_images_youngest()) {
    refuse(request, FV_ERROR_NO_IMAGE, 0);
  } else if (frame->payload_bytes < 3 || request->row >= FV_INPUT_HEIGHT) {
    refuse(request, FV_ERROR_LENGTH, ROW_BYTES);
  } else {
    take_part(frame, payload, id);
  }
}

static int differs(const struct rows_answer *now) {
  return now->id != told.id || now->row != told.row || now->offset != told.offset || now->room != told.room ||
         now->mask != told.mask || now->flags != told.flags;
}

/* The host learns of a damaged row now, not from the next one. */
static int row_was_damaged(int32_t id) {
  const uint32_t before = bad_frames_seen;
  bad_frames_seen = fv_link_bad_frames();
  return bad_frames_seen != before && fv_images_state(id) == FV_RECEIVING;
}

static void measure_wait(uint64_t asked) {
  const uint64_t wait = fv_port_ticks() - asked;
  longest_wait = wait > longest_wait ? wait : longest_wait;
}

/* Unasked, once: a host that waits for room would wait in vain. */
static void tell_failure(int32_t id) {
  const struct fv_header rows = {
      .type = FV_ROW, .sequence = row_sequence, .session = session_id, .image = fv_images_number(id)};
  if (!failure_told) {
    failure_told = 1;
    refuse_in_words(&rows, failure());
  }
}

void fv_session_continue(void) {
  const int32_t id = session_id == 0 ? FV_NONE : fv_images_youngest();
  if (id == FV_NONE) {
    return;
  }
  if (failure()) {
    tell_failure(id);
    return;
  }
  damaged |= (uint8_t)row_was_damaged(id);
  const struct rows_answer now = {.id = id,
                                  .row = fv_images_rows(id),
                                  .offset = fv_rows_offset(),
                                  .room = fv_rows_room(),
                                  .mask = fv_rows_mask(),
                                  .flags = answer_flags()};
  if (!owes_answer && !damaged && !differs(&now)) {
    return;
  }
  const struct fv_header header = {.type = FV_ROW | FV_ANSWER,
                                   .flags = (uint8_t)(now.flags | (damaged ? DAMAGED : 0)),
                                   .sequence = row_sequence,
                                   .session = session_id,
                                   .image = fv_images_number(id)};
  uint8_t *p = fv_put16(fv_put16(answer, now.row), now.offset);
  p = fv_put32(fv_put16(p, now.room), now.mask);
  fv_link_send(&header, answer, (size_t)(p - answer));
  if (owes_answer) {
    measure_wait(fv_link_asked());
  }
  told = now;
  owes_answer = damaged = 0;
}

/* The host has what it wants of an image; it may say so twice. */
static void release(const struct fv_header *request) {
  const int32_t id = fv_images_find(request->image);
  if (id != FV_NONE && fv_images_state(id) != FV_DONE) {
    refuse(request, FV_ERROR_NOT_DONE, 0);
    return;
  }
  if (id != FV_NONE) {
    fv_release(&fv_images_net);
    fv_wake_inference();
  }
  send(request, 0);
}

static void status(const struct fv_header *request) {
  const int32_t id = fv_images_find(request->image);
  uint8_t *p = fv_put16(fv_put8(fv_put8(answer, fv_images_state(id)), 0), fv_images_rows(id));
  const uint16_t steps = id == FV_NONE ? 0 : fv_image(&fv_images_net, (uint16_t)id)->next_step;
  p = fv_put16(fv_put16(p, steps), FV_STEPS);
  send_to(request, fv_put32(fv_put32(p, fv_link_bad_frames()), fv_link_overruns()));
}

static void tensor(const struct fv_header *request, const uint8_t *payload) {
  const uint32_t wanted = fv_get_u16(payload + 2);
  const uint32_t offset = fv_get_u32(payload + 4);
  const int8_t *data = fv_output(&fv_images_net, payload[0]);
  if (!data || offset >= fv_plan.outputs[payload[0]].bytes) {
    refuse(request, FV_ERROR_RANGE, 0);
    return;
  }
  uint32_t length = fv_plan.outputs[payload[0]].bytes - offset;
  length = length < wanted ? length : wanted;
  length = length < FV_PAYLOAD_LIMIT - 4 ? length : FV_PAYLOAD_LIMIT - 4;
  const struct fv_header header = answer_to(request);
  fv_put32(answer, offset);
  fv_send_begin(&header);
  fv_send_put(answer, 4);
  fv_send_put(data + offset, length);
  fv_send_end();
}

_Static_assert(sizeof(struct fv_box) == 24, "boxes are sent as they lie");
_Static_assert(FV_BOXES * sizeof(struct fv_box) <= FV_ROW_SLOTS * ROW_BYTES, "boxes fit the memory of waiting rows");

/* Found anew for each part of the answer: rows of the next image may have been where they were. */
static void boxes(const struct fv_header *request, const uint8_t *payload) {
  struct fv_box *found = fv_rows_idle_memory();
  const uint32_t first = fv_get_u16(payload);
  if (FV_BOXES == 0 || !found) {
    refuse(request, FV_ERROR_BUSY, 0);
    return;
  }
  const uint32_t count = (uint32_t)fv_boxes(&fv_images_net, found, FV_BOXES);
  if (first > count) {
    refuse(request, FV_ERROR_RANGE, count);
    return;
  }
  const uint32_t room = (FV_PAYLOAD_LIMIT - 4) / sizeof *found;
  const uint32_t sent = count - first < room ? count - first : room;
  const struct fv_header header = answer_to(request);
  fv_put16(fv_put16(answer, count), first);
  fv_send_begin(&header);
  fv_send_put(answer, 4);
  fv_send_put(found + first, sent * sizeof *found);
  fv_send_end();
}

static void per_layer(const struct fv_header *request, const uint8_t *payload, uint32_t entry_bytes) {
  const uint32_t first = fv_get_u16(payload);
  if (first >= FV_LAYERS) {
    refuse(request, FV_ERROR_RANGE, FV_LAYERS);
    return;
  }
  uint32_t count = FV_LAYERS - first;
  count = count < (ANSWER_BYTES - 4) / entry_bytes ? count : (ANSWER_BYTES - 4) / entry_bytes;
  uint8_t *p = fv_put16(fv_put16(answer, first), count);
  const struct fv_image *image = fv_image(&fv_images_net, fv_images_net.released);
  for (uint32_t i = first; i < first + count; i++) {
    p = entry_bytes == 8 ? fv_put64(p, image->ticks[i]) : fv_put32(p, image->crc[i]);
  }
  send_to(request, p);
}

static void memory(const struct fv_header *request) {
  struct fv_memory_use use;
  uint8_t *p = answer + 2;
  int i = 0;
  for (; fv_memory_use(i, &use); i++) {
    const size_t name = strlen(use.name);
    if (p + 9 + name > answer + ANSWER_BYTES) {
      break;
    }
    p = fv_put8(fv_put32(fv_put32(p, use.size), use.used), (uint32_t)name);
    memcpy(p, use.name, name);
    p += name;
  }
  fv_put16(answer, (uint32_t)i);
  send_to(request, p);
}

static void load(const struct fv_header *request) {
  struct fv_task_time time;
  uint8_t *const count = fv_put64(fv_put64(answer, fv_port_ticks()), longest_wait);
  uint8_t *p = count + 2;
  int i = 0;
  for (; fv_task_time(i, &time); i++) {
    const size_t name = strlen(time.name);
    if (p + 9 + name > answer + ANSWER_BYTES) {
      break;
    }
    p = fv_put8(fv_put64(p, time.ticks), (uint32_t)name);
    memcpy(p, time.name, name);
    p += name;
  }
  fv_put16(count, (uint32_t)i);
  send_to(request, p);
}

/* As the kernels read them: of weights that startup has copied, the copies. */
static void selftest(const struct fv_header *request) {
  uint32_t weights = 0;
  for (uint32_t i = 0; i < fv_weights_span_count; i++) {
    weights = fv_crc32(weights, fv_weights_spans[i].start, fv_weights_spans[i].bytes);
  }
  uint8_t *p = fv_put32(answer, weights);
  send_to(request, fv_put32(p, fv_crc32(0, fv_tables_start, (size_t)(fv_tables_end - fv_tables_start))));
}

/* The activations' memory, which holds nothing between images. */
static void cells(const struct fv_header *request) {
  if (!TESTS_CELLS || fv_images_any()) {
    refuse(request, FV_ERROR_BUSY, 0);
    return;
  }
  const uint32_t words = fv_plan.arena_bytes / sizeof(uint32_t);
  const struct fv_cells found = fv_test_cells((volatile uint32_t *)(void *)fv_plan.arena, words);
  uint8_t *p = fv_put32(fv_put32(answer, words * sizeof(uint32_t)), found.failures);
  p = fv_put32(p, found.first * sizeof(uint32_t));
  send_to(request, fv_put32(fv_put32(p, found.written), found.read));
}

static void restart(const struct fv_header *request) {
  fv_images_drop();
  send(request, 0);
  session_id = 0;
  fv_link_set_baud(0);
}

static void change_baud(const struct fv_header *request, const uint8_t *payload) {
  const uint32_t wanted = fv_get_u32(payload);
  const uint32_t nearest = fv_port_baud(wanted);
  send_to(request, fv_put32(answer, nearest));
  if (nearest != 0) {
    fv_link_set_baud(wanted);
  }
}

/* Payload bytes that a request must have at least; -1: not a request. */
static int32_t least_bytes(uint8_t type) {
  switch (type) {
    case FV_HELLO:
    case FV_TENSOR:
      return 8;
    case FV_BEGIN:
    case FV_SET_BAUD:
      return 4;
    case FV_READ_PROFILE:
    case FV_READ_CRCS:
      return 2;
    case FV_READ_BOXES:
      return FV_BOXES > 0 ? 2 : -1;
    case FV_CELLS:
      return TESTS_CELLS ? 0 : -1;
    case FV_ROW: /* says so itself, with the row that it wants */
    case FV_STATUS:
    case FV_MEMORY:
    case FV_SELFTEST:
    case FV_RESTART:
    case FV_RELEASE:
    case FV_LOAD:
      return 0;
    default:
      return -1;
  }
}

static void dispatch(const struct fv_frame *frame, const uint8_t *payload) {
  const struct fv_header *request = &frame->header;
  switch (request->type) {
    case FV_HELLO:
      hello(request, payload);
      break;
    case FV_BEGIN:
      begin(request, payload);
      break;
    case FV_ROW:
      take_row(frame, payload);
      break;
    case FV_STATUS:
      status(request);
      break;
    case FV_TENSOR:
      tensor(request, payload);
      break;
    case FV_READ_PROFILE:
      per_layer(request, payload, 8);
      break;
    case FV_READ_CRCS:
      per_layer(request, payload, 4);
      break;
    case FV_READ_BOXES:
      boxes(request, payload);
      break;
    case FV_MEMORY:
      memory(request);
      break;
    case FV_SELFTEST:
      selftest(request);
      break;
    case FV_CELLS:
      cells(request);
      break;
    case FV_RESTART:
      restart(request);
      break;
    case FV_RELEASE:
      release(request);
      break;
    case FV_LOAD:
      load(request);
      break;
    case FV_SET_BAUD:
      change_baud(request, payload);
      break;
    default:
      break;
  }
}

static int reads_result(uint8_t type) {
  return type == FV_TENSOR || type == FV_READ_PROFILE || type == FV_READ_CRCS || type == FV_READ_BOXES;
}

/* What an engine that has failed cannot do any more. */
static int needs_results(uint8_t type) {
  return type == FV_BEGIN || type == FV_ROW || type == FV_STATUS || type == FV_RELEASE || reads_result(type);
}

void fv_session_request(const struct fv_frame *frame) {
  const struct fv_header *request = &frame->header;
  const uint32_t length = frame->payload_bytes;
  const uint64_t asked = fv_link_asked(); /* once it is answered, the next one may come */
  uint8_t head[MOST_HEAD_BYTES] = {0};
  if (request->type & FV_ANSWER) {
    return;
  }
  if (least_bytes(request->type) < 0) {
    refuse(request, FV_ERROR_UNKNOWN, request->type);
  } else if ((int32_t)length < least_bytes(request->type)) {
    refuse(request, FV_ERROR_LENGTH, (uint32_t)least_bytes(request->type));
  } else if (request->type != FV_HELLO && (session_id == 0 || request->session != session_id)) {
    refuse(request, FV_ERROR_NO_SESSION, 0);
  } else if (needs_results(request->type) && failure()) {
    refuse_in_words(request, failure());
  } else if (reads_result(request->type) && fv_images_find(request->image) == FV_NONE) {
    refuse(request, FV_ERROR_NOT_HELD, 0);
  } else if (reads_result(request->type) && fv_images_state(fv_images_find(request->image)) != FV_DONE) {
    refuse(request, FV_ERROR_NOT_DONE, 0);
  } else {
    fv_frame_read(frame, 0, head, length < MOST_HEAD_BYTES ? length : MOST_HEAD_BYTES);
    dispatch(frame, head);
    if (request->type == FV_STATUS) {
      measure_wait(asked);
    }
  }
}
