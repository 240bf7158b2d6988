#include "fv_frame.h"
#include <string.h>
#include "fv_bytes.h"
#include "fv_crc32.h"

uint16_t fv_get_u16(const uint8_t *bytes) { return (uint16_t)(bytes[0] | bytes[1] << 8); }

uint32_t fv_get_u32(const uint8_t *bytes) { return fv_get_u16(bytes) | (uint32_t)fv_get_u16(bytes + 2) << 16; }

/* --- decoder --- */

static uint8_t *at(const struct fv_decoder *decoder, uint32_t i) {
  return &decoder->bytes[(decoder->start + i) & decoder->mask];
}

static void append(struct fv_decoder *decoder, uint8_t byte) {
  if (decoder->length < FV_FRAME_LIMIT) {
    *at(decoder, decoder->length) = byte;
  }
  if (decoder->length <= FV_FRAME_LIMIT) {
    decoder->length++;
  }
}

/* Bytes from `position` on that lie in one piece. */
static uint32_t piece(uint32_t position, uint32_t mask, uint32_t n) {
  const uint32_t to_end = mask - (position & mask);
  return n <= to_end ? n : to_end + 1;
}

static uint32_t crc_of(const struct fv_decoder *decoder, uint32_t n) {
  const uint32_t first = piece(decoder->start, decoder->mask, n);
  return fv_crc32(fv_crc32(0, at(decoder, 0), first), at(decoder, first), n - first);
}

static uint32_t u16_at(const struct fv_decoder *decoder, uint32_t i) {
  return *at(decoder, i) | (uint32_t)*at(decoder, i + 1) << 8;
}

static uint32_t u32_at(const struct fv_decoder *decoder, uint32_t i) {
  return u16_at(decoder, i) | u16_at(decoder, i + 2) << 16;
}

static int is_good(const struct fv_decoder *decoder) {
  if (decoder->left != 0 || decoder->length < FV_HEADER_BYTES + FV_CRC_BYTES || decoder->length > FV_FRAME_LIMIT) {
    return 0;
  }
  const uint32_t covered = decoder->length - FV_CRC_BYTES;
  return crc_of(decoder, covered) == u32_at(decoder, covered);
}

static struct fv_frame parsed(const struct fv_decoder *decoder) {
  return (struct fv_frame){
      .header = {.type = *at(decoder, 0),
                 .flags = *at(decoder, 1),
                 .sequence = (uint16_t)u16_at(decoder, 2),
                 .session = u32_at(decoder, 4),
                 .image = (uint16_t)u16_at(decoder, 8),
                 .row = (uint16_t)u16_at(decoder, 10)},
      .bytes = decoder->bytes,
      .mask = decoder->mask,
      .payload = decoder->start + FV_HEADER_BYTES,
      .payload_bytes = decoder->length - FV_HEADER_BYTES - FV_CRC_BYTES,
  };
}

void fv_frame_read(const struct fv_frame *frame, uint32_t offset, void *to, uint32_t n) {
  const uint32_t from = frame->payload + offset;
  const uint32_t first = piece(from, frame->mask, n);
  memcpy(to, &frame->bytes[from & frame->mask], first);
  memcpy((uint8_t *)to + first, frame->bytes, n - first);
}

static int end_frame(struct fv_decoder *decoder, struct fv_frame *frame) {
  const int any = decoder->any;
  const int good = any && is_good(decoder);
  if (good) {
    *frame = parsed(decoder);
  } else if (any) {
    decoder->bad_frames++;
  }
  decoder->length = 0;
  decoder->left = 0;
  decoder->zero_due = 0;
  decoder->any = 0;
  return good;
}

int fv_decoder_push(struct fv_decoder *decoder, uint8_t byte, struct fv_frame *frame) {
  if (byte == 0) {
    return end_frame(decoder, frame);
  }
  decoder->any = 1;
  if (decoder->left > 0) {
    decoder->left--;
    append(decoder, byte);
    return 0;
  }
  if (decoder->zero_due) {
    append(decoder, 0);
  }
  decoder->left = (uint8_t)(byte - 1);
  decoder->zero_due = byte < 0xFF;
  return 0;
}

/* --- encoder --- */

static void open_block(struct fv_encoder *encoder) { encoder->code_at = encoder->end++; }

static void close_block(struct fv_encoder *encoder) {
  encoder->bytes[encoder->code_at & encoder->mask] = (uint8_t)(encoder->end - encoder->code_at);
}

static void stuff(struct fv_encoder *encoder, const uint8_t *bytes, size_t n) {
  for (size_t i = 0; i < n; i++) {
    /* A block holds at most 254 bytes; the next one is opened only when a byte follows. */
    if (encoder->end - encoder->code_at == 0xFF) {
      close_block(encoder);
      open_block(encoder);
    }
    if (bytes[i] == 0) {
      close_block(encoder);
      open_block(encoder);
    } else {
      encoder->bytes[encoder->end++ & encoder->mask] = bytes[i];
    }
  }
}

void fv_put(struct fv_encoder *encoder, const void *bytes, size_t n) {
  encoder->crc = fv_crc32(encoder->crc, bytes, n);
  stuff(encoder, bytes, n);
}

void fv_encoder_begin(struct fv_encoder *encoder, uint8_t *bytes, uint32_t mask, uint32_t at,
                      const struct fv_header *header) {
  uint8_t packed[FV_HEADER_BYTES];
  uint8_t *p = fv_put8(fv_put8(packed, header->type), header->flags);
  p = fv_put32(fv_put16(p, header->sequence), header->session);
  fv_put16(fv_put16(p, header->image), header->row);
  *encoder = (struct fv_encoder){.bytes = bytes, .mask = mask, .end = at};
  open_block(encoder);
  fv_put(encoder, packed, sizeof packed);
}

uint32_t fv_encoder_end(struct fv_encoder *encoder) {
  uint8_t crc[FV_CRC_BYTES];
  fv_put32(crc, encoder->crc);
  stuff(encoder, crc, sizeof crc);
  close_block(encoder);
  encoder->bytes[encoder->end++ & encoder->mask] = 0;
  return encoder->end;
}
