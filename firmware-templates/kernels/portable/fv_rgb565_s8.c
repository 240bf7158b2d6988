#include "fv_rgb565_s8.h"

void fv_rgb565_s8(const struct fv_rgb565_s8 *pixels, const int8_t *const rows[], int8_t *const out[], int32_t n_rows) {
  const int8_t *const of_red = pixels->table + 256 * pixels->red;
  const int8_t *const of_green = pixels->table + 256;
  const int8_t *const of_blue = pixels->table + 256 * (2 - pixels->red);
  for (int32_t r = 0; r < n_rows; r++) {
    const uint8_t *x = (const uint8_t *)rows[r];
    int8_t *y = out[r];
    for (int32_t i = 0; i < pixels->width; i++) {
      const uint32_t word = x[0] | (uint32_t)x[1] << 8;
      const uint32_t red = word >> 11, green = word >> 5 & 63, blue = word & 31;
      y[pixels->red] = of_red[red << 3 | red >> 2];
      y[1] = of_green[green << 2 | green >> 4];
      y[2 - pixels->red] = of_blue[blue << 3 | blue >> 2];
      x += 2;
      y += 3;
    }
  }
}
