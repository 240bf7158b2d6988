#include "fv_conv2d_mve_s8.h"

#include "fv_copy_bytes.h"
#include "fv_dot_pairs.h"
#include "fv_sparse.h"
#include "fv_store_sums.h"

#include <stddef.h>

/* A call, and its scratch: see FV_CONV2D_MVE_S8_SCRATCH_HELIUM. */
struct call {
  const struct fv_conv2d_s8 *conv;
  const int8_t *const *rows;
  int32_t first_input_row; /* of rows[0] */
  int32_t in_place;        /* windows are not gathered */
  int32_t is_short;        /* windows are few vectors, one behind the other along a row */
  int32_t group_vectors;   /* of one group of channels' weights, each FV_VECTOR_OF_WEIGHTS bytes */
  int32_t column_classes;
  int32_t bias_step;   /* int32 values of a class */
  int32_t pixel_bytes; /* of a pixel's sums */
  int8_t *sums;
  int8_t *weights; /* NULL: they are read where they lie */
  int8_t *windows; /* where they are gathered */
  uint32_t *segments;
};

/* Pixels whose windows meet the image with the same taps; their pairs follow. */
struct segment {
  int32_t weights, bias; /* offsets in bytes and in int32 */
  int32_t n_pairs, runs, vectors, skip;
};

/* Taps lo .. hi - 1 of an axis meet the image; `class` as in the header. */
struct taps {
  int32_t lo, hi, class;
};

/* Phases of a patch come one after another, so their frames need not add up. */
#define PHASE __attribute__((noinline))

static inline int32_t smaller(int32_t a, int32_t b) { return a < b ? a : b; }

static struct taps taps_of(int32_t first_missing, int32_t last_missing, int32_t size, int32_t pad) {
  const int32_t class = first_missing > 0 ? first_missing : last_missing > 0 ? pad + last_missing : 0;
  return (struct taps){first_missing, size - last_missing, class};
}

static struct taps column_taps(const struct fv_conv2d_s8 *conv, int32_t column) {
  const int32_t left = column * conv->stride_x - conv->pad_left;
  const int32_t beyond = left + conv->kernel_width - conv->in_width;
  return taps_of(left < 0 ? -left : 0, beyond > 0 ? beyond : 0, conv->kernel_width, conv->pad_left);
}

/* rows[0] is that of the window's first tap. */
static struct taps row_taps(const struct fv_conv2d_s8 *conv, const int8_t *const rows[]) {
  int32_t above = 0, below = 0;
  while (rows[above] == NULL) {
    above++;
  }
  while (rows[conv->kernel_height - 1 - below] == NULL) {
    below++;
  }
  return taps_of(above, below, conv->kernel_height, conv->pad_top);
}

static const int8_t *const *rows_of(const struct call *call, int32_t conv_row) {
  const struct fv_conv2d_s8 *conv = call->conv;
  return call->rows + (conv_row * conv->stride_y - conv->pad_top - call->first_input_row);
}

/* The one of a pair that a pixel is, and where its sums go. */
static uint32_t *put_pixel(const struct call *call, const struct fv_patch *patch, struct taps y, struct taps x,
                           int32_t row, int32_t column, uint32_t *to) {
  const struct fv_conv2d_s8 *conv = call->conv;
  const int32_t pixel = (row - patch->row) * (patch->end_column - patch->column) + column - patch->column;
  if (call->in_place) {
    const int32_t first = (column * conv->stride_x - conv->pad_left + x.lo) * conv->in_channels;
    const int8_t *const *rows = rows_of(call, row);
    for (int32_t ky = y.lo; ky < y.hi; ky++, to += FV_PAIR) {
      *to = (uint32_t)(uintptr_t)(rows[ky] + first);
    }
  } else {
    *to = (uint32_t)(uintptr_t)(call->windows + pixel * call->group_vectors * FV_VECTOR);
    to += FV_PAIR;
  }
  *to = (uint32_t)(pixel * call->pixel_bytes);
  return to + FV_PAIR;
}

/* The pairs of rows row .. end_row - 1 and columns column .. end_column - 1, in raster order; an odd one is its own
 * partner. */
PHASE static uint32_t *put_pairs(const struct call *call, const struct fv_patch *patch, struct taps y, struct taps x,
                           struct fv_patch part, uint32_t *to) {
  int32_t second = 0;
  uint32_t *end = to;
  for (int32_t row = part.row; row < part.end_row; row++) {
    for (int32_t column = part.column; column < part.end_column; column++, second ^= 1) {
      end = put_pixel(call, patch, y, x, row, column, to + second);
      to = second ? end - 1 : to;
    }
  }
  if (second) {
    end = put_pixel(call, patch, y, x, part.end_row - 1, part.end_column - 1, to + 1);
    to = end - 1;
  }
  return to;
}

static uint32_t *put_segment(const struct call *call, const struct fv_patch *patch, struct taps y, struct taps x,
                             struct fv_patch part, uint32_t *to) {
  const struct fv_conv2d_s8 *conv = call->conv;
  const int32_t tap_vectors = conv->in_channels / FV_VECTOR, width = x.hi - x.lo;
  const int32_t pixels = (part.end_row - part.row) * (part.end_column - part.column);
  *(struct segment *)to = (struct segment){
      .weights = (y.lo * conv->kernel_width + x.lo) * tap_vectors * FV_VECTOR_OF_WEIGHTS,
      .bias = (y.class * call->column_classes + x.class) * call->bias_step,
      .n_pairs = (pixels + 1) / FV_PAIR,
      .runs = y.hi - y.lo,
      .vectors = width * tap_vectors,
      .skip = (conv->kernel_width - width) * tap_vectors * FV_VECTOR_OF_WEIGHTS,
  };
  return put_pairs(call, patch, y, x, part, to + sizeof(struct segment) / sizeof *to);
}

/* Cuts a patch into segments; returns their end. */
PHASE static uint32_t *put_segments(const struct call *call, const struct fv_patch *patch) {
  const struct fv_conv2d_s8 *conv = call->conv;
  struct fv_patch part = *patch;
  uint32_t *to = call->segments;
  for (; part.row < patch->end_row; part.row = part.end_row) {
    const struct taps y = row_taps(conv, rows_of(call, part.row));
    part.end_row = part.row + 1;
    while (part.end_row < patch->end_row && row_taps(conv, rows_of(call, part.end_row)).class == y.class) {
      part.end_row++;
    }
    for (part.column = patch->column; part.column < patch->end_column; part.column = part.end_column) {
      const struct taps x = column_taps(conv, part.column);
      part.end_column = part.column + 1;
      while (part.end_column < patch->end_column && column_taps(conv, part.end_column).class == x.class) {
        part.end_column++;
      }
      to = put_segment(call, patch, y, x, part, to);
    }
  }
  return to;
}

static void gather_taps(const struct fv_conv2d_s8 *conv, const int8_t *row, int32_t left, int8_t *to) {
  for (int32_t kx = 0; kx < conv->kernel_width; kx++, to += conv->in_channels) {
    const int32_t x = left + kx * conv->dilation_x;
    if (row != NULL && x >= 0 && x < conv->in_width) {
      fv_copy_bytes(to, row + x * conv->in_channels, conv->in_channels);
    } else {
      fv_fill_bytes(to, conv->in_zero_point, conv->in_channels);
    }
  }
}

/* One pixel's window in the order of the weights, with in_zero_point outside the image. */
static void gather_window(const struct fv_conv2d_s8 *conv, const int8_t *const *rows, int32_t left, int8_t *to) {
  const int32_t row_bytes = conv->kernel_width * conv->in_channels;
  for (int32_t ky = 0; ky < conv->kernel_height; ky++, to += row_bytes) {
    gather_taps(conv, rows[ky * conv->dilation_y], left, to);
  }
}

static int32_t is_whole(const struct fv_conv2d_s8 *conv, const int8_t *const *rows) {
  int32_t whole = conv->dilation_x == 1 && conv->dilation_y == 1;
  for (int32_t ky = 0; whole && ky < conv->kernel_height; ky++) {
    whole = rows[ky] != NULL;
  }
  return whole;
}

/* Windows of one row, columns column .. end - 1. */
static void gather_row(const struct call *call, const int8_t *const *rows, int32_t column, int32_t end, int8_t *to) {
  const struct fv_conv2d_s8 *conv = call->conv;
  const int32_t window_bytes = call->group_vectors * FV_VECTOR;
  const int32_t last = is_whole(conv, rows) ? conv->in_width - conv->kernel_width : INT32_MIN;
  for (int32_t n = 1; column < end; column += n, to += n * window_bytes) {
    const int32_t left = column * conv->stride_x - conv->pad_left;
    if (left < 0 || left > last) {
      gather_window(conv, rows, left, to);
      n = 1;
      continue;
    }
    n = smaller(end - column, (last - left) / conv->stride_x + 1);
    const struct fv_gather gather = {.to = to,
                                     .rows = rows,
                                     .at = left * conv->in_channels,
                                     .step = conv->stride_x * conv->in_channels,
                                     .n = n,
                                     .height = conv->kernel_height,
                                     .row_bytes = conv->kernel_width * conv->in_channels,
                                     .window_bytes = window_bytes};
    fv_gather_windows(&gather);
  }
}

static int32_t columns_of(const struct fv_patch *patch) { return patch->end_column - patch->column; }

PHASE static void gather_patch(const struct call *call, const struct fv_patch *patch) {
  int8_t *to = call->windows;
  for (int32_t row = patch->row; row < patch->end_row; row++) {
    gather_row(call, rows_of(call, row), patch->column, patch->end_column, to);
    to += columns_of(patch) * call->group_vectors * FV_VECTOR;
  }
}

/* One segment, whose windows are copies; returns its end. */
PHASE static uint32_t *put_gathered(const struct call *call, const struct fv_patch *patch) {
  const struct taps all = {0, 1, 0};
  const int32_t pixels = (patch->end_row - patch->row) * columns_of(patch);
  *(struct segment *)call->segments =
      (struct segment){.n_pairs = (pixels + 1) / FV_PAIR, .runs = 1, .vectors = call->group_vectors};
  return put_pairs(call, patch, all, all, *patch, call->segments + sizeof(struct segment) / sizeof(uint32_t));
}

/* The sums of three channels, row by row. */
PHASE static void sum_short_group(const struct call *call, const struct fv_patch *patch, int32_t channel, int8_t *sums) {
  const struct fv_conv2d_s8 *conv = call->conv;
  struct fv_short_dot dot = {
      .weights = conv->weights + channel / FV_LANES * call->group_vectors * FV_VECTOR_OF_WEIGHTS,
      .bias = conv->bias + channel,
      .sums = sums,
      .windows = call->windows,
      .n_pixels = columns_of(patch),
      .vectors = call->group_vectors,
      .pixel_bytes = call->pixel_bytes};
  for (int32_t row = patch->row; row < patch->end_row; row++) {
    if (call->in_place) {
      dot.windows = rows_of(call, row)[0] + patch->column * conv->in_channels;
    }
    fv_dot_short(&dot);
    dot.windows += dot.n_pixels * dot.vectors * FV_VECTOR;
    dot.sums += dot.n_pixels * dot.pixel_bytes;
  }
}

/* The sums of three channels. */
PHASE static void sum_group(const struct call *call, int32_t channel, const uint32_t *end, int8_t *sums) {
  const int32_t group_bytes = call->group_vectors * FV_VECTOR_OF_WEIGHTS;
  const int32_t first = channel / FV_LANES * group_bytes;
  const int8_t *weights = fv_weights(call->conv, first, group_bytes, call->weights);
  if (call->weights != NULL && call->conv->sparse_run == 0) {
    fv_copy_bytes(call->weights, weights, group_bytes);
    weights = call->weights;
  }
  for (const uint32_t *at = call->segments; at < end;) {
    const struct segment *s = (const struct segment *)at;
    at += sizeof *s / sizeof *at;
    const struct fv_dot dot = {.weights = weights + s->weights,
                               .bias = call->conv->bias + s->bias + channel,
                               .sums = sums,
                               .pairs = at,
                               .n_pairs = s->n_pairs,
                               .runs = s->runs,
                               .vectors = s->vectors,
                               .skip = s->skip};
    fv_dot_pairs(&dot);
    at += s->n_pairs * (s->runs + 1) * FV_PAIR;
  }
}

static void compute_patch(const struct call *call, const struct fv_patch *patch, int8_t *const out[],
                          int32_t first_channel, int32_t n_channels) {
  const struct fv_conv2d_s8 *conv = call->conv;
  const uint32_t *segments_end = NULL;
  if (!call->in_place) {
    gather_patch(call, patch);
  }
  if (!call->is_short) {
    segments_end = call->in_place ? put_segments(call, patch) : put_gathered(call, patch);
  }
  const int32_t end = first_channel + n_channels, step = conv->blocks.sum_channels;
  for (int32_t c = first_channel; c < end; c += step) {
    const int32_t channels = smaller(step, end - c);
    for (int32_t o = 0; o < channels; o += FV_LANES) {
      if (call->is_short) {
        sum_short_group(call, patch, c + o, call->sums + o * 4);
      } else {
        sum_group(call, c + o, segments_end, call->sums + o * 4);
      }
    }
    fv_store_sums(conv, patch, call->sums, call->pixel_bytes, c, channels, out);
  }
}

static struct call call_of(const struct fv_conv2d_s8 *conv, const int8_t *const rows[], int32_t first_row,
                           void *scratch) {
  const struct fv_fused_pool *pool = &conv->pool;
  const struct fv_blocks *blocks = &conv->blocks;
  const int32_t filter = conv->kernel_height * conv->kernel_width * conv->in_channels;
  const int32_t most_rows = (blocks->rows - 1) * pool->stride_y + pool->height;
  const int32_t most_columns = (blocks->columns - 1) * pool->stride_x + pool->width;
  const int32_t pixels = most_rows * most_columns;
  const int32_t beyond = (conv->conv_width - 1) * conv->stride_x - conv->pad_left + conv->kernel_width - conv->in_width;
  struct call call = {.conv = conv, .rows = rows};
  int8_t *at = scratch;
  call.first_input_row = (first_row * pool->stride_y - pool->pad_top) * conv->stride_y - conv->pad_top;
  call.in_place = conv->in_channels % FV_VECTOR == 0 && conv->dilation_y == 1 && conv->dilation_x == 1;
  call.group_vectors = (filter + FV_VECTOR - 1) / FV_VECTOR;
  call.is_short = call.group_vectors <= FV_SHORT &&
                  (!call.in_place || (filter == conv->in_channels && conv->stride_x == 1));
  call.column_classes = 1 + conv->pad_left + (beyond > 0 ? beyond : 0);
  call.bias_step = (conv->out_channels + FV_LANES - 1) / FV_LANES * FV_LANES;
  call.pixel_bytes = (blocks->sum_channels + 3) / 4 * 16;
  call.sums = at;
  at += pixels * call.pixel_bytes;
  if (blocks->in_channels > 0 && !call.is_short) {
    call.weights = at;
    at += call.group_vectors * FV_VECTOR_OF_WEIGHTS;
  }
  if (!call.in_place) {
    call.windows = at;
    at += pixels * call.group_vectors * FV_VECTOR;
  }
  call.segments = (uint32_t *)at;
  return call;
}

void fv_conv2d_mve_s8(const struct fv_conv2d_s8 *conv, const int8_t *const rows[], int8_t *const out[],
                      int32_t first_row, int32_t n_rows, int32_t first_channel, int32_t n_channels, void *scratch) {
  const struct call call = call_of(conv, rows, first_row, scratch);
  const struct fv_blocks *blocks = &conv->blocks;
  const int32_t end_row = first_row + n_rows;
  for (int32_t y = first_row; y < end_row; y += blocks->rows) {
    for (int32_t x = 0; x < conv->pool.out_width; x += blocks->columns) {
      const struct fv_patch patch = fv_patch_of(conv, y, smaller(y + blocks->rows, end_row), x,
                                                smaller(x + blocks->columns, conv->pool.out_width));
      compute_patch(&call, &patch, out + (y - first_row), first_channel, n_channels);
    }
  }
}
