/* Every Armv7E-M convolution against the portable one, byte for byte, on a core with these instructions. Flipped
 * bits of four weights must show. Prints what each costs in instructions. Then every small shape. */
#include "fv_conv2d_gemm_s8.h"
#include "fv_conv2d_winograd_s8.h"
#include "fv_depthwise_conv2d_dsp_s8.h"
#include "fv_scratch.h"

#include "../check.h"
#include "../small_shapes.h"
#include "../sparse_weights.h"
#include "machine.h"

#include <string.h>

typedef void kernel(const struct fv_conv2d_s8 *conv, const int8_t *const rows[], int8_t *const out[], int32_t first_row,
                    int32_t n_rows, int32_t first_channel, int32_t n_channels, void *scratch);

enum { MOST_ROWS = 64, IMAGE = 1 << 19, WEIGHTS = 1 << 19, OUTPUT = 1 << 19, SCRATCH = 1 << 19, CANARY = 0x5a };
enum { SMALL_CANARIES = 256, MOST_CANARIES = 1 << 16 };

static int8_t image[IMAGE], weights[WEIGHTS], expected[OUTPUT], actual[OUTPUT];
static int8_t packed[WEIGHTS + 4096] __attribute__((aligned(8)));
static int8_t sparse[WEIGHTS + WEIGHTS / 2] __attribute__((aligned(8)));
static int8_t scratch[SCRATCH] __attribute__((aligned(8)));
static int32_t bias[1024], folded[1024], multiplier[1024];
static int8_t shift[1024], table[256];
static uint32_t seed = 20;
static int32_t sparse_comparisons;

/* A kernel, the one that it must equal, its weights and the bytes of its scratch. */
struct variant {
  const char *name;
  kernel *portable, *function;
  void (*pack)(const struct test_case *);
  int32_t (*scratch_bytes)(const struct test_case *, int is_sparse);
  struct packed_form (*form)(const struct test_case *);
};

static struct fv_conv2d_s8 conv_of(const struct test_case *c) {
  struct fv_conv2d_s8 conv = {.weights = weights, .bias = bias, .multiplier = multiplier, .shift = shift};
  conv.table = c->has_table ? table : NULL;
  conv.in_width = (uint16_t)c->width;
  conv.in_channels = (uint16_t)c->in_channels;
  conv.out_channels = (uint16_t)c->out_channels;
  conv.conv_height = (uint16_t)size_after(c->height, c->pad_top + c->pad_end, c->window, c->stride);
  conv.conv_width = (uint16_t)size_after(c->width, c->pad_left + c->pad_end, c->window, c->stride);
  conv.kernel_height = conv.kernel_width = (uint8_t)c->window;
  conv.stride_y = conv.stride_x = (uint8_t)c->stride;
  conv.dilation_y = conv.dilation_x = 1;
  conv.pad_top = (uint8_t)c->pad_top;
  conv.pad_left = (uint8_t)c->pad_left;
  conv.in_zero_point = (int16_t)(c->extreme ? 127 : -11);
  conv.out_zero_point = (int16_t)(c->extreme ? -128 : -5);
  conv.act_min = -128;
  conv.act_max = 127;
  conv.pool.height = conv.pool.width = (uint8_t)c->pool;
  conv.pool.stride_y = conv.pool.stride_x = (uint8_t)c->pool_stride;
  conv.pool.out_width = (uint16_t)size_after(conv.conv_width, c->pool_end, c->pool, c->pool_stride);
  conv.blocks = c->blocks;
  return conv;
}

static int8_t random_s8(int extreme) {
  if (extreme) {
    return random_u32(&seed) % 8 == 0 ? 127 : -128;
  }
  return (int8_t)random_u32(&seed);
}

/* Three of eight are zero. */
static int8_t random_weight(int extreme) {
  return !extreme && random_u32(&seed) % 8 < 3 ? 0 : random_s8(extreme);
}

static void fill(const struct test_case *c, const struct fv_conv2d_s8 *conv, int is_depthwise) {
  const int32_t filter = c->window * c->window * (is_depthwise ? 1 : c->in_channels);
  int32_t exponent = 5;
  for (int32_t reach = 74 * 74; reach > 60 * 60 || exponent < 6; reach = reach / 4 + 1) {
    exponent++;
  }
  for (int32_t n = filter; n > 1; n /= 4) {
    exponent++;
  }
  for (int32_t i = 0; i < c->height * c->width * c->in_channels; i++) {
    image[i] = random_s8(c->extreme);
  }
  for (int32_t i = 0; i < filter * c->out_channels; i++) {
    weights[i] = random_weight(c->extreme);
  }
  for (int32_t o = 0; o < c->out_channels; o++) {
    int32_t sum = 0;
    for (int32_t i = 0; i < filter; i++) {
      sum += is_depthwise ? weights[i * c->out_channels + o] : weights[o * filter + i];
    }
    bias[o] = random_in(&seed, -9000, 9000);
    folded[o] = bias[o] - conv->in_zero_point * sum;
    multiplier[o] = random_in(&seed, 1 << 30, INT32_MAX);
    shift[o] = (int8_t) - (exponent + random_in(&seed, -1, 3));
  }
  for (int32_t q = -128; q < 128; q++) {
    table[q + 128] = (int8_t)(q < -20 ? (q + 20) / 5 - 20 : q);
  }
}

static void run(const struct test_case *c, const struct fv_conv2d_s8 *conv, kernel *function, int8_t *out) {
  const int32_t height = size_after(conv->conv_height, c->pool_end, c->pool, c->pool_stride);
  const int32_t row_bytes = conv->pool.out_width * conv->out_channels;
  for (int32_t first = 0; first < height; first += c->step_rows) {
    const int32_t n = first + c->step_rows < height ? c->step_rows : height - first;
    const int8_t *rows[MOST_ROWS];
    int8_t *outs[MOST_ROWS];
    const int32_t from = first * c->pool_stride * c->stride - c->pad_top;
    const int32_t count = ((n - 1) * c->pool_stride + c->pool - 1) * c->stride + c->window;
    CHECK(count <= MOST_ROWS, "%s", c->name);
    for (int32_t i = 0; i < count; i++) {
      const int32_t row = from + i;
      rows[i] = row >= 0 && row < c->height ? image + row * c->width * c->in_channels : NULL;
    }
    for (int32_t i = 0; i < n; i++) {
      outs[i] = out + (first + i) * row_bytes;
    }
    function(conv, rows, outs, first, n, 0, c->out_channels, scratch);
  }
}

/* Bytes in front of the canaries; those from `most` on should be canaries. */
static int32_t used(const int8_t *bytes, int32_t most, int32_t canaries) {
  int32_t n = most + canaries;
  while (n > 0 && bytes[n - 1] == CANARY) {
    n--;
  }
  return n;
}

/* The kernel on packed weights against `expected`: every byte, and none beyond output and scratch. Instructions. */
static uint32_t check(const struct test_case *c, const struct variant *v, const struct fv_conv2d_s8 *conv,
                      int32_t bytes, int32_t canaries) {
  const int32_t most_scratch = v->scratch_bytes(c, conv->sparse_run > 0);
  CHECK(bytes + canaries <= OUTPUT && most_scratch + canaries <= SCRATCH, "%s %s", v->name, c->name);
  memset(actual, CANARY, (size_t)(bytes + canaries));
  memset(scratch, CANARY, (size_t)(most_scratch + canaries));
  const uint32_t start = machine_instructions();
  run(c, conv, v->function, actual);
  const uint32_t instructions = machine_instructions() - start;
  for (int32_t i = 0; i < bytes; i++) {
    CHECK(actual[i] == expected[i], "%s %s, steps of %d, blocks %d %d %d %d %d: byte %ld is %d, not %d", v->name,
          c->name, c->step_rows, c->blocks.rows, c->blocks.columns, c->blocks.in_channels, c->blocks.out_channels,
          c->blocks.sum_channels, (long)i, actual[i], expected[i]);
  }
  CHECK(used(actual, bytes, canaries) <= bytes, "%s %s wrote beyond its output", v->name, c->name);
  CHECK(used(scratch, most_scratch, canaries) <= most_scratch, "%s %s: %ld bytes of scratch, not %ld", v->name, c->name,
        (long)used(scratch, most_scratch, canaries), (long)most_scratch);
  return instructions;
}

/* The same weights without their zeros, where the kernel can read them so. How often it could. */
static int32_t check_sparse(const struct test_case *c, const struct variant *v, const struct fv_conv2d_s8 *dense,
                            int32_t bytes, int32_t canaries) {
  const struct packed_form form = v->form(c);
  const int32_t run_bytes = sparse_run_of(form.granule);
  if (run_bytes == 0) {
    return 0;
  }
  struct fv_conv2d_s8 conv = *dense;
  CHECK(drop_zeros(packed, form.bytes, run_bytes, sparse) <= (int32_t)sizeof sparse, "%s", c->name);
  conv.weights = sparse;
  conv.sparse_run = (uint16_t)run_bytes;
  check(c, v, &conv, bytes, canaries);
  return 1;
}

/* What the portable kernel says to random constants, and the constants packed. Bytes of the output. */
static int32_t expect(const struct test_case *c, const struct variant *v, struct fv_conv2d_s8 *conv) {
  const int32_t bytes = out_size_of(c, c->height) * conv->pool.out_width * conv->out_channels;
  CHECK(bytes < OUTPUT, "%s", c->name);
  fill(c, conv, v->portable != fv_conv2d_s8);
  run(c, conv, v->portable, expected);
  v->pack(c);
  conv->weights = packed;
  conv->bias = folded;
  return bytes;
}

static void report(const struct test_case *c, const char *kernel_name, uint32_t instructions, uint32_t macs) {
  machine_print(kernel_name);
  machine_print(" ");
  machine_print(c->name);
  machine_print(": ");
  machine_print_number((uint32_t)((uint64_t)instructions * 1000 / macs));
  machine_print(" instructions per 1000 MAC\n");
}

static void compare(const struct test_case *c, const struct variant *v) {
  struct fv_conv2d_s8 conv = conv_of(c);
  memset(packed, CANARY, sizeof packed);
  const int32_t bytes = expect(c, v, &conv);
  const uint32_t instructions = check(c, v, &conv, bytes, MOST_CANARIES);
  sparse_comparisons += check_sparse(c, v, &conv, bytes, MOST_CANARIES);
  int32_t varied = 0;
  for (int32_t i = 1; i < bytes; i++) {
    varied += expected[i] != expected[i - 1];
  }
  CHECK(c->extreme || varied > bytes / 3, "%s %s says little: %ld changes", v->name, c->name, (long)varied);
  for (int32_t i = 16; i < 20; i++) {
    packed[i] ^= 0x40;
  }
  run(c, &conv, v->function, actual);
  CHECK(c->extreme || memcmp(actual, expected, (size_t)bytes) != 0, "%s %s does not see flipped weights", v->name,
        c->name);
  const int32_t outputs = conv.conv_height * conv.conv_width * c->out_channels;
  const int is_depthwise = v->portable != fv_conv2d_s8;
  report(c, v->name, instructions, (uint32_t)(outputs * c->window * c->window * (is_depthwise ? 1 : c->in_channels)));
}

/* Tries a small shape in steps of one row and of all, with what `cut` makes of the blocks: number 0, 1, ... until it
 * returns 0. Returns how often. */
static int32_t compare_small(struct test_case *c, const struct variant *v, int (*cut)(struct test_case *, int32_t)) {
  if (!cut(c, 0)) {
    return 0;
  }
  c->extreme = random_u32(&seed) % 8 == 0;
  c->has_table = random_u32(&seed) % 2 == 0;
  struct fv_conv2d_s8 conv = conv_of(c);
  conv.in_zero_point = (int16_t)random_in(&seed, -128, 127);
  conv.out_zero_point = (int16_t)random_in(&seed, -128, 127);
  const int32_t out_height = out_size_of(c, c->height);
  c->step_rows = (int16_t)out_height;
  const int32_t bytes = expect(c, v, &conv);
  int32_t n = 0;
  for (int32_t number = 0; cut(c, number); number++) {
    for (int32_t step = 1; step != 0; step = step < out_height ? out_height : 0, n++) {
      c->step_rows = (int16_t)step;
      c->blocks.rows = (uint16_t)random_in(&seed, 1, 4);
      c->blocks.columns = (uint16_t)random_in(&seed, 1, conv.pool.out_width);
      conv.blocks = c->blocks;
      check(c, v, &conv, bytes, SMALL_CANARIES);
      sparse_comparisons += check_sparse(c, v, &conv, bytes, SMALL_CANARIES);
    }
  }
  return n;
}

static int32_t sweep(const struct small_shapes *shapes, const struct variant *v,
                     int (*cut)(struct test_case *, int32_t)) {
  int32_t n = 0;
  for (uint32_t i = 0; i < small_shapes_tried(shapes); i++) {
    char name[SMALL_NAME];
    struct test_case c;
    n += small_shape(shapes, i, name, &c) ? compare_small(&c, v, cut) : 0;
  }
  return n;
}

static int32_t units_of(const struct test_case *c) { return (c->window * c->window * c->in_channels + 3) / 4; }

static void pack_gemm(const struct test_case *c) {
  const int32_t units = units_of(c), filter = c->window * c->window * c->in_channels;
  int8_t *to = packed;
  for (int32_t o = 0; o < c->out_channels; o += 4) {
    for (int32_t i = 0; i < units * 16; i++) {
      const int32_t channel = o + i / 4 % 4, at = i / 16 * 4 + i % 4;
      *to++ = channel < c->out_channels && at < filter ? weights[channel * filter + at] : 0;
    }
  }
}

static int32_t gemm_scratch(const struct test_case *c, int is_sparse) {
  const int32_t rows = (c->blocks.rows - 1) * c->pool_stride + c->pool;
  const int32_t pairs = ((c->blocks.columns - 1) * c->pool_stride + c->pool + 1) / 2;
  return FV_CONV2D_GEMM_S8_SCRATCH_ARMV7EM(rows * pairs, c->blocks.in_channels / 4, c->in_channels,
                                           c->blocks.out_channels, is_sparse);
}

static struct packed_form gemm_form(const struct test_case *c) {
  const int32_t units = units_of(c);
  return (struct packed_form){(c->out_channels + 3) / 4 * units * 16,
                              16 * common_divisor(units, c->blocks.in_channels / 4)};
}

static const struct variant gemm = {"gemm", fv_conv2d_s8, fv_conv2d_gemm_s8, pack_gemm, gemm_scratch, gemm_form};

/* Whole filters; then, where they can be cut, a slice of them for some channels. */
static int cut_gemm(struct test_case *c, int32_t number) {
  const int32_t units = units_of(c), groups = (c->out_channels + 3) / 4;
  const int is_whole = number == 0;
  c->blocks.in_channels = (uint16_t)(4 * (is_whole || units == 1 ? units : random_in(&seed, 1, units - 1)));
  c->blocks.out_channels = (uint16_t)(4 * (is_whole ? 1 : random_in(&seed, 1, groups)));
  return is_whole || (number == 1 && c->in_channels % 4 == 0 && units > 1);
}

/* name, height, width, in, out, window, stride, pads, pool, step rows, blocks, extreme, table */
static const struct test_case gemm_cases[] = {
    {"1x1 16->32", 9, 13, 16, 32, 1, 1, 0, 0, 0, 1, 1, 0, 2, {2, 13, 16, 4, 0}, 0, 1},
    {"1x1 8->4", 20, 20, 8, 4, 1, 1, 0, 0, 0, 1, 1, 0, 2, {2, 20, 8, 4, 0}, 0, 0},
    {"1x1 24->136", 10, 20, 24, 136, 1, 1, 0, 0, 0, 1, 1, 0, 4, {2, 20, 24, 4, 0}, 0, 0},
    {"1x1 256->250", 14, 14, 256, 250, 1, 1, 0, 0, 0, 1, 1, 0, 16, {3, 14, 256, 4, 0}, 0, 0},
    {"1x1 256->30", 14, 14, 256, 30, 1, 1, 0, 0, 0, 1, 1, 0, 16, {4, 14, 256, 4, 0}, 0, 0},
    {"1x1 18->7", 5, 7, 18, 7, 1, 1, 0, 0, 0, 1, 1, 0, 3, {1, 4, 20, 4, 0}, 0, 1},
    {"3x3/2 3->16", 32, 32, 3, 16, 3, 2, 0, 0, 1, 1, 1, 0, 2, {1, 16, 28, 4, 0}, 0, 1},
    {"3x3/1 3->16 pool", 32, 32, 3, 16, 3, 1, 1, 1, 1, 2, 2, 0, 2, {1, 16, 28, 4, 0}, 0, 1},
    {"3x3/2 16->32", 28, 28, 16, 32, 3, 2, 0, 0, 1, 1, 1, 0, 1, {1, 14, 144, 4, 0}, 0, 0},
    {"3x3/2 64->128", 14, 14, 64, 128, 3, 2, 0, 0, 1, 1, 1, 0, 7, {7, 7, 576, 4, 0}, 0, 1},
    {"3x3/1 5->6 pool 2/1", 7, 9, 5, 6, 3, 1, 1, 1, 1, 2, 1, 1, 3, {2, 4, 48, 4, 0}, 0, 1},
    {"3x3/1 8->5 pool 3/2", 13, 15, 8, 5, 3, 1, 1, 1, 1, 3, 2, 0, 3, {2, 3, 72, 4, 0}, 0, 0},
    {"3x3/1 20->9 extreme", 8, 9, 20, 9, 3, 1, 1, 1, 1, 1, 1, 0, 3, {3, 9, 180, 4, 0}, 1, 0},
    {"5x5/1 4->4", 8, 9, 4, 4, 5, 1, 2, 2, 2, 1, 1, 0, 3, {2, 5, 100, 4, 0}, 0, 0},
    {"3x3/1 64->20 slices of a tap", 7, 7, 64, 20, 3, 1, 1, 1, 1, 1, 1, 0, 7, {4, 7, 32, 12, 0}, 0, 1},
    {"3x3/1 512->32 slices of a tap", 7, 7, 512, 32, 3, 1, 1, 1, 1, 1, 1, 0, 4, {4, 7, 64, 32, 0}, 0, 1},
    {"3x3/2 20->9 slices across taps", 9, 11, 20, 9, 3, 2, 1, 1, 1, 1, 1, 0, 3, {2, 3, 28, 8, 0}, 0, 1},
    {"3x3/1 16->10 sliced, pool", 8, 9, 16, 10, 3, 1, 1, 1, 1, 2, 2, 1, 2, {1, 5, 68, 4, 0}, 0, 1},
    {"1x1 40->13 sliced", 5, 7, 40, 13, 1, 1, 0, 0, 0, 1, 1, 0, 3, {3, 4, 12, 16, 0}, 0, 0},
    {"3x3/1 24->9 sliced extreme", 8, 9, 24, 9, 3, 1, 1, 1, 1, 1, 1, 0, 3, {3, 9, 40, 8, 0}, 1, 0},
};

static void pack_winograd(const struct test_case *c) {
  int8_t *to = packed;
  for (int32_t o = 0; o < c->out_channels; o += 4) {
    for (int32_t i = 0; i < c->in_channels * 36; i++) {
      const int32_t channel = o + i / 36 % 4, tap = i / 4 % 9, in = i / 144 * 4 + i % 4;
      *to++ = channel < c->out_channels ? weights[(channel * 9 + tap) * c->in_channels + in] : 0;
    }
  }
}

static int32_t winograd_scratch(const struct test_case *c, int is_sparse) {
  const int32_t rows = (c->blocks.rows - 1) * c->pool_stride + c->pool;
  const int32_t columns = (c->blocks.columns - 1) * c->pool_stride + c->pool;
  const int32_t sums = c->blocks.sum_channels >= c->in_channels ? 4 : c->blocks.out_channels;
  return FV_CONV2D_WINOGRAD_S8_SCRATCH_ARMV7EM((rows + 3) / 4 * ((columns + 3) / 4), c->blocks.in_channels,
                                               c->blocks.out_channels, sums, is_sparse);
}

static struct packed_form winograd_form(const struct test_case *c) {
  const int32_t channels = common_divisor(c->in_channels, c->blocks.sum_channels);
  return (struct packed_form){(c->out_channels + 3) / 4 * 36 * c->in_channels,
                              36 * common_divisor(channels, c->blocks.in_channels)};
}

static const struct variant winograd = {"winograd", fv_conv2d_s8, fv_conv2d_winograd_s8, pack_winograd,
                                        winograd_scratch, winograd_form};

/* All input channels at once; then four at a time, their sums kept or not. */
static int cut_winograd(struct test_case *c, int32_t number) {
  const int32_t groups = (c->out_channels + 3) / 4;
  const int is_whole = number == 0;
  c->blocks.in_channels = (uint16_t)(is_whole ? c->in_channels : 4);
  c->blocks.out_channels = (uint16_t)(4 * (is_whole ? 1 : random_in(&seed, 1, groups)));
  c->blocks.sum_channels = (uint16_t)(number == 1 ? 4 : c->in_channels);
  return c->window == 3 && c->stride == 1 && (is_whole || (number < 3 && c->in_channels > 4));
}

static const struct test_case winograd_cases[] = {
    {"16->32 pool", 16, 112, 16, 32, 3, 1, 1, 1, 1, 2, 2, 0, 2, {2, 56, 16, 4, 16}, 0, 1},
    {"16->32 pool by 13", 16, 112, 16, 32, 3, 1, 1, 1, 1, 2, 2, 0, 2, {2, 13, 16, 36, 16}, 0, 1},
    {"32->64 pool", 16, 56, 32, 64, 3, 1, 1, 1, 1, 2, 2, 0, 2, {2, 28, 32, 36, 32}, 0, 1},
    {"64->128 pool", 8, 28, 64, 128, 3, 1, 1, 1, 1, 2, 2, 0, 2, {2, 14, 32, 36, 64}, 0, 1},
    {"128->96 pool", 14, 14, 128, 96, 3, 1, 1, 1, 1, 2, 2, 0, 7, {7, 7, 32, 36, 128}, 0, 1},
    {"256->64 pool 2/1", 7, 7, 256, 64, 3, 1, 1, 1, 1, 2, 1, 1, 7, {7, 7, 32, 36, 256}, 0, 1},
    {"512->64", 7, 7, 512, 64, 3, 1, 1, 1, 1, 1, 1, 0, 7, {7, 7, 32, 44, 256}, 0, 1},
    {"512->64 by 20", 7, 7, 512, 64, 3, 1, 1, 1, 1, 1, 1, 0, 7, {7, 7, 20, 32, 512}, 0, 1},
    {"64->64 of 13", 13, 13, 64, 64, 3, 1, 1, 1, 1, 1, 1, 0, 8, {8, 13, 32, 44, 64}, 0, 1},
    {"12->7 of 1", 1, 1, 12, 7, 3, 1, 1, 1, 1, 1, 1, 0, 1, {1, 1, 8, 8, 8}, 0, 0},
    {"20->5 inside", 9, 11, 20, 5, 3, 1, 0, 0, 0, 1, 1, 0, 3, {3, 5, 20, 4, 20}, 0, 0},
    {"8->5 pool 3/2", 13, 15, 8, 5, 3, 1, 1, 1, 1, 3, 2, 0, 3, {2, 3, 8, 8, 8}, 0, 0},
    {"8->3 odd pool", 9, 9, 8, 3, 3, 1, 1, 1, 1, 2, 2, 1, 2, {2, 5, 8, 4, 8}, 0, 1},
    {"extreme 224->9", 8, 9, 224, 9, 3, 1, 1, 1, 1, 1, 1, 0, 8, {8, 9, 28, 12, 224}, 1, 0},
    {"extreme 64->9", 7, 9, 64, 9, 3, 1, 1, 1, 1, 1, 1, 0, 3, {3, 9, 32, 12, 64}, 1, 0},
};

static struct packed_form no_form(const struct test_case *c) {
  (void)c;
  return (struct packed_form){0, 0};
}

/* Depthwise kernels in the shape of the others. */
static void depthwise_s8(const struct fv_conv2d_s8 *conv, const int8_t *const rows[], int8_t *const out[],
                         int32_t first_row, int32_t n_rows, int32_t first_channel, int32_t n_channels, void *scratch_) {
  const struct fv_depthwise_conv2d_s8 depthwise = {*conv, 1};
  fv_depthwise_conv2d_s8(&depthwise, rows, out, first_row, n_rows, first_channel, n_channels, scratch_);
}

static void depthwise_dsp_s8(const struct fv_conv2d_s8 *conv, const int8_t *const rows[], int8_t *const out[],
                             int32_t first_row, int32_t n_rows, int32_t first_channel, int32_t n_channels,
                             void *scratch_) {
  const struct fv_depthwise_conv2d_s8 depthwise = {*conv, 1};
  fv_depthwise_conv2d_dsp_s8(&depthwise, rows, out, first_row, n_rows, first_channel, n_channels, scratch_);
}

static void pack_depthwise(const struct test_case *c) {
  const int32_t pairs = (c->window + 1) / 2;
  int16_t *to = (int16_t *)packed;
  for (int32_t i = 0; i < c->out_channels * c->window * pairs * 2; i++) {
    const int32_t ky = i % (2 * pairs), kx = i / (2 * pairs) % c->window, o = i / (2 * pairs) / c->window;
    to[i] = ky < c->window ? weights[(ky * c->window + kx) * c->out_channels + o] : 0;
  }
}

static int32_t depthwise_scratch(const struct test_case *c, int is_sparse) {
  (void)is_sparse;
  const int32_t width = size_after(c->width, c->pad_left + c->pad_end, c->window, c->stride);
  return FV_DEPTHWISE_CONV2D_DSP_S8_SCRATCH_ARMV7EM(width, c->stride, c->window, c->window);
}

static const struct variant depthwise = {"depthwise", depthwise_s8, depthwise_dsp_s8, pack_depthwise,
                                         depthwise_scratch, no_form};

static int cut_depthwise(struct test_case *c, int32_t number) { return c->pool == 1 && number == 0; }

static const struct test_case depthwise_cases[] = {
    {"3x3/1 16", 14, 14, 16, 16, 3, 1, 1, 1, 1, 1, 1, 0, 4, {0, 0, 0, 0, 0}, 0, 1},
    {"3x3/1 24 wide", 8, 56, 24, 24, 3, 1, 1, 1, 1, 1, 1, 0, 1, {0, 0, 0, 0, 0}, 0, 0},
    {"3x3/2 8", 15, 17, 8, 8, 3, 2, 0, 0, 1, 1, 1, 0, 3, {0, 0, 0, 0, 0}, 0, 0},
    {"5x5/1 12", 10, 10, 12, 12, 5, 1, 2, 2, 2, 1, 1, 0, 5, {0, 0, 0, 0, 0}, 0, 1},
    {"3x3/1 8 extreme", 9, 9, 8, 8, 3, 1, 1, 1, 1, 1, 1, 0, 9, {0, 0, 0, 0, 0}, 1, 0},
};

static int32_t compare_small_shapes(void) {
  static const struct small_shapes any = {{9, {1, 2, 3, 4, 5, 6, 7, 8, 9}}, {9, {1, 2, 3, 4, 5, 6, 7, 8, 9}}, 5};
  static const struct small_shapes units = {{3, {4, 8, 12}}, {9, {1, 2, 3, 4, 5, 6, 7, 8, 9}}, 5};
  static const struct small_shapes lanes = {{3, {4, 8, 12}}, {0, {0}}, 1};
  return sweep(&any, &gemm, cut_gemm) + sweep(&units, &winograd, cut_winograd) +
         sweep(&lanes, &depthwise, cut_depthwise);
}

int test_main(void) {
  for (uint32_t i = 0; i < sizeof gemm_cases / sizeof gemm_cases[0]; i++) {
    compare(&gemm_cases[i], &gemm);
  }
  for (uint32_t i = 0; i < sizeof winograd_cases / sizeof winograd_cases[0]; i++) {
    compare(&winograd_cases[i], &winograd);
  }
  for (uint32_t i = 0; i < sizeof depthwise_cases / sizeof depthwise_cases[0]; i++) {
    compare(&depthwise_cases[i], &depthwise);
  }
  const int32_t small = compare_small_shapes();
  machine_print("comparisons of small shapes: ");
  machine_print_number((uint32_t)small);
  machine_print(", without zeros: ");
  machine_print_number((uint32_t)sparse_comparisons);
  CHECK(sparse_comparisons > 100, "%ld sparse", (long)sparse_comparisons);
  machine_print("\nall equal\n");
  return 0;
}
