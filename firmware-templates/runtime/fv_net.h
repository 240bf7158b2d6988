/* Runs a planned network step by step while image rows arrive.
 *
 * A plan is a list of steps in order; a step computes some rows of some channels of one layer and can run once
 * `input_rows` rows of the image are there. Buffers are whole tensors or rings of their last rows. Layer by layer
 * is the trivial plan: every step wants the whole image.
 *
 * The generated fv_network.c supplies fv_plan and fv_run_step; everything else is here.
 */
#ifndef FV_NET_H
#define FV_NET_H

#include <stddef.h>
#include <stdint.h>

#define FV_RUNTIME_ABI 1u

enum fv_status {
  FV_OK = 0,         /* the row was taken; more are wanted */
  FV_IMAGE_DONE = 1, /* the last row was taken and all steps have run: outputs are valid */
  FV_E_NO_IMAGE = -1 /* fv_begin was not called, or the image is complete already */
};

/* Rows of one tensor in memory. Row r lies at data + (r % ring_rows) * row_bytes. */
struct fv_buffer {
  int8_t *data;
  uint32_t row_bytes;
  uint16_t height;    /* rows of the tensor */
  uint16_t ring_rows; /* rows held at a time; height when the tensor is whole */
};

/* Input rows that output rows first .. first+n-1 reach: first * step + offset, and (n - 1) * step + reach rows. */
struct fv_reach {
  int16_t step, offset, reach;
};

struct fv_step {
  uint16_t layer;
  uint16_t first_row, rows;
  uint16_t first_channel, channels;
  uint16_t input_rows; /* image rows that must have arrived */
};

struct fv_output {
  uint16_t buffer;
  uint32_t bytes;
};

/* What the generated network tells the runtime. */
struct fv_plan {
  const struct fv_buffer *buffers; /* buffer 0 is the image */
  const struct fv_step *steps;
  const uint16_t *layer_buffer;   /* [layers], the buffer that each layer writes */
  const uint16_t *layer_channels; /* [layers], output channels: a row is complete when the last of them is written */
  const struct fv_output *outputs;
  uint16_t n_buffers, n_steps, n_layers, n_outputs;
  uint8_t input_flip; /* xor of each image byte on its way in: 0x80 turns uint8 pixels into int8 */
};

extern const struct fv_plan fv_plan;

/* Generated: one case per layer, in the model's order. */
void fv_run_step(const struct fv_step *step);

struct fv_net {
  uint32_t options;   /* FV_PROFILE | FV_LAYER_CRC */
  uint16_t rows_in;   /* image rows taken */
  uint16_t next_step; /* steps done; read by the link task as progress */
  uint8_t receiving;  /* between fv_begin and the last row */
  uint64_t *ticks;    /* [n_layers], of the port's counter */
  uint32_t *crc;      /* [n_layers], CRC-32 of each layer's output in raster order */
};

enum { FV_PROFILE = 1, FV_LAYER_CRC = 2 };

/* Starts an image: forgets the last one. */
void fv_begin(struct fv_net *net, uint32_t options);

/* Takes the next image row (width * channels bytes, or width pixels of a camera's format) and runs every step that has
 * become possible. */
enum fv_status fv_push_row(struct fv_net *net, const uint8_t *row);

/* The two halves of fv_push_row, for a caller that wants its row back before the work is done: takes over the next
 * row's bytes; runs every step that has become possible. Both in one context. */
enum fv_status fv_take_row(struct fv_net *net, const uint8_t *row);
enum fv_status fv_run_ready(struct fv_net *net);

/* Instead of rows: the image lies in buffer 0 already, put there by a debugger, an emulator's loader or a
 * camera's DMA: int8, or the camera's format. Returns FV_E_NO_IMAGE when the plan holds only some rows of the image at
 * a time. fv_run_ready then does the work. */
enum fv_status fv_image_present(struct fv_net *net);

/* Output tensor i, int8 in the model's layout; valid after FV_IMAGE_DONE until the next fv_begin. NULL when there
 * is no such output. */
const int8_t *fv_output(const struct fv_net *net, int i);

/* For the generated code: fills rows[] for output rows first .. first+n-1; NULL outside the tensor. */
void fv_in_rows(const struct fv_buffer *buffer, struct fv_reach reach, int32_t first, int32_t n, const int8_t *rows[]);
void fv_out_rows(const struct fv_buffer *buffer, int32_t first, int32_t n, int8_t *out[]);

#endif
