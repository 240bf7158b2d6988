/* A convolution to be tried, and every small one: all combinations of sizes 1..5, windows 1..3, strides, pads, pools
 * and channels, so that edges of images, of blocks and of lanes meet in every way. */
#ifndef SMALL_SHAPES_H
#define SMALL_SHAPES_H

#include "fv_conv2d_s8.h"

#include <stdint.h>
#include <stdio.h>

struct test_case {
  const char *name;
  int16_t height, width, in_channels, out_channels;
  int8_t window, stride, pad_top, pad_left, pad_end; /* pads of the window; pad_end below and to the right */
  int8_t pool, pool_stride, pool_end;                /* 1, 1, 0: none */
  int16_t step_rows;
  struct fv_blocks blocks;
  int8_t extreme, has_table;
};

static inline int32_t size_after(int32_t size, int32_t pads, int32_t window, int32_t stride) {
  return (size + pads - window) / stride + 1;
}

static inline int32_t conv_size_of(const struct test_case *c, int32_t size) {
  return size_after(size, c->pad_top + c->pad_end, c->window, c->stride);
}

static inline int32_t out_size_of(const struct test_case *c, int32_t size) {
  return size_after(conv_size_of(c, size), c->pool_end, c->pool, c->pool_stride);
}

/* Whether every window, of the pool too, has something to look at, and the pool's pad is one that matters. */
static inline int is_shape(const struct test_case *c) {
  const int32_t least = c->height < c->width ? c->height : c->width;
  if (least + c->pad_top + c->pad_end < c->window || conv_size_of(c, least) + c->pool_end < c->pool) {
    return 0;
  }
  const int32_t rows = conv_size_of(c, c->height), columns = conv_size_of(c, c->width);
  return c->pool_end == 0 || (rows - c->pool) % c->pool_stride != 0 || (columns - c->pool) % c->pool_stride != 0 ||
         c->pool_stride == 1;
}

/* The first `count` of `channels`. */
struct channel_list {
  int32_t count;
  int8_t channels[16];
};

/* out.count is 0 where there are as many output channels as input channels. pools 1: none; 2: 2 x 2 of stride 2; 3: of
 * stride 1, padded; 4 and 5: padded of stride 2, and not padded of stride 1. */
struct small_shapes {
  struct channel_list in, out;
  int32_t pools;
};

static inline uint32_t next_digit(uint32_t *number, uint32_t base) {
  const uint32_t digit = *number % base;
  *number /= base;
  return digit;
}

enum { SMALL_SIZES = 5, SMALL_WINDOWS = 14, SMALL_NAME = 128 };

static inline uint32_t small_shapes_tried(const struct small_shapes *s) {
  const uint32_t out = s->out.count > 0 ? (uint32_t)s->out.count : 1;
  return SMALL_SIZES * SMALL_SIZES * SMALL_WINDOWS * (uint32_t)(s->pools * s->in.count) * out;
}

/* The number-th of them, its steps and blocks left open. name: where its name goes. Returns 0 where there is none. */
static inline int small_shape(const struct small_shapes *s, uint32_t number, char name[SMALL_NAME],
                              struct test_case *c) {
  static const int8_t windows[SMALL_WINDOWS][4] = {/* window, stride, pads before and behind */
                                                   {1, 1, 0, 0}, {1, 2, 0, 0}, {2, 1, 0, 0}, {2, 1, 0, 1}, {2, 1, 1, 1},
                                                   {2, 2, 0, 0}, {2, 2, 0, 1}, {2, 2, 1, 1}, {3, 1, 0, 0}, {3, 1, 0, 1},
                                                   {3, 1, 1, 1}, {3, 2, 0, 0}, {3, 2, 0, 1}, {3, 2, 1, 1}};
  static const int8_t pools[5][3] = {{1, 1, 0}, {2, 2, 0}, {2, 1, 1}, {2, 2, 1}, {2, 1, 0}};
  const int8_t *pool = pools[next_digit(&number, (uint32_t)s->pools)];
  const int8_t *window = windows[next_digit(&number, SMALL_WINDOWS)];
  *c = (struct test_case){.name = name, .step_rows = 1};
  c->height = (int16_t)(1 + next_digit(&number, SMALL_SIZES));
  c->width = (int16_t)(1 + next_digit(&number, SMALL_SIZES));
  c->in_channels = s->in.channels[next_digit(&number, (uint32_t)s->in.count)];
  c->out_channels = s->out.count > 0 ? s->out.channels[next_digit(&number, (uint32_t)s->out.count)] : c->in_channels;
  c->window = window[0];
  c->stride = window[1];
  c->pad_top = c->pad_left = window[2];
  c->pad_end = window[3];
  c->pool = pool[0];
  c->pool_stride = pool[1];
  c->pool_end = pool[2];
  snprintf(name, SMALL_NAME, "%dx%d %d->%d %dx%d/%d pads %d %d pool %d/%d pad %d", c->height, c->width, c->in_channels,
           c->out_channels, c->window, c->window, c->stride, c->pad_top, c->pad_end, c->pool, c->pool_stride,
           c->pool_end);
  return is_shape(c);
}

#endif
