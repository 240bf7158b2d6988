#include "fv_frame.h"
#include <string.h>
#include "fv_crc32.h"

uint16_t fv_get16(const uint8_t *p) { return (uint16_t)(p[0] | p[1] << 8); }
uint32_t fv_get32(const uint8_t *p) { return fv_get16(p) | (uint32_t)fv_get16(p + 2) << 16; }

uint8_t *fv_put8(uint8_t *p, uint32_t value)
{
  *p = (uint8_t)value;
  return p + 1;
}
uint8_t *fv_put16(uint8_t *p, uint32_t value) { return fv_put8(fv_put8(p, value), value >> 8); }
uint8_t *fv_put32(uint8_t *p, uint32_t value) { return fv_put16(fv_put16(p, value), value >> 16); }
uint8_t *fv_put64(uint8_t *p, uint64_t value)
{
  return fv_put32(fv_put32(p, (uint32_t)value), (uint32_t)(value >> 32));
}

size_t fv_frame_pack(const struct fv_header *header, const void *payload, size_t length, uint8_t *frame)
{
  uint8_t *p = fv_put8(fv_put8(frame, header->type), header->flags);
  p = fv_put32(fv_put16(p, header->sequence), header->session);
  p = fv_put16(fv_put16(p, header->image), header->row);
  if (length > 0) {
    memmove(p, payload, length);
  }
  p += length;
  p = fv_put32(p, fv_crc32(0, frame, (size_t)(p - frame)));
  return (size_t)(p - frame);
}

int32_t fv_frame_unpack(const uint8_t *frame, size_t length, struct fv_header *header)
{
  if (length < FV_HEADER_BYTES + FV_CRC_BYTES || length > FV_MAX_FRAME) {
    return -1;
  }
  if (fv_crc32(0, frame, length - FV_CRC_BYTES) != fv_get32(frame + length - FV_CRC_BYTES)) {
    return -1;
  }
  *header = (struct fv_header){.type = frame[0],
                               .flags = frame[1],
                               .sequence = fv_get16(frame + 2),
                               .session = fv_get32(frame + 4),
                               .image = fv_get16(frame + 8),
                               .row = fv_get16(frame + 10)};
  return (int32_t)(length - FV_HEADER_BYTES - FV_CRC_BYTES);
}

size_t fv_cobs_encode(const uint8_t *bytes, size_t length, uint8_t *wire)
{
  uint8_t *code = wire; /* where the current block's length goes */
  uint8_t *out = wire + 1;
  for (size_t i = 0; i < length; i++) {
    if (bytes[i] != 0) {
      *out++ = bytes[i];
    }
    if (bytes[i] == 0 || (out - code == 0xff && i + 1 < length)) {
      *code = (uint8_t)(out - code);
      code = out++;
    }
  }
  *code = (uint8_t)(out - code);
  *out++ = 0;
  return (size_t)(out - wire);
}

static void store(struct fv_decoder *d, uint8_t byte)
{
  if (d->length == FV_MAX_FRAME) {
    d->overlong = 1;
    return;
  }
  d->frame[d->length++] = byte;
}

static int finish(struct fv_decoder *d)
{
  struct fv_header header;
  const int whole = d->started && !d->overlong && d->block == 0 && fv_frame_unpack(d->frame, d->length, &header) >= 0;
  d->bad_frames += d->started && !whole;
  d->started = d->overlong = d->block = d->zero_due = 0;
  return whole;
}

int fv_decode(struct fv_decoder *d, uint8_t byte)
{
  if (byte == 0) {
    return finish(d);
  }
  if (!d->started) {
    d->started = 1;
    d->length = 0;
  }
  if (d->block > 0) {
    store(d, byte);
    d->block--;
    return 0;
  }
  if (d->zero_due) {
    store(d, 0);
  }
  d->block = (uint8_t)(byte - 1);
  d->zero_due = byte != 0xff;
  return 0;
}
