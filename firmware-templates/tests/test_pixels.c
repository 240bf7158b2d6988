/* A camera's pixels as rows of the network: all RGB565 values and a dense grid of YUV422, each against the definition
 * in other arithmetic. */
#include "check.h"
#include "fv_rgb565_s8.h"
#include "fv_yuv422_s8.h"

#include <math.h>
#include <string.h>

enum { WIDTH = 512, CANARY = 0x5A, CANARIES = 8 };

static int8_t table[3][256];

/* Another value for each pixel and channel, so that a mix-up shows. */
static void fill_table(void) {
  for (int c = 0; c < 3; c++) {
    for (int v = 0; v < 256; v++) {
      table[c][v] = (int8_t)(uint8_t)(v * (2 * c + 3) + 17 * c);
    }
  }
}

static void check_pixel(const int8_t *y, int red_channel, int red, int green, int blue, const char *what) {
  const int rgb[3] = {red_channel ? blue : red, green, red_channel ? red : blue};
  for (int c = 0; c < 3; c++) {
    CHECK(y[c] == table[c][rgb[c]], "%s, channel %d: %d, not %d", what, c, y[c], table[c][rgb[c]]);
  }
}

static void check_canaries(const int8_t *row) {
  for (int i = 0; i < CANARIES; i++) {
    CHECK(row[WIDTH * 3 + i] == CANARY, "canary %d", i);
  }
}

static void test_rgb565(uint8_t red_channel) {
  const struct fv_rgb565_s8 pixels = {.table = table[0], .width = WIDTH, .red = red_channel};
  for (int first = 0; first < 65536; first += 2 * WIDTH) {
    uint8_t in[2][WIDTH * 2];
    int8_t out[2][WIDTH * 3 + CANARIES];
    memset(out, CANARY, sizeof out);
    for (int i = 0; i < 2 * WIDTH; i++) {
      in[i / WIDTH][i % WIDTH * 2] = (uint8_t)((first + i) % 256);
      in[i / WIDTH][i % WIDTH * 2 + 1] = (uint8_t)((first + i) / 256);
    }
    const int8_t *const rows[] = {(const int8_t *)in[0], (const int8_t *)in[1]};
    int8_t *const to[] = {out[0], out[1]};
    fv_rgb565_s8(&pixels, rows, to, 2);
    for (int i = 0; i < 2 * WIDTH; i++) {
      const int word = first + i;
      check_pixel(out[i / WIDTH] + i % WIDTH * 3, red_channel, word / 2048 * 33 / 4, word / 32 % 64 * 65 / 16,
                  word % 32 * 33 / 4, "rgb565");
    }
    check_canaries(out[0]);
    check_canaries(out[1]);
  }
}

/* Y + round(factor * 2^16) * chroma / 2^16, the quotient rounded to the nearest, halves up. */
static int naive_colour(int luma, double of_u, int u, double of_v, int v) {
  const double sixteen = floor(of_u * 65536 + 0.5) * (u - 128) + floor(of_v * 65536 + 0.5) * (v - 128);
  const double colour = luma + floor(sixteen / 65536 + 0.5);
  const double real = luma + of_u * (u - 128) + of_v * (v - 128);
  CHECK(fabs(colour - real) < 0.51, "%f for %f", colour, real);
  return (int)(colour < 0 ? 0 : colour > 255 ? 255 : colour);
}

static void test_yuv422(uint8_t red_channel) {
  const struct fv_yuv422_s8 pixels = {.table = table[0], .width = WIDTH, .red = red_channel};
  for (int u = 0; u < 256; u += u % 16 == 15 ? 1 : 3) {
    for (int v = 0; v < 256; v += v % 16 == 15 ? 1 : 3) {
      uint8_t in[WIDTH * 2];
      int8_t out[WIDTH * 3 + CANARIES];
      memset(out, CANARY, sizeof out);
      for (int i = 0; i < WIDTH; i++) {
        in[2 * i] = (uint8_t)(i < 256 ? i : 7 * i);
        in[2 * i + 1] = (uint8_t)(i % 2 ? v : u);
      }
      const int8_t *const rows[] = {(const int8_t *)in};
      int8_t *const to[] = {out};
      fv_yuv422_s8(&pixels, rows, to, 1);
      for (int i = 0; i < WIDTH; i++) {
        const int luma = in[2 * i];
        check_pixel(out + 3 * i, red_channel, naive_colour(luma, 0, u, 1.402, v),
                    naive_colour(luma, -0.34414, u, -0.71414, v), naive_colour(luma, 1.772, u, 0, v), "yuv422");
      }
      check_canaries(out);
    }
  }
}

int main(void) {
  fill_table();
  for (uint8_t red = 0; red <= 2; red += 2) {
    test_rgb565(red);
    test_yuv422(red);
  }
  return 0;
}
