#include "fv_session.h"
#include <string.h>
#include "fv_bytes.h"
#include "fv_config.h"
#include "fv_crc32.h"
#include "fv_link.h"
#include "fv_net.h"
#include "fv_network.h"
#include "fv_port.h"
#include "fv_rows.h"

enum {
  VERSION = 1,
  CAPABILITY_TWO_IMAGES = 0x10,
  CAPABILITIES = 0xf | (FV_IMAGES > 1 ? CAPABILITY_TWO_IMAGES : 0), /* profile, layer CRCs, self-test, LOG */
  RESULT_WAITS = 2                                                  /* flag of an answer */
};

static uint64_t ticks[FV_IMAGES][FV_LAYERS];
static uint32_t crcs[FV_IMAGES][FV_LAYERS];
static struct fv_image images[FV_IMAGES];
static struct fv_net net = {.images = images, .n_images = FV_IMAGES};

/* What the link knows of each image in flight, at its number modulo FV_IMAGES. */
static struct {
  uint16_t image, begin_sequence;
  uint16_t rows; /* that are whole; the last of them has no answer yet while row_waits */
} facts[FV_IMAGES];

static uint32_t session_id; /* 0: none */
static uint8_t two_images;  /* the host releases images itself; else BEGIN does */

static struct fv_header row_request;
/* A row filled the last slot, or found none: it is answered when one is free again. While two images are in flight a
 * result may have to be fetched first, so that a row in the last slot is answered, too, when one is there. */
static enum { NO_ROW_WAITS, ROW_WAITS, LOST_ROW_WAITS } row_waits;
static volatile uint8_t computing;
static volatile uint8_t dropping; /* the inference context forgets all images before its next work */

static FV_LINK_MEMORY uint8_t answer[FV_PAYLOAD_LIMIT];

/* The image in flight with the host's number, or FV_NONE. */
static int32_t find(uint16_t image) {
  for (uint16_t id = net.released; id != net.begun && !dropping; id++) {
    if (facts[id % FV_IMAGES].image == image) {
      return id;
    }
  }
  return FV_NONE;
}

static int is_done(uint16_t id) { return fv_image(&net, id)->next_step == fv_plan.n_steps; }

static uint16_t rows_answered(uint16_t id) {
  return (uint16_t)(facts[id % FV_IMAGES].rows - (row_waits == ROW_WAITS && id + 1u == net.begun));
}

static enum fv_state state(int32_t id) {
  if (id == FV_NONE) {
    return FV_IDLE;
  }
  if (is_done((uint16_t)id)) {
    return FV_DONE;
  }
  return rows_answered((uint16_t)id) == FV_INPUT_HEIGHT ? FV_RUNNING : FV_RECEIVING;
}

static void forget(void) {
  fv_reset(&net);
  fv_rows_reset();
  row_waits = NO_ROW_WAITS;
}

/* At once, or before the inference's next step. */
static void drop(void) {
  if (computing) {
    dropping = 1;
  } else {
    forget();
  }
}

static int result_waits(void) { return net.released != net.begun && is_done(net.released); }

static uint8_t answer_flags(void) { return result_waits() ? RESULT_WAITS : 0; }

static void send(const struct fv_header *request, size_t length) {
  struct fv_header header = *request;
  header.type = (uint8_t)(request->type | FV_ANSWER);
  header.flags = answer_flags();
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

static void hello(const struct fv_header *request, const uint8_t *payload) {
  static const uint8_t model[32] = FV_MODEL_SHA256;
  static const uint8_t layout[32] = FV_LAYOUT_SHA256;
  static const char board[] = FV_BOARD_ID;
  if (fv_get_u16(payload) != VERSION) {
    refuse(request, FV_ERROR_VERSION, VERSION);
    return;
  }
  if (request->session != session_id) {
    drop();
  }
  session_id = request->session;
  two_images = (fv_get_u32(payload + 4) & CAPABILITIES & CAPABILITY_TWO_IMAGES) != 0;
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

/* Makes room for one more image. The host that releases images waits for its own release; for any other the next image
 * ends the last one, unless that is at work. */
static int make_room(void) {
  if (dropping) {
    return 0;
  }
  if (net.released == net.begun) {
    return 1;
  }
  const uint16_t youngest = (uint16_t)(net.begun - 1);
  if (two_images) {
    return state(youngest) != FV_RECEIVING && (uint16_t)(net.begun - net.released) < FV_IMAGES;
  }
  if (state(youngest) == FV_RUNNING || row_waits || computing) {
    return 0;
  }
  forget();
  return 1;
}

static int begin_new(const struct fv_header *request, uint32_t options) {
  if (!make_room()) {
    refuse(request, FV_ERROR_BUSY, 0);
    return 0;
  }
  const uint16_t id = net.begun;
  facts[id % FV_IMAGES].image = request->image;
  facts[id % FV_IMAGES].begin_sequence = request->sequence;
  facts[id % FV_IMAGES].rows = 0;
  images[id % FV_IMAGES].ticks = ticks[id % FV_IMAGES];
  images[id % FV_IMAGES].crc = crcs[id % FV_IMAGES];
  fv_begin(&net, options);
  if (options & FV_IMAGE_PRESENT) {
    if (fv_image_present(&net) != FV_OK) {
      forget();
      refuse(request, FV_ERROR_RANGE, 0);
      return 0;
    }
    facts[id % FV_IMAGES].rows = FV_INPUT_HEIGHT;
    fv_wake_inference();
  }
  return 1;
}

static void begin(const struct fv_header *request, const uint8_t *payload) {
  const int32_t id = find(request->image);
  const int repeated = id != FV_NONE && facts[id % FV_IMAGES].begin_sequence == request->sequence;
  if (repeated || begin_new(request, fv_get_u32(payload))) {
    send_to(request, fv_put16(answer, FV_INPUT_HEIGHT));
  }
}

static void answer_row(const struct fv_header *request, uint16_t id) {
  send_to(request, fv_put16(fv_put16(answer, rows_answered(id)), row_waits ? 0 : fv_rows_partial()));
}

static void take_part(const struct fv_header *request, const uint8_t *payload, size_t length, uint16_t id) {
  if (!fv_rows_put(fv_get_u16(payload), payload + 2, length - 2)) {
    refuse(request, FV_ERROR_LENGTH, FV_INPUT_WIDTH * FV_INPUT_CHANNELS);
    return;
  }
  if (fv_rows_partial() > 0) {
    answer_row(request, id);
    return;
  }
  facts[id % FV_IMAGES].rows++;
  fv_wake_inference();
  if (fv_rows_has_room()) {
    answer_row(request, id);
  } else {
    row_request = *request;
    row_waits = ROW_WAITS;
  }
}

static void take_row(const struct fv_header *request, const uint8_t *payload, size_t length) {
  const int32_t id = find(request->image);
  if (id == FV_NONE || (uint16_t)(id + 1) != net.begun) {
    refuse(request, FV_ERROR_NO_IMAGE, 0);
  } else if (request->row < rows_answered((uint16_t)id)) {
    answer_row(request, (uint16_t)id); /* its first answer was lost */
  } else if (request->row > rows_answered((uint16_t)id) || request->row >= FV_INPUT_HEIGHT) {
    refuse(request, FV_ERROR_ROW_ORDER, rows_answered((uint16_t)id));
  } else if (!fv_rows_has_room() && !row_waits) {
    row_request = *request; /* it will be asked for again */
    row_waits = LOST_ROW_WAITS;
  } else if (row_waits) {
    row_request = *request; /* a repeat of the row under way: it is answered when there is room again */
  } else if (length < 3) {
    refuse(request, FV_ERROR_LENGTH, FV_INPUT_WIDTH * FV_INPUT_CHANNELS);
  } else {
    take_part(request, payload, length, (uint16_t)id);
  }
}

void fv_session_continue(void) {
  if (row_waits && (fv_rows_has_room() || (row_waits == ROW_WAITS && two_images && result_waits()))) {
    row_waits = NO_ROW_WAITS;
    answer_row(&row_request, (uint16_t)(net.begun - 1));
  }
}

int fv_session_has_work(void) {
  return dropping || (fv_rows_front() && fv_wants_row(&net) != FV_NONE) || fv_runnable(&net) != FV_NONE;
}

/* A row first: it is quick, and the line waits for it. */
static int work(void) {
  const uint32_t locked = fv_port_lock();
  const uint8_t *row = fv_rows_front();
  const int32_t taking = row ? fv_wants_row(&net) : FV_NONE;
  const int32_t running = fv_runnable(&net);
  fv_port_unlock(locked);
  if (taking != FV_NONE) {
    fv_take_row(&net, (uint16_t)taking, row);
    fv_rows_pop();
    fv_wake_link();
  } else if (running != FV_NONE) {
    fv_run(&net, (uint16_t)running);
    if (result_waits()) {
      fv_wake_link();
    }
  }
  return taking != FV_NONE || running != FV_NONE;
}

int fv_session_infer(void) {
  computing = 1;
  const int worked = work();
  computing = 0;
  if (dropping) {
    forget();
    dropping = 0;
    return 1;
  }
  return worked;
}

/* The host has what it wants of an image; it may say so twice. */
static void release(const struct fv_header *request) {
  const int32_t id = find(request->image);
  if (id != FV_NONE && !is_done((uint16_t)id)) {
    refuse(request, FV_ERROR_NOT_DONE, 0);
    return;
  }
  if (id != FV_NONE) {
    fv_release(&net);
    fv_wake_inference();
  }
  send(request, 0);
}

static void status(const struct fv_header *request) {
  const int32_t id = find(request->image);
  uint8_t *p = fv_put8(fv_put8(answer, state(id)), 0);
  p = fv_put16(p, id == FV_NONE ? 0 : rows_answered((uint16_t)id));
  p = fv_put16(fv_put16(p, id == FV_NONE ? 0 : fv_image(&net, (uint16_t)id)->next_step), FV_STEPS);
  send_to(request, fv_put32(fv_put32(p, fv_link_bad_frames()), fv_link_overruns()));
}

static void tensor(const struct fv_header *request, const uint8_t *payload) {
  const uint32_t wanted = fv_get_u16(payload + 2);
  const uint32_t offset = fv_get_u32(payload + 4);
  const int8_t *data = fv_output(&net, payload[0]);
  if (!data || offset >= fv_plan.outputs[payload[0]].bytes) {
    refuse(request, FV_ERROR_RANGE, 0);
    return;
  }
  uint32_t length = fv_plan.outputs[payload[0]].bytes - offset;
  length = length < wanted ? length : wanted;
  length = length < FV_PAYLOAD_LIMIT - 4 ? length : FV_PAYLOAD_LIMIT - 4;
  uint8_t *p = fv_put32(answer, offset);
  memcpy(p, data + offset, length);
  send_to(request, p + length);
}

static void per_layer(const struct fv_header *request, const uint8_t *payload, uint32_t entry_bytes) {
  const uint32_t first = fv_get_u16(payload);
  if (first >= FV_LAYERS) {
    refuse(request, FV_ERROR_RANGE, FV_LAYERS);
    return;
  }
  uint32_t count = FV_LAYERS - first;
  count = count < (FV_PAYLOAD_LIMIT - 4) / entry_bytes ? count : (FV_PAYLOAD_LIMIT - 4) / entry_bytes;
  uint8_t *p = fv_put16(fv_put16(answer, first), count);
  const uint32_t slot = net.released % FV_IMAGES;
  for (uint32_t i = first; i < first + count; i++) {
    p = entry_bytes == 8 ? fv_put64(p, ticks[slot][i]) : fv_put32(p, crcs[slot][i]);
  }
  send_to(request, p);
}

static void memory(const struct fv_header *request) {
  struct fv_memory_use use;
  uint8_t *p = answer + 2;
  int i = 0;
  for (; fv_memory_use(i, &use); i++) {
    const size_t name = strlen(use.name);
    p = fv_put8(fv_put32(fv_put32(p, use.size), use.used), (uint32_t)name);
    memcpy(p, use.name, name);
    p += name;
  }
  fv_put16(answer, (uint32_t)i);
  send_to(request, p);
}

static uint32_t crc_between(const uint8_t *start, const uint8_t *end) {
  return fv_crc32(0, start, (size_t)(end - start));
}

static void selftest(const struct fv_header *request) {
  uint8_t *p = fv_put32(answer, crc_between(fv_weights_start, fv_weights_end));
  send_to(request, fv_put32(p, crc_between(fv_tables_start, fv_tables_end)));
}

static void restart(const struct fv_header *request) {
  drop();
  send(request, 0);
  session_id = 0;
}

/* Payload bytes that a request must have at least; -1: not a request. */
static int32_t least_bytes(uint8_t type) {
  switch (type) {
    case FV_HELLO:
    case FV_TENSOR:
      return 8;
    case FV_BEGIN:
      return 4;
    case FV_READ_PROFILE:
    case FV_READ_CRCS:
      return 2;
    case FV_ROW: /* says so itself, with the row that it wants */
    case FV_STATUS:
    case FV_MEMORY:
    case FV_SELFTEST:
    case FV_RESTART:
    case FV_RELEASE:
      return 0;
    default:
      return -1;
  }
}

static void dispatch(const struct fv_header *request, const uint8_t *payload, size_t length) {
  switch (request->type) {
    case FV_HELLO:
      hello(request, payload);
      break;
    case FV_BEGIN:
      begin(request, payload);
      break;
    case FV_ROW:
      take_row(request, payload, length);
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
    case FV_MEMORY:
      memory(request);
      break;
    case FV_SELFTEST:
      selftest(request);
      break;
    case FV_RESTART:
      restart(request);
      break;
    case FV_RELEASE:
      release(request);
      break;
    default:
      break;
  }
}

static int reads_result(uint8_t type) { return type == FV_TENSOR || type == FV_READ_PROFILE || type == FV_READ_CRCS; }

void fv_session_request(const struct fv_header *request, const uint8_t *payload, size_t length) {
  if (request->type & FV_ANSWER) {
    return;
  }
  if (least_bytes(request->type) < 0) {
    refuse(request, FV_ERROR_UNKNOWN, request->type);
  } else if ((int32_t)length < least_bytes(request->type)) {
    refuse(request, FV_ERROR_LENGTH, (uint32_t)least_bytes(request->type));
  } else if (request->type != FV_HELLO && (session_id == 0 || request->session != session_id)) {
    refuse(request, FV_ERROR_NO_SESSION, 0);
  } else if (reads_result(request->type) && state(find(request->image)) != FV_DONE) {
    refuse(request, find(request->image) == FV_NONE ? FV_ERROR_NOT_HELD : FV_ERROR_NOT_DONE, 0);
  } else {
    dispatch(request, payload, length);
  }
}
