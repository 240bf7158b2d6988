/* Both convolutions against a naive one, over random shapes: whole, row by row, channel by channel, twice.
 * Every row is an allocation of its own, so that the address sanitiser sees one byte too far; outputs carry canaries.
 */
#include "check.h"
#include "fv_depthwise_conv2d_s8.h"
#include "fv_scratch.h"
#include "naive.h"

#include <string.h>

enum { CANARY = 0x5A, CANARIES = 16 };

struct shape {
  struct fv_depthwise_conv2d_s8 op; /* op.conv alone when depth_multiplier is 0 */
  int32_t in_height, out_height;
  int8_t **in, **expected;
};

static int8_t *random_bytes(uint32_t *seed, size_t n) {
  int8_t *bytes = malloc(n + !n);
  for (size_t i = 0; i < n; i++) {
    bytes[i] = (int8_t)random_u32(seed);
  }
  return bytes;
}

static int32_t conv_extent(int32_t in, int32_t kernel, int32_t stride, int32_t dilation, int32_t pads) {
  return (in + pads - ((kernel - 1) * dilation + 1)) / stride + 1;
}

static void random_axis(uint32_t *seed, int32_t in, uint8_t *kernel, uint8_t *stride, uint8_t *dilation, uint8_t *pad,
                        int32_t *conv) {
  do {
    *kernel = (uint8_t)random_in(seed, 1, 4);
    *stride = (uint8_t)random_in(seed, 1, 3);
    *dilation = (uint8_t)random_in(seed, 1, 2);
    *pad = (uint8_t)random_in(seed, 0, *kernel);
    *conv = conv_extent(in, *kernel, *stride, *dilation, *pad + random_in(seed, 0, *kernel));
  } while (in + *pad < (*kernel - 1) * *dilation + 1 || *conv < 1);
}

/* A pool window keeps at least one row and column of the image. */
static void random_pool_axis(uint32_t *seed, int32_t conv, uint8_t *size, uint8_t *stride, uint8_t *pad, int32_t *out) {
  *size = (uint8_t)random_in(seed, 1, 3);
  *stride = (uint8_t)random_in(seed, 1, 3);
  *pad = (uint8_t)random_in(seed, 0, *size - 1);
  *out = (conv - 1 + *pad) / *stride + 1;
}

static void no_pool(struct fv_fused_pool *pool) {
  *pool = (struct fv_fused_pool){.height = 1, .width = 1, .stride_y = 1, .stride_x = 1};
}

static void random_channels(uint32_t *seed, struct fv_conv2d_s8 *conv) {
  const size_t n = conv->out_channels;
  int32_t *bias = malloc(n * sizeof *bias), *multiplier = malloc(n * sizeof *multiplier);
  int8_t *shift = malloc(n);
  for (size_t o = 0; o < n; o++) {
    bias[o] = random_in(seed, -20000, 20000);
    multiplier[o] = (int32_t)(random_u32(seed) >> 2 | 1u << 30);
    shift[o] = (int8_t)random_in(seed, -12, -4);
  }
  conv->bias = bias;
  conv->multiplier = multiplier;
  conv->shift = shift;
}

static int8_t naive_conv(const struct shape *s, int32_t y, int32_t x, int32_t o) {
  const struct fv_conv2d_s8 *conv = &s->op.conv;
  const int32_t depth = s->op.depth_multiplier;
  int64_t acc = conv->bias[o];
  for (int32_t ky = 0; ky < conv->kernel_height; ky++) {
    for (int32_t kx = 0; kx < conv->kernel_width; kx++) {
      const int32_t iy = y * conv->stride_y - conv->pad_top + ky * conv->dilation_y;
      const int32_t ix = x * conv->stride_x - conv->pad_left + kx * conv->dilation_x;
      if (iy < 0 || iy >= s->in_height || ix < 0 || ix >= conv->in_width) {
        continue;
      }
      for (int32_t c = 0; c < conv->in_channels; c++) {
        const int32_t tap = ky * conv->kernel_width + kx;
        if (depth == 0 || c == o / depth) {
          const int32_t w =
              depth == 0 ? conv->weights[(o * conv->kernel_height * conv->kernel_width + tap) * conv->in_channels + c]
                         : conv->weights[tap * conv->out_channels + o];
          acc += (int64_t)(s->in[iy][ix * conv->in_channels + c] - conv->in_zero_point) * w;
        }
      }
    }
  }
  const int64_t q = (int64_t)conv->out_zero_point + naive_requantise((int32_t)acc, conv->multiplier[o], conv->shift[o]);
  const int32_t clamped = q < conv->act_min ? conv->act_min : q > conv->act_max ? conv->act_max : (int32_t)q;
  return conv->table ? conv->table[clamped + 128] : (int8_t)clamped;
}

static int8_t naive_output(const struct shape *s, int32_t y, int32_t x, int32_t o) {
  const struct fv_fused_pool *pool = &s->op.conv.pool;
  int32_t maximum = -128;
  for (int32_t py = 0; py < pool->height; py++) {
    for (int32_t px = 0; px < pool->width; px++) {
      const int32_t cy = y * pool->stride_y - pool->pad_top + py, cx = x * pool->stride_x - pool->pad_left + px;
      if (cy >= 0 && cy < s->op.conv.conv_height && cx >= 0 && cx < s->op.conv.conv_width) {
        const int32_t value = naive_conv(s, cy, cx, o);
        maximum = value > maximum ? value : maximum;
      }
    }
  }
  return (int8_t)maximum;
}

static struct shape random_shape(uint32_t *seed) {
  struct shape s = {.in_height = random_in(seed, 1, 9)};
  struct fv_conv2d_s8 *conv = &s.op.conv;
  int32_t height, width, out_width;
  conv->in_width = (uint16_t)random_in(seed, 1, 9);
  conv->in_channels = (uint16_t)random_in(seed, 1, 9);
  s.op.depth_multiplier = (uint16_t)random_in(seed, 0, 3);
  conv->out_channels =
      s.op.depth_multiplier ? (uint16_t)(conv->in_channels * s.op.depth_multiplier) : (uint16_t)random_in(seed, 1, 9);
  random_axis(seed, s.in_height, &conv->kernel_height, &conv->stride_y, &conv->dilation_y, &conv->pad_top, &height);
  random_axis(seed, conv->in_width, &conv->kernel_width, &conv->stride_x, &conv->dilation_x, &conv->pad_left, &width);
  conv->conv_height = (uint16_t)height;
  conv->conv_width = (uint16_t)width;
  if (random_in(seed, 0, 2) == 0) {
    no_pool(&conv->pool);
    s.out_height = height;
    out_width = width;
  } else {
    random_pool_axis(seed, height, &conv->pool.height, &conv->pool.stride_y, &conv->pool.pad_top, &s.out_height);
    random_pool_axis(seed, width, &conv->pool.width, &conv->pool.stride_x, &conv->pool.pad_left, &out_width);
  }
  conv->pool.out_width = (uint16_t)out_width;
  conv->in_zero_point = (int16_t)random_in(seed, -128, 127);
  conv->out_zero_point = (int16_t)random_in(seed, -128, 127);
  conv->act_min = (int8_t)random_in(seed, -128, -100);
  conv->act_max = (int8_t)random_in(seed, 100, 127);
  random_channels(seed, conv);
  conv->table = random_in(seed, 0, 1) ? random_bytes(seed, 256) : NULL;
  conv->weights = random_bytes(seed, (size_t)conv->out_channels * conv->kernel_height * conv->kernel_width *
                                         (s.op.depth_multiplier ? 1u : conv->in_channels));
  return s;
}

static void add_tensors(uint32_t *seed, struct shape *s) {
  const struct fv_conv2d_s8 *conv = &s->op.conv;
  s->in = malloc((size_t)s->in_height * sizeof *s->in);
  for (int32_t y = 0; y < s->in_height; y++) {
    s->in[y] = random_bytes(seed, (size_t)conv->in_width * conv->in_channels);
  }
  s->expected = malloc((size_t)s->out_height * sizeof *s->expected);
  for (int32_t y = 0; y < s->out_height; y++) {
    int8_t *row = s->expected[y] = malloc((size_t)conv->pool.out_width * conv->out_channels);
    for (int32_t x = 0; x < conv->pool.out_width; x++) {
      for (int32_t o = 0; o < conv->out_channels; o++) {
        *row++ = naive_output(s, y, x, o);
      }
    }
  }
}

static void free_shape(struct shape *s) {
  for (int32_t y = 0; y < s->in_height; y++) {
    free(s->in[y]);
  }
  for (int32_t y = 0; y < s->out_height; y++) {
    free(s->expected[y]);
  }
  free(s->in);
  free(s->expected);
  free((void *)s->op.conv.bias);
  free((void *)s->op.conv.multiplier);
  free((void *)s->op.conv.shift);
  free((void *)s->op.conv.table);
  free((void *)s->op.conv.weights);
}

/* Calls the kernel with exactly the rows that its header promises it. */
static void call(const struct shape *s, int8_t *const out[], int32_t row, int32_t rows, int32_t channel,
                 int32_t channels) {
  const struct fv_conv2d_s8 *conv = &s->op.conv;
  const struct fv_fused_pool *pool = &conv->pool;
  const int32_t conv_rows = (rows - 1) * pool->stride_y + pool->height;
  const int32_t count = (conv_rows - 1) * conv->stride_y + (conv->kernel_height - 1) * conv->dilation_y + 1;
  const int32_t top = (row * pool->stride_y - pool->pad_top) * conv->stride_y - conv->pad_top;
  const int8_t **in = malloc((size_t)count * sizeof *in);
  for (int32_t i = 0; i < count; i++) {
    in[i] = top + i >= 0 && top + i < s->in_height ? s->in[top + i] : NULL;
  }
  void *scratch = malloc((size_t)FV_CONV2D_S8_SCRATCH_PORTABLE(pool->height, conv->conv_width, channels, 0, 0, 0));
  if (s->op.depth_multiplier) {
    fv_depthwise_conv2d_s8(&s->op, in, out + row, row, rows, channel, channels, scratch);
  } else {
    fv_conv2d_s8(conv, in, out + row, row, rows, channel, channels, scratch);
  }
  free(scratch);
  free(in);
}

static void check_rows(const struct shape *s, int8_t *const out[], int number, const char *how) {
  const size_t bytes = (size_t)s->op.conv.pool.out_width * s->op.conv.out_channels;
  for (int32_t y = 0; y < s->out_height; y++) {
    CHECK(memcmp(out[y], s->expected[y], bytes) == 0, "shape %d, %s, row %d", number, how, y);
    for (int i = 0; i < CANARIES; i++) {
      CHECK(out[y][bytes + (size_t)i] == CANARY, "shape %d, %s: canary %d after row %d", number, how, i, y);
    }
  }
}

/* In pieces of at most `rows` rows and `channels` channels. */
static void check_pieces(const struct shape *s, int32_t rows, int32_t channels, int number, const char *how) {
  const size_t bytes = (size_t)s->op.conv.pool.out_width * s->op.conv.out_channels;
  int8_t **out = malloc((size_t)s->out_height * sizeof *out);
  for (int32_t y = 0; y < s->out_height; y++) {
    out[y] = malloc(bytes + CANARIES);
    memset(out[y], CANARY, bytes + CANARIES);
  }
  for (int32_t channel = 0; channel < s->op.conv.out_channels; channel += channels) {
    const int32_t left = s->op.conv.out_channels - channel;
    for (int32_t row = 0; row < s->out_height; row += rows) {
      const int32_t below = s->out_height - row;
      call(s, out, row, rows < below ? rows : below, channel, channels < left ? channels : left);
    }
  }
  check_rows(s, out, number, how);
  for (int32_t y = 0; y < s->out_height; y++) {
    free(out[y]);
  }
  free(out);
}

int main(void) {
  uint32_t seed = 20240517;
  for (int number = 0; number < 3000; number++) {
    struct shape s = random_shape(&seed);
    add_tensors(&seed, &s);
    check_pieces(&s, s.out_height, s.op.conv.out_channels, number, "whole");
    check_pieces(&s, s.out_height, s.op.conv.out_channels, number, "whole again");
    check_pieces(&s, 1, s.op.conv.out_channels, number, "row by row");
    check_pieces(&s, 2, 3, number, "two rows, three channels");
    check_pieces(&s, s.out_height, 1, number, "channel by channel");
    free_shape(&s);
  }
  return 0;
}
