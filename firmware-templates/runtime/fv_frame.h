/* Frames of the serial protocol (docs/PROTOCOL.md): COBS( header | payload | CRC-32 ) 0x00.
 * Pure: bytes in, frames out, and the other way round.
 */
#ifndef FV_FRAME_H
#define FV_FRAME_H

#include <stddef.h>
#include <stdint.h>

enum {
  FV_HEADER_BYTES = 12,
  FV_CRC_BYTES = 4,
  FV_PAYLOAD_LIMIT = 708,
  FV_FRAME_LIMIT = FV_HEADER_BYTES + FV_PAYLOAD_LIMIT + FV_CRC_BYTES,
  FV_WIRE_LIMIT = FV_FRAME_LIMIT + 8 /* COBS code bytes (one in 254, and one), delimiter; rounded up */
};

struct fv_header {
  uint8_t type, flags;
  uint16_t sequence;
  uint32_t session;
  uint16_t image, row;
};

/* Bytes that lie one behind the other, or in a ring whose size is a power of two: byte i is at bytes[i & mask]. */
#define FV_NO_RING UINT32_MAX /* the mask of a plain buffer */

/* Takes bytes of the line one by one and decodes them in place: what it keeps is never more than what was pushed since
 * the frame's first byte, so that a receive ring can be its memory. A new one is zero but for bytes and mask. */
struct fv_decoder {
  uint8_t *bytes;
  uint32_t mask;
  uint32_t start;      /* where the frame's first byte goes: the caller moves it on after each delimiter */
  uint32_t length;     /* decoded so far; beyond FV_FRAME_LIMIT when the frame is too long */
  uint8_t left;        /* bytes up to the next code byte; 0: the next byte is one */
  uint8_t zero_due;    /* the block stood for a zero that ends it, unless the frame ends first */
  uint8_t any;         /* a byte came since the last delimiter */
  uint32_t bad_frames; /* dropped for length, coding or CRC */
};

/* A received frame. Its payload lies in the decoder's memory, until the next byte is pushed. */
struct fv_frame {
  struct fv_header header;
  const uint8_t *bytes;
  uint32_t mask;
  uint32_t payload; /* where it starts */
  uint32_t payload_bytes;
};

/* Returns 1 when this byte ended a good frame, else 0. */
int fv_decoder_push(struct fv_decoder *decoder, uint8_t byte, struct fv_frame *frame);

/* Copies n bytes of the payload, from `offset` on. */
void fv_frame_read(const struct fv_frame *frame, uint32_t offset, void *to, uint32_t n);

/* Writes one frame piece by piece: begin, any number of puts (at most FV_PAYLOAD_LIMIT bytes together), end. n bytes
 * become at most n + n / 254 + 1. What lies before `code_at` changes no more: it may be sent already. */
struct fv_encoder {
  uint8_t *bytes; /* [FV_WIRE_LIMIT], or a ring */
  uint32_t mask;
  uint32_t end;     /* where the next byte goes */
  uint32_t code_at; /* where the length of the open block goes */
  uint32_t crc;
};

/* The frame's first byte goes to bytes[at & mask]. */
void fv_encoder_begin(struct fv_encoder *encoder, uint8_t *bytes, uint32_t mask, uint32_t at,
                      const struct fv_header *header);
void fv_put(struct fv_encoder *encoder, const void *bytes, size_t n);

/* Closes the frame with its CRC and delimiter; returns where the next one begins. */
uint32_t fv_encoder_end(struct fv_encoder *encoder);

/* Little-endian reads. */
uint16_t fv_get_u16(const uint8_t *bytes);
uint32_t fv_get_u32(const uint8_t *bytes);

#endif
