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
  FV_PAYLOAD_LIMIT = 1452,
  FV_FRAME_LIMIT = FV_HEADER_BYTES + FV_PAYLOAD_LIMIT + FV_CRC_BYTES,
  FV_WIRE_LIMIT = FV_FRAME_LIMIT + 8 /* COBS code bytes (one in 254, and one), delimiter; rounded up */
};

struct fv_header {
  uint8_t type, flags;
  uint16_t sequence;
  uint32_t session;
  uint16_t image, row;
};

/* Takes bytes of the line one by one. The frame lies in `frame` until the next byte is pushed. */
struct fv_decoder {
  uint8_t frame[FV_FRAME_LIMIT];
  uint32_t length;     /* decoded so far; beyond FV_FRAME_LIMIT when the frame is too long */
  uint8_t left;        /* bytes up to the next code byte; 0: the next byte is one */
  uint8_t zero_due;    /* the block stood for a zero that ends it, unless the frame ends first */
  uint8_t any;         /* a byte came since the last delimiter */
  uint32_t bad_frames; /* dropped for length, coding or CRC */
};

/* A received frame; payload points into the decoder. */
struct fv_frame {
  struct fv_header header;
  const uint8_t *payload;
  uint32_t payload_bytes;
};

/* Returns 1 when this byte ended a good frame, else 0. A new decoder is all zeros. */
int fv_decoder_push(struct fv_decoder *decoder, uint8_t byte, struct fv_frame *frame);

/* Writes one frame to `wire` piece by piece: begin, any number of puts (at most FV_PAYLOAD_LIMIT bytes together), end.
 */
struct fv_encoder {
  uint8_t *wire;    /* [FV_WIRE_LIMIT] */
  uint32_t length;  /* bytes written to wire */
  uint32_t code_at; /* where the length of the open block goes */
  uint32_t crc;
};

void fv_encoder_begin(struct fv_encoder *encoder, uint8_t *wire, const struct fv_header *header);
void fv_put(struct fv_encoder *encoder, const void *bytes, size_t n);
void fv_put_u8(struct fv_encoder *encoder, uint8_t value);
void fv_put_u16(struct fv_encoder *encoder, uint16_t value);
void fv_put_u32(struct fv_encoder *encoder, uint32_t value);
void fv_put_u64(struct fv_encoder *encoder, uint64_t value);

/* Closes the frame with its CRC and delimiter; returns the bytes on the wire. */
uint32_t fv_encoder_end(struct fv_encoder *encoder);

/* Little-endian reads. */
uint16_t fv_get_u16(const uint8_t *bytes);
uint32_t fv_get_u32(const uint8_t *bytes);

#endif
