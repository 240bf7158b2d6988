#include "fv_session.h"
#include <string.h>
#include "fv_bytes.h"
#include "fv_config.h"
#include "fv_crc32.h"
#include "fv_link.h"
#include "fv_net.h"
#include "fv_network.h"
#include "fv_port.h"

enum {
  VERSION = 1,
  CAPABILITIES = 0xf, /* profile, layer CRCs, self-test, LOG */
  ROW_BYTES = FV_INPUT_WIDTH * FV_INPUT_CHANNELS,
  ANSWER_BYTES = 256, /* longer answers go in parts; tensors are sent from where they lie */
  MOST_HEAD_BYTES = 8 /* of a request's payload that are not an image's */
};

static uint64_t ticks[FV_LAYERS];
static uint32_t crcs[FV_LAYERS];
static struct fv_net net = {.ticks = ticks, .crc = crcs};

static uint32_t session_id; /* 0: none */
static uint16_t image, begin_sequence;
static uint8_t has_image;

/* The row under way. `row_full` passes the buffer to the inference context, `row_taken` passes it back. */
static FV_LINK_MEMORY uint8_t row[ROW_BYTES];
static uint32_t row_bytes;
static struct fv_header row_request;
static volatile uint8_t row_full, row_taken;
static volatile uint8_t image_present; /* no rows will come: the inference can start */
static volatile uint8_t computing;

static FV_LINK_MEMORY uint8_t answer[ANSWER_BYTES];

static enum fv_state state(void) {
  if (!has_image) {
    return FV_IDLE;
  }
  if (net.next_step == fv_plan.n_steps && !computing) {
    return FV_DONE;
  }
  return net.rows_in == FV_INPUT_HEIGHT ? FV_RUNNING : FV_RECEIVING;
}

static struct fv_header answer_to(const struct fv_header *request) {
  struct fv_header header = *request;
  header.type = (uint8_t)(request->type | FV_ANSWER);
  header.flags = 0;
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
  header.flags = 0;
  uint8_t *p = fv_put8(fv_put8(answer, request->type), code);
  p = fv_put16(p, detail);
  fv_link_send(&header, answer, (size_t)(p - answer));
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
  if (request->session != session_id && state() != FV_RUNNING) {
    has_image = 0;
  }
  session_id = request->session;
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
  const int repeated = has_image && image == request->image && begin_sequence == request->sequence;
  if (!repeated) {
    if (state() == FV_RUNNING || row_full || image_present || computing) {
      refuse(request, FV_ERROR_BUSY, 0);
      return;
    }
    const uint32_t options = fv_get_u32(payload);
    fv_begin(&net, options);
    image = request->image;
    begin_sequence = request->sequence;
    has_image = 1;
    row_bytes = 0;
    if (options & FV_IMAGE_PRESENT) {
      if (fv_image_present(&net) != FV_OK) {
        has_image = 0;
        refuse(request, FV_ERROR_RANGE, 0);
        return;
      }
      image_present = 1;
      fv_wake_inference();
    }
  }
  send_to(request, fv_put16(answer, FV_INPUT_HEIGHT));
}

static void answer_row(const struct fv_header *request) {
  send_to(request, fv_put16(fv_put16(answer, net.rows_in), row_bytes));
}

static void take_part(const struct fv_frame *frame, const uint8_t *payload) {
  const struct fv_header *request = &frame->header;
  const uint32_t offset = fv_get_u16(payload);
  const uint32_t bytes = frame->payload_bytes - 2;
  if (offset > row_bytes || bytes == 0 || offset + bytes > ROW_BYTES) {
    refuse(request, FV_ERROR_LENGTH, ROW_BYTES);
    return;
  }
  fv_frame_read(frame, 2, row + offset, bytes);
  row_bytes = offset + bytes > row_bytes ? offset + bytes : row_bytes;
  if (row_bytes < ROW_BYTES) {
    answer_row(request);
    return;
  }
  row_request = *request;
  row_full = 1;
  fv_wake_inference();
}

static void take_row(const struct fv_frame *frame, const uint8_t *payload) {
  const struct fv_header *request = &frame->header;
  if (!has_image || request->image != image) {
    refuse(request, FV_ERROR_NO_IMAGE, 0);
  } else if (request->row < net.rows_in) {
    answer_row(request); /* its first answer was lost */
  } else if (request->row > net.rows_in) {
    refuse(request, FV_ERROR_ROW_ORDER, net.rows_in);
  } else if (row_full) {
    row_request = *request; /* a repeat of the row under way: it is answered when it is taken over */
  } else if (frame->payload_bytes < 3) {
    refuse(request, FV_ERROR_LENGTH, ROW_BYTES);
  } else {
    take_part(frame, payload);
  }
}

void fv_session_continue(void) {
  if (row_taken) {
    row_taken = 0;
    row_bytes = 0;
    row_full = 0;
    answer_row(&row_request);
  }
}

int fv_session_has_work(void) { return image_present || (row_full && !row_taken); }

int fv_session_infer(void) {
  if (!fv_session_has_work()) {
    return 0;
  }
  computing = 1;
  if (image_present) {
    image_present = 0;
  } else {
    fv_take_row(&net, row);
    row_taken = 1;
    fv_wake_link();
  }
  fv_run_ready(&net);
  computing = 0;
  return 1;
}

static void status(const struct fv_header *request) {
  uint8_t *p = fv_put8(fv_put8(answer, state()), 0);
  p = fv_put16(p, has_image ? net.rows_in : 0);
  p = fv_put16(fv_put16(p, has_image ? net.next_step : 0), FV_STEPS);
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
  const struct fv_header header = answer_to(request);
  fv_put32(answer, offset);
  fv_send_begin(&header);
  fv_send_put(answer, 4);
  fv_send_put(data + offset, length);
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
  for (uint32_t i = first; i < first + count; i++) {
    p = entry_bytes == 8 ? fv_put64(p, ticks[i]) : fv_put32(p, crcs[i]);
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

/* As the kernels read them: of weights that startup has copied, the copies. */
static void selftest(const struct fv_header *request) {
  uint32_t weights = 0;
  for (uint32_t i = 0; i < fv_weights_span_count; i++) {
    weights = fv_crc32(weights, fv_weights_spans[i].start, fv_weights_spans[i].bytes);
  }
  uint8_t *p = fv_put32(answer, weights);
  send_to(request, fv_put32(p, fv_crc32(0, fv_tables_start, (size_t)(fv_tables_end - fv_tables_start))));
}

static void restart(const struct fv_header *request) {
  if (state() == FV_RUNNING || row_full) {
    refuse(request, FV_ERROR_BUSY, 0);
    return;
  }
  has_image = 0;
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
    case FV_MEMORY:
      memory(request);
      break;
    case FV_SELFTEST:
      selftest(request);
      break;
    case FV_RESTART:
      restart(request);
      break;
    default:
      break;
  }
}

static int reads_result(uint8_t type) { return type == FV_TENSOR || type == FV_READ_PROFILE || type == FV_READ_CRCS; }

void fv_session_request(const struct fv_frame *frame) {
  const struct fv_header *request = &frame->header;
  const uint32_t length = frame->payload_bytes;
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
  } else if (reads_result(request->type) && state() != FV_DONE) {
    refuse(request, FV_ERROR_NOT_DONE, 0);
  } else {
    fv_frame_read(frame, 0, head, length < MOST_HEAD_BYTES ? length : MOST_HEAD_BYTES);
    dispatch(frame, head);
  }
}
