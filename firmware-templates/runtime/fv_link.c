#include "fv_link.h"
#include <string.h>
#include "fv_config.h"
#include "fv_port.h"
#include "fv_session.h"

enum { RX_BYTES = 1024, TX_BYTES = 1024, LOG_BYTES = 256, LOG_CHARS = 120, LOG_TYPE = 0x60, CHUNK = 128 };
_Static_assert(RX_BYTES >= (int)FV_WIRE_LIMIT, "a frame is decoded where it arrived: it must fit in the ring");
_Static_assert(TX_BYTES >= 0xff + CHUNK + 2, "an open block of COBS and a chunk behind it fit in the ring");

/* Rings with one writer and one reader each. Nobody clears them. */
static FV_LINK_MEMORY struct {
  uint8_t rx[RX_BYTES], tx[TX_BYTES];
  char log[LOG_BYTES];
} link;

/* Counters that only grow, so that no lock is needed; modulo the size of the ring they say where in it. Received bytes
 * are taken over from the interrupt at rx_in, read by the decoder at rx_read, kept as a frame from rx_out on. */
static volatile uint32_t rx_in, rx_read, rx_out;
static volatile uint32_t tx_in, tx_out;
static volatile uint32_t log_in, log_out;
static volatile uint32_t overruns;

/* When the oldest delimiter came that the link has not begun to look at. */
static volatile uint8_t asks;
static uint64_t asked;
static uint16_t log_sequence;

static struct fv_decoder decoder = {.bytes = link.rx, .mask = RX_BYTES - 1};
static struct fv_encoder encoder;

/* The line runs at another rate than after reset; delimiters since then that ended no good frame, one after the other.
 * So many of them mean that the host talks at the rate after reset. */
enum { UNREAD_LIMIT = 16 };
static uint8_t rate_changed, unread;

void fv_link_received(uint8_t byte) {
  if (rx_in - rx_out == RX_BYTES) {
    overruns++;
    return;
  }
  if (byte == 0 && !asks) {
    asks = 1;
    asked = fv_port_ticks();
  }
  link.rx[rx_in % RX_BYTES] = byte;
  rx_in++;
  if (byte == 0 || rx_in - rx_read > RX_BYTES / 4) {
    fv_wake_link();
  }
}

void fv_link_overrun(void) { overruns++; }

int fv_link_next_byte(void) {
  if (tx_in == tx_out) {
    return -1;
  }
  const uint8_t byte = link.tx[tx_out % TX_BYTES];
  tx_out++;
  return byte;
}

void fv_send_begin(const struct fv_header *header) {
  while (tx_in - tx_out > TX_BYTES - 2 * FV_HEADER_BYTES) {
    fv_port_send();
  }
  fv_encoder_begin(&encoder, link.tx, TX_BYTES - 1, tx_in, header);
}

/* n <= CHUNK */
static void put_chunk(const uint8_t *bytes, size_t n) {
  tx_in = encoder.code_at;
  while (encoder.end + n + 2 - tx_out > TX_BYTES) {
    fv_port_send();
  }
  fv_put(&encoder, bytes, n);
}

void fv_send_put(const void *bytes, size_t n) {
  const uint8_t *p = bytes;
  for (; n > CHUNK; p += CHUNK, n -= CHUNK) {
    put_chunk(p, CHUNK);
  }
  put_chunk(p, n);
}

void fv_send_end(void) {
  while (encoder.end + 2 * FV_CRC_BYTES - tx_out > TX_BYTES) {
    fv_port_send();
  }
  tx_in = fv_encoder_end(&encoder);
  fv_port_send();
}

void fv_link_send(const struct fv_header *header, const void *payload, size_t length) {
  fv_send_begin(header);
  fv_send_put(payload, length);
  fv_send_end();
}

/* A line of the log's ring is its length and its characters. */
static void send_log(void) {
  while (log_out != log_in) {
    const uint32_t length = (uint8_t)link.log[log_out % LOG_BYTES];
    const struct fv_header header = {.type = LOG_TYPE, .sequence = log_sequence++};
    fv_send_begin(&header);
    for (uint32_t i = 1; i <= length; i++) {
      fv_send_put(&link.log[(log_out + i) % LOG_BYTES], 1);
    }
    fv_send_end();
    log_out += 1 + length;
  }
}

void fv_link_set_baud(uint32_t baud) {
  while (tx_in != tx_out) {
    fv_port_send();
  }
  fv_port_set_baud(baud);
  rate_changed = baud != 0;
  unread = 0;
}

static void watch_rate(int good) {
  unread = (uint8_t)(good || !rate_changed ? 0 : unread + 1);
  if (unread == UNREAD_LIMIT) {
    fv_link_set_baud(0);
  }
}

void fv_link_run(void) {
  asks = 0;
  while (rx_in != rx_read) {
    const uint8_t byte = link.rx[rx_read % RX_BYTES];
    rx_read++;
    struct fv_frame frame;
    const int good = fv_decoder_push(&decoder, byte, &frame);
    if (good) {
      fv_session_request(&frame);
    }
    if (byte == 0 || decoder.length > FV_FRAME_LIMIT) {
      decoder.start = rx_read;
      rx_out = rx_read;
    }
    if (byte == 0) {
      fv_session_continue();
      watch_rate(good);
    }
  }
  fv_session_continue();
  send_log();
}

void fv_log(const char *text) { fv_log_line(text, strlen(text)); }

void fv_log_line(const char *text, size_t length) {
  const uint32_t n = length < LOG_CHARS ? (uint32_t)length : LOG_CHARS;
  const uint32_t state = fv_port_lock();
  if (log_in - log_out + 1 + n <= LOG_BYTES) {
    link.log[log_in % LOG_BYTES] = (char)n;
    for (uint32_t i = 0; i < n; i++) {
      link.log[(log_in + 1 + i) % LOG_BYTES] = text[i];
    }
    log_in += 1 + n;
  } else {
    log_sequence++;
  }
  fv_port_unlock(state);
  fv_wake_link();
}

uint64_t fv_link_asked(void) {
  const uint32_t state = fv_port_lock();
  const uint64_t ticks = asked;
  fv_port_unlock(state);
  return ticks;
}

uint16_t fv_link_log_sequence(void) { return log_sequence++; }

uint32_t fv_link_bad_frames(void) { return decoder.bad_frames; }
uint32_t fv_link_overruns(void) { return overruns; }
