/* A camera's RGB565 pixels as the network's int8 rows: y[c] = table[c][expand(x)], c in the network's order.
 * A pixel is 16 bits, low byte first: red in bits 15..11, green in 10..5, blue in 4..0. It expands to 8 bits a colour
 * by repeating its top bits below: red << 3 | red >> 2, green << 2 | green >> 4, blue << 3 | blue >> 2.
 * So write DCMI with a sensor set to little-endian RGB565, and DMA2D. docs/PIXELS.md of Fovea.
 */
#ifndef FV_RGB565_S8_H
#define FV_RGB565_S8_H

#include <stdint.h>

struct fv_rgb565_s8 {
  const int8_t *table; /* [3][256], by channel of the network and value of the pixel */
  uint16_t width;      /* pixels */
  uint8_t red;         /* channel that is red: 0, or 2 where the network wants blue first */
};

/* rows[i]: width * 2 bytes; out[i]: width * 3. They do not overlap. */
void fv_rgb565_s8(const struct fv_rgb565_s8 *pixels, const int8_t *const rows[], int8_t *const out[], int32_t n_rows);

#endif
