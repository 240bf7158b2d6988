#include "fv_conv2d_winograd_neon_s8.h"

#include "fv_neon.h"
#include "fv_neon_patch.h"
#include "fv_neon_winograd.h"
#include "fv_parallel.h"

#include <stddef.h>
#include <string.h>

/* A patch of a call, in tiles that are numbered row by row, and the call's scratch: see
 * FV_CONV2D_WINOGRAD_NEON_S8_SCRATCH_NEON. */
struct job {
  const struct fv_conv2d_s8 *conv;
  const int8_t *const *rows;
  int8_t *const *out; /* out[0] is the row patch.out_row */
  int32_t first_channel, n_channels;
  int32_t first_input_row; /* of rows[0] */
  struct fv_neon_patch patch;
  int32_t tile_rows, tile_columns, tile_groups;
  int16_t *pixels; /* V: [groups][36][units][4][8] */
  int8_t *rooms;   /* for each part */
  int32_t most_groups;
};

/* A part's scratch. */
struct room {
  int16_t *weights;  /* U: [36][blocks.in_channels][8] */
  int32_t *products; /* [groups * 4][36][8] */
  int32_t *sums;     /* [tile_rows * 4][tile_columns * 4][8] */
};

static inline int32_t smaller(int32_t a, int32_t b) { return a < b ? a : b; }

static struct room room_of(const struct job *job, int32_t part) {
  const int32_t weight_bytes = FV_POSITIONS * job->conv->blocks.in_channels * FV_LANES * 2;
  const int32_t product_bytes = job->most_groups * FV_GROUP * FV_POSITIONS * FV_LANES * 4;
  const int32_t sum_bytes = job->most_groups * FV_GROUP * FV_SIDE * FV_SIDE * FV_LANES * 4;
  int8_t *const at = job->rooms + part * (weight_bytes + product_bytes + sum_bytes);
  return (struct room){(int16_t *)at, (int32_t *)(at + weight_bytes), (int32_t *)(at + weight_bytes + product_bytes)};
}

static struct fv_winograd_input input_of(const struct job *job, int32_t tile_row) {
  const struct fv_conv2d_s8 *conv = job->conv;
  const int32_t top = job->patch.row + tile_row * FV_SIDE - conv->pad_top;
  const int32_t end = job->patch.end_row + conv->kernel_height - 1 - conv->pad_top;
  struct fv_winograd_input input = {.left = job->patch.column - conv->pad_left,
                                    .width = conv->in_width,
                                    .pixel_bytes = conv->in_channels,
                                    .padding = (int8_t)conv->in_zero_point};
  for (int32_t k = 0; k < FV_INPUTS; k++) {
    /* Rows below what the patch reaches meet zeros in the end; any will do. */
    input.rows[k] = top + k < end ? job->rows[top + k - job->first_input_row] : NULL;
  }
  return input;
}

/* Units of eight input channels go round the parts. */
static void transform_part(const void *context, int32_t part, int32_t parts) {
  const struct job *job = context;
  const int32_t units = job->conv->in_channels / FV_LANES;
  for (int32_t row = 0; row < job->tile_rows; row++) {
    const struct fv_winograd_input input = input_of(job, row);
    for (int32_t unit = part; unit < units; unit += parts) {
      fv_winograd_pixels(&input, unit * FV_LANES, row * job->tile_columns, job->tile_columns, units,
                         job->pixels + unit * FV_GROUP * FV_LANES);
    }
  }
}

/* Positions that a group of tiles needs: the last row of them serves the last row of outputs only. */
static int32_t positions_of(const struct job *job, int32_t group) {
  const int32_t row = group * FV_GROUP / job->tile_columns;
  const int32_t outputs = job->patch.end_row - job->patch.row - row * FV_SIDE;
  return outputs >= FV_SIDE ? FV_POSITIONS : FV_POSITIONS - FV_INPUTS;
}

/* Adds the products of input channels `from` .. from + n - 1 with eight filters. */
static void multiply(const struct job *job, const struct room *room, int32_t channel, int32_t from, int32_t n) {
  const int32_t in_channels = job->conv->in_channels, units = in_channels / FV_LANES;
  const int8_t *packed = job->conv->weights + (channel / FV_LANES * in_channels + from) * FV_FILTER_BYTES;
  fv_winograd_weights(packed, n, room->weights);
  for (int32_t group = 0; group < job->tile_groups; group++) {
    const int32_t positions = positions_of(job, group);
    const int16_t *v = job->pixels + (group * FV_POSITIONS * units + from / FV_LANES) * FV_GROUP * FV_LANES;
    const int16_t *u = room->weights;
    int32_t *m = room->products + group * FV_GROUP * FV_POSITIONS * FV_LANES;
    for (int32_t i = 0; i < positions; i++, v += units * FV_GROUP * FV_LANES, u += n * FV_LANES, m += FV_LANES) {
      fv_winograd_products(u, v, n / FV_LANES, m);
    }
  }
}

static void begin_sums(const int32_t *bias, int32_t lanes, int32_t *sums, int32_t pixels) {
  int32_t begin[FV_LANES] = {0};
  memcpy(begin, bias, (size_t)lanes * sizeof begin[0]);
  const int32x4_t first = vld1q_s32(begin), second = vld1q_s32(begin + 4);
  for (; pixels > 0; pixels--, sums += FV_LANES) {
    vst1q_s32(sums, first);
    vst1q_s32(sums + 4, second);
  }
}

static void add_sums(const struct job *job, const struct room *room) {
  const int32_t row_pixels = job->tile_columns * FV_SIDE;
  const int32_t *m = room->products;
  for (int32_t y = 0; y < job->tile_rows; y++) {
    for (int32_t x = 0; x < job->tile_columns; x++, m += FV_POSITIONS * FV_LANES) {
      fv_winograd_sums(m, room->sums + (y * row_pixels + x) * FV_SIDE * FV_LANES, row_pixels);
    }
  }
}

/* Eight output channels of the patch. */
static void compute_channels(const struct job *job, const struct room *room, int32_t channel, int32_t lanes) {
  const struct fv_conv2d_s8 *conv = job->conv;
  const struct fv_blocks *blocks = &conv->blocks;
  const int32_t row_pixels = job->tile_columns * FV_SIDE;
  begin_sums(conv->bias + channel, lanes, room->sums, job->tile_rows * FV_SIDE * row_pixels);
  for (int32_t from = 0; from < conv->in_channels; from += blocks->sum_channels) {
    const int32_t end = smaller(conv->in_channels, from + blocks->sum_channels);
    memset(room->products, 0, (size_t)(job->tile_groups * FV_GROUP * FV_POSITIONS * FV_LANES) * sizeof(int32_t));
    for (int32_t at = from; at < end; at += blocks->in_channels) {
      multiply(job, room, channel, at, smaller(blocks->in_channels, end - at));
    }
    add_sums(job, room);
  }
  fv_neon_store_patch(conv, &job->patch, room->sums, row_pixels, channel, lanes, job->out);
}

/* Groups of eight output channels go round the parts. */
static void compute_part(const void *context, int32_t part, int32_t parts) {
  const struct job *job = context;
  const struct room room = room_of(job, part);
  for (int32_t o = part * FV_LANES; o < job->n_channels; o += parts * FV_LANES) {
    compute_channels(job, &room, job->first_channel + o, smaller(FV_LANES, job->n_channels - o));
  }
}

static void compute_patch(struct job *job) {
  const struct fv_neon_patch *patch = &job->patch;
  job->tile_rows = (patch->end_row - patch->row + FV_SIDE - 1) / FV_SIDE;
  job->tile_columns = (patch->end_column - patch->column + FV_SIDE - 1) / FV_SIDE;
  job->tile_groups = (job->tile_rows * job->tile_columns + FV_GROUP - 1) / FV_GROUP;
  fv_parallel(transform_part, job);
  fv_parallel(compute_part, job);
}

void fv_conv2d_winograd_neon_s8(const struct fv_conv2d_s8 *conv, const int8_t *const rows[], int8_t *const out[],
                                int32_t first_row, int32_t n_rows, int32_t first_channel, int32_t n_channels,
                                void *scratch) {
  const struct fv_fused_pool *pool = &conv->pool;
  const struct fv_blocks *blocks = &conv->blocks;
  const int32_t tile_rows = ((blocks->rows - 1) * pool->stride_y + pool->height + FV_SIDE - 1) / FV_SIDE;
  const int32_t tile_columns = ((blocks->columns - 1) * pool->stride_x + pool->width + FV_SIDE - 1) / FV_SIDE;
  const int32_t most_groups = (tile_rows * tile_columns + FV_GROUP - 1) / FV_GROUP;
  const int32_t end_row = first_row + n_rows, width = pool->out_width;
  struct job job = {.conv = conv,
                    .rows = rows,
                    .first_channel = first_channel,
                    .n_channels = n_channels,
                    .first_input_row = first_row * pool->stride_y - pool->pad_top - conv->pad_top,
                    .pixels = scratch,
                    .most_groups = most_groups};
  job.rooms = (int8_t *)scratch + most_groups * FV_GROUP * FV_POSITIONS * conv->in_channels * 2;
  for (int32_t y = first_row; y < end_row; y += blocks->rows) {
    for (int32_t x = 0; x < width; x += blocks->columns) {
      job.patch = fv_neon_patch_of(conv, y, smaller(y + blocks->rows, end_row), x, smaller(x + blocks->columns, width));
      job.out = out + (y - first_row);
      compute_patch(&job);
    }
  }
}
