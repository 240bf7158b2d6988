/* Frames of the serial protocol: COBS( header | payload | CRC-32 ) 0x00. See docs/PROTOCOL.md. Pure functions. */
#ifndef FV_FRAME_H
#define FV_FRAME_H

#include <stddef.h>
#include <stdint.h>

enum {
  FV_HEADER_BYTES = 12,
  FV_CRC_BYTES = 4,
  FV_MAX_PAYLOAD = 1452,
  FV_MAX_FRAME = FV_HEADER_BYTES + FV_MAX_PAYLOAD + FV_CRC_BYTES
};

struct fv_header {
  uint8_t type, flags;
  uint16_t sequence;
  uint32_t session;
  uint16_t image, row;
};

/* Writes header, payload and CRC to frame[FV_HEADER_BYTES + length + FV_CRC_BYTES]; returns that length. */
size_t fv_frame_pack(const struct fv_header *header, const void *payload, size_t length, uint8_t *frame);

/* Splits a frame whose CRC is right. Returns the payload's length, or -1. */
int32_t fv_frame_unpack(const uint8_t *frame, size_t length, struct fv_header *header);

/* COBS-encodes `length` bytes and ends them with 0x00. wire has room for FV_WIRE_BYTES(length). */
#define FV_WIRE_BYTES(length) ((length) + (length) / 254 + 2)
size_t fv_cobs_encode(const uint8_t *bytes, size_t length, uint8_t *wire);

/* Decodes byte by byte into a frame. */
struct fv_decoder {
  uint8_t frame[FV_MAX_FRAME];
  uint16_t length;     /* decoded so far */
  uint8_t block;       /* data bytes left in the current COBS block */
  uint8_t zero_due;    /* a zero follows when the block ends and another begins */
  uint8_t overlong;    /* too long: skip to the delimiter */
  uint8_t started;     /* any byte since the last delimiter */
  uint32_t bad_frames; /* since power-up */
};

/* Takes the next byte of the line. Returns 1 when d->frame holds d->length bytes of a frame whose CRC is right; they
 * stay until the next call. Anything else is dropped and counted at its delimiter. */
int fv_decode(struct fv_decoder *d, uint8_t byte);

/* Little-endian access, wherever the bytes lie. */
uint16_t fv_get16(const uint8_t *p);
uint32_t fv_get32(const uint8_t *p);
uint8_t *fv_put8(uint8_t *p, uint32_t value);
uint8_t *fv_put16(uint8_t *p, uint32_t value);
uint8_t *fv_put32(uint8_t *p, uint32_t value);
uint8_t *fv_put64(uint8_t *p, uint64_t value);

#endif
