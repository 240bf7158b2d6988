/* A camera's YUV422 pixels as the network's int8 rows: y[c] = table[c][rgb(x)], c in the network's order.
 * Four bytes Y0 U Y1 V are two pixels side by side; BT.601, full range, in 16 fractional bits (libjpeg's constants):
 *   red   = clamp(Y + ((91881 * (V - 128) + 32768) >> 16), 0, 255)
 *   green = clamp(Y + ((-22554 * (U - 128) - 46802 * (V - 128) + 32768) >> 16), 0, 255)
 *   blue  = clamp(Y + ((116130 * (U - 128) + 32768) >> 16), 0, 255)
 * So writes DCMI with a sensor set to YUYV. docs/PIXELS.md of Fovea.
 */
#ifndef FV_YUV422_S8_H
#define FV_YUV422_S8_H

#include <stdint.h>

struct fv_yuv422_s8 {
  const int8_t *table; /* [3][256], by channel of the network and value of the pixel */
  uint16_t width;      /* pixels, even */
  uint8_t red;         /* channel that is red: 0, or 2 where the network wants blue first */
};

/* rows[i]: width * 2 bytes; out[i]: width * 3. They do not overlap. */
void fv_yuv422_s8(const struct fv_yuv422_s8 *pixels, const int8_t *const rows[], int8_t *const out[], int32_t n_rows);

#endif
