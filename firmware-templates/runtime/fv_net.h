/* Runs a planned network step by step while image rows arrive.
 *
 * A plan is a list of steps in order; a step computes some rows of some channels of one layer and can run once
 * `input_rows` rows of the image are there. Buffers are whole tensors or rings of their last rows. Layer by layer
 * is the trivial plan: every step wants the whole image.
 *
 * Images are in flight from fv_begin until fv_release, oldest first. All lie in the same buffers, so a step of an
 * image also waits for the image before it: for as many of its steps as the plan's `after` says, and past `after` for
 * its release. Between these waits any order gives the same bytes; the generator proves that of every plan.
 *
 * The generated fv_network.c supplies fv_plan and fv_run_step; everything else is here.
 */
#ifndef FV_NET_H
#define FV_NET_H

#include <stddef.h>
#include <stdint.h>

#define FV_RUNTIME_ABI 2u

enum fv_status {
  FV_OK = 0,          /* the row was taken; more are wanted */
  FV_IMAGE_DONE = 1,  /* the last row was taken and all steps have run: outputs are valid */
  FV_E_NO_IMAGE = -1, /* fv_begin was not called, or the image is complete already */
  FV_E_FULL = -2,     /* as many images as there is room for are in flight: release one */
  FV_E_ENGINE = -3    /* somebody else's engine computes the network, and has failed: fv_failure says why */
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
  const uint16_t *after;          /* [n_ahead], steps of the image before that must be done before this step may run,
                                     or its rows be taken; n_steps + 1: and it must be released. Ascending */
  const uint16_t *layer_buffer;   /* [layers], the buffer that each layer writes */
  const uint16_t *layer_channels; /* [layers], output channels: a row is complete when the last of them is written */
  const struct fv_output *outputs;
  uint16_t n_buffers, n_steps, n_layers, n_outputs;
  uint16_t n_ahead;   /* steps that need not wait for the release; 0: one image at a time */
  int8_t *arena;      /* activations and scratch */
  uint32_t arena_bytes;
  uint8_t input_flip; /* xor of each image byte on its way in: 0x80 turns uint8 pixels into int8 */
  const char *const *failure; /* of an engine: why it gives no results, NULL while it does; NULL: own kernels */
};

extern const struct fv_plan fv_plan;

/* Generated: one case per layer, in the model's order. */
void fv_run_step(const struct fv_step *step);

/* Makes ready what computes, once, in the context that runs steps and before the first of them. Generated where an
 * engine does, else harness/own-kernels. */
void fv_network_start(void);

/* Why no image has results any more, in words; NULL: nothing is wrong. Then no row is taken and no step runs. Any
 * context. */
const char *fv_failure(void);

/* One image in flight. */
struct fv_image {
  uint32_t options;            /* FV_PROFILE | FV_LAYER_CRC */
  volatile uint16_t rows_in;   /* image rows taken */
  volatile uint16_t next_step; /* steps done; read by the link task as progress */
  uint64_t *ticks;             /* [n_layers], of the port's counter */
  uint32_t *crc;               /* [n_layers], CRC-32 of each layer's output in raster order */
};

struct fv_net {
  struct fv_image *images;           /* [n_images], used in turn */
  uint16_t n_images;                 /* a power of two */
  volatile uint16_t begun, released; /* images so far, wrapping */
};

enum { FV_PROFILE = 1, FV_LAYER_CRC = 2 };

/* No image. Images in flight are numbered as they begin: released .. begun - 1, wrapping. */
enum { FV_NONE = -1 };

/* Two contexts may share a net: one begins and releases images and reads results; the other takes rows and runs steps.
 * The first either interrupts the second, or holds a lock in all that it does, as threads must. The second keeps the
 * first out, with that lock, of fv_runnable and fv_wants_row, and of fv_computed and fv_copied when they are threads. */

/* Starts an image. FV_E_FULL when there is no room for one more. */
enum fv_status fv_begin(struct fv_net *net, uint32_t options);

/* The oldest image, which is done, is not wanted any more. */
void fv_release(struct fv_net *net);

/* Forgets all images, whatever state they are in. Not while a step runs. */
void fv_reset(struct fv_net *net);

struct fv_image *fv_image(const struct fv_net *net, uint16_t id);

/* Whether an image's next step may run. */
int fv_can_run(const struct fv_net *net, uint16_t id);

/* The image whose step goes first: the youngest that can run, since rows wait for it; or FV_NONE. Stays so until
 * fv_run. */
int32_t fv_runnable(const struct fv_net *net);
void fv_run(struct fv_net *net, uint16_t id);

/* fv_run in two parts: the work, which may take long, and saying that it is done. */
void fv_compute(struct fv_net *net, uint16_t id);
void fv_computed(struct fv_net *net, uint16_t id);

/* The image that can take over its next row now: a step wants it, and nobody needs the bytes that it replaces. */
int32_t fv_wants_row(const struct fv_net *net);

/* Takes over a row's bytes (width * channels, or width pixels of a camera's format) for that image. */
void fv_take_row(struct fv_net *net, uint16_t id, const uint8_t *row);

/* fv_take_row in two parts. */
void fv_copy_row(struct fv_net *net, uint16_t id, const uint8_t *row);
void fv_copied(struct fv_net *net, uint16_t id);

/* Runs the step that goes first. Returns 0 when none can run. */
int fv_work(struct fv_net *net);

/* Takes the next image row when it may be and runs every step that has become possible. FV_E_FULL when the row would
 * have to wait for a release, FV_E_ENGINE when an engine has failed. */
enum fv_status fv_push_row(struct fv_net *net, const uint8_t *row);

/* Instead of rows: the image lies in buffer 0 already, put there by a debugger, an emulator's loader or a camera's DMA:
 * int8, or the camera's format. Returns FV_E_NO_IMAGE when the plan holds only some rows of the image at a time, or an
 * older image is in flight. fv_work then does the work. */
enum fv_status fv_image_present(struct fv_net *net);

/* Output tensor i of the oldest image, int8 in the model's layout; valid until its release. NULL when it is not done,
 * has failed, or there is no such output. */
const int8_t *fv_output(const struct fv_net *net, int i);

/* For the generated code: fills rows[] for output rows first .. first+n-1; NULL outside the tensor. */
void fv_in_rows(const struct fv_buffer *buffer, struct fv_reach reach, int32_t first, int32_t n, const int8_t *rows[]);
void fv_same_rows(const int8_t *row, int32_t n, const int8_t *rows[]); /* one constant row for all of them */
void fv_out_rows(const struct fv_buffer *buffer, int32_t first, int32_t n, int8_t *out[]);

#endif
