/* Little-endian numbers in a buffer, wherever they lie; each put returns the place behind it. */
#ifndef FV_BYTES_H
#define FV_BYTES_H

#include <stdint.h>

static inline uint8_t *fv_put8(uint8_t *p, uint32_t value) {
  *p = (uint8_t)value;
  return p + 1;
}

static inline uint8_t *fv_put16(uint8_t *p, uint32_t value) { return fv_put8(fv_put8(p, value), value >> 8); }
static inline uint8_t *fv_put32(uint8_t *p, uint32_t value) { return fv_put16(fv_put16(p, value), value >> 16); }
static inline uint8_t *fv_put64(uint8_t *p, uint64_t value) {
  return fv_put32(fv_put32(p, (uint32_t)value), (uint32_t)(value >> 32));
}

#endif
