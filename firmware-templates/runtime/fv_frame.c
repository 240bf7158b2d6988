#include "fv_frame.h"

#include "fv_crc32.h"

uint16_t fv_get_u16(const uint8_t *bytes) { return (uint16_t)(bytes[0] | bytes[1] << 8); }

uint32_t fv_get_u32(const uint8_t *bytes) { return fv_get_u16(bytes) | (uint32_t)fv_get_u16(bytes + 2) << 16; }

/* --- decoder --- */

static void append(struct fv_decoder *decoder, uint8_t byte) {
  if (decoder->length < FV_FRAME_LIMIT) {
    decoder->frame[decoder->length] = byte;
  }
  if (decoder->length <= FV_FRAME_LIMIT) {
    decoder->length++;
  }
}

static int is_good(const struct fv_decoder *decoder) {
  if (decoder->left != 0 || decoder->length < FV_HEADER_BYTES + FV_CRC_BYTES || decoder->length > FV_FRAME_LIMIT) {
    return 0;
  }
  const uint32_t covered = decoder->length - FV_CRC_BYTES;
  return fv_crc32(0, decoder->frame, covered) == fv_get_u32(decoder->frame + covered);
}

static struct fv_frame parsed(const struct fv_decoder *decoder) {
  const uint8_t *p = decoder->frame;
  const struct fv_header header = {
      .type = p[0],
      .flags = p[1],
      .sequence = fv_get_u16(p + 2),
      .session = fv_get_u32(p + 4),
      .image = fv_get_u16(p + 8),
      .row = fv_get_u16(p + 10),
  };
  return (struct fv_frame){header, p + FV_HEADER_BYTES, decoder->length - FV_HEADER_BYTES - FV_CRC_BYTES};
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

static void open_block(struct fv_encoder *encoder) { encoder->code_at = encoder->length++; }

static void close_block(struct fv_encoder *encoder) {
  encoder->wire[encoder->code_at] = (uint8_t)(encoder->length - encoder->code_at);
}

static void stuff(struct fv_encoder *encoder, const uint8_t *bytes, size_t n) {
  for (size_t i = 0; i < n; i++) {
    /* A block holds at most 254 bytes; the next one is opened only when a byte follows. */
    if (encoder->length - encoder->code_at == 0xFF) {
      close_block(encoder);
      open_block(encoder);
    }
    if (bytes[i] == 0) {
      close_block(encoder);
      open_block(encoder);
    } else {
      encoder->wire[encoder->length++] = bytes[i];
    }
  }
}

void fv_put(struct fv_encoder *encoder, const void *bytes, size_t n) {
  encoder->crc = fv_crc32(encoder->crc, bytes, n);
  stuff(encoder, bytes, n);
}

void fv_put_u8(struct fv_encoder *encoder, uint8_t value) { fv_put(encoder, &value, 1); }

void fv_put_u16(struct fv_encoder *encoder, uint16_t value) {
  const uint8_t bytes[2] = {(uint8_t)value, (uint8_t)(value >> 8)};
  fv_put(encoder, bytes, sizeof bytes);
}

void fv_put_u32(struct fv_encoder *encoder, uint32_t value) {
  fv_put_u16(encoder, (uint16_t)value);
  fv_put_u16(encoder, (uint16_t)(value >> 16));
}

void fv_put_u64(struct fv_encoder *encoder, uint64_t value) {
  fv_put_u32(encoder, (uint32_t)value);
  fv_put_u32(encoder, (uint32_t)(value >> 32));
}

void fv_encoder_begin(struct fv_encoder *encoder, uint8_t *wire, const struct fv_header *header) {
  *encoder = (struct fv_encoder){.wire = wire};
  open_block(encoder);
  fv_put_u8(encoder, header->type);
  fv_put_u8(encoder, header->flags);
  fv_put_u16(encoder, header->sequence);
  fv_put_u32(encoder, header->session);
  fv_put_u16(encoder, header->image);
  fv_put_u16(encoder, header->row);
}

uint32_t fv_encoder_end(struct fv_encoder *encoder) {
  fv_put_u32(encoder, encoder->crc); /* the argument is taken before the put changes it */
  close_block(encoder);
  encoder->wire[encoder->length++] = 0;
  return encoder->length;
}
