#include "fv_link.h"
#include <string.h>
#include "fv_config.h"
#include "fv_port.h"
#include "fv_session.h"

enum { RX_BYTES = 2048, TX_BYTES = 2048, LOG_LINES = 8, LOG_CHARS = 120, LOG_TYPE = 0x60 };

/* One writer, one reader: the counters only grow, so no lock is needed. */
struct ring {
  volatile uint32_t in, out;
  uint8_t bytes[RX_BYTES];
};
_Static_assert(RX_BYTES == TX_BYTES && (RX_BYTES & (RX_BYTES - 1)) == 0, "rings are a power of two");
_Static_assert(TX_BYTES >= (int)FV_WIRE_LIMIT, "a frame fits in the ring");

static FV_LINK_MEMORY struct {
  struct ring rx, tx;
  struct fv_decoder decoder;
  uint8_t wire[FV_WIRE_LIMIT];
  char log[LOG_LINES][LOG_CHARS];
} link;

static volatile uint32_t overruns;
static volatile uint32_t log_in, log_out;
static uint16_t log_sequence;

void fv_link_received(uint8_t byte) {
  struct ring *rx = &link.rx;
  if (rx->in - rx->out == RX_BYTES) {
    overruns++;
    return;
  }
  rx->bytes[rx->in % RX_BYTES] = byte;
  rx->in++;
  if (byte == 0 || rx->in - rx->out > RX_BYTES / 2) {
    fv_wake_link();
  }
}

int fv_link_next_byte(void) {
  struct ring *tx = &link.tx;
  if (tx->in == tx->out) {
    return -1;
  }
  const uint8_t byte = tx->bytes[tx->out % TX_BYTES];
  tx->out++;
  return byte;
}

void fv_link_send(const struct fv_header *header, const void *payload, size_t length) {
  struct fv_encoder encoder;
  fv_encoder_begin(&encoder, link.wire, header);
  fv_put(&encoder, payload, length);
  const uint32_t wire = fv_encoder_end(&encoder);
  struct ring *tx = &link.tx;
  for (uint32_t i = 0; i < wire; i++) {
    while (tx->in - tx->out == TX_BYTES) {
      fv_port_send();
    }
    tx->bytes[tx->in % TX_BYTES] = link.wire[i];
    tx->in++;
  }
  fv_port_send();
}

static void send_log(void) {
  while (log_out != log_in) {
    const char *line = link.log[log_out % LOG_LINES];
    const struct fv_header header = {.type = LOG_TYPE, .sequence = log_sequence++};
    fv_link_send(&header, line, strnlen(line, LOG_CHARS));
    log_out++;
  }
}

void fv_link_run(void) {
  struct ring *rx = &link.rx;
  while (rx->in != rx->out) {
    const uint8_t byte = rx->bytes[rx->out % RX_BYTES];
    rx->out++;
    struct fv_frame frame;
    if (fv_decoder_push(&link.decoder, byte, &frame)) {
      fv_session_request(&frame.header, frame.payload, frame.payload_bytes);
    }
  }
  fv_session_continue();
  send_log();
}

void fv_log(const char *text) { fv_log_line(text, strlen(text)); }

void fv_log_line(const char *text, size_t length) {
  const uint32_t state = fv_port_lock();
  if (log_in - log_out < LOG_LINES) {
    char *line = link.log[log_in % LOG_LINES];
    memset(line, 0, LOG_CHARS);
    memcpy(line, text, length < LOG_CHARS ? length : LOG_CHARS);
    log_in++;
  } else {
    log_sequence++;
  }
  fv_port_unlock(state);
  fv_wake_link();
}

uint32_t fv_link_bad_frames(void) { return link.decoder.bad_frames; }
uint32_t fv_link_overruns(void) { return overruns; }
