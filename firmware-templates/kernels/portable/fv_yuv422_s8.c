#include "fv_yuv422_s8.h"

static uint32_t clamp(int32_t value) { return (uint32_t)(value < 0 ? 0 : value > 255 ? 255 : value); }

void fv_yuv422_s8(const struct fv_yuv422_s8 *pixels, const int8_t *const rows[], int8_t *const out[], int32_t n_rows) {
  const int8_t *const of_red = pixels->table + 256 * pixels->red;
  const int8_t *const of_green = pixels->table + 256;
  const int8_t *const of_blue = pixels->table + 256 * (2 - pixels->red);
  for (int32_t r = 0; r < n_rows; r++) {
    const uint8_t *x = (const uint8_t *)rows[r];
    int8_t *y = out[r];
    for (int32_t i = 0; i < pixels->width; i += 2) {
      const int32_t u = x[1] - 128, v = x[3] - 128;
      const int32_t red = (91881 * v + 32768) >> 16;
      const int32_t green = (-22554 * u - 46802 * v + 32768) >> 16;
      const int32_t blue = (116130 * u + 32768) >> 16;
      for (int32_t of_pair = 0; of_pair < 2; of_pair++) {
        const int32_t luma = x[2 * of_pair];
        y[pixels->red] = of_red[clamp(luma + red)];
        y[1] = of_green[clamp(luma + green)];
        y[2 - pixels->red] = of_blue[clamp(luma + blue)];
        y += 3;
      }
      x += 4;
    }
  }
}
