#include "fv_net.h"
#include <string.h>
#include "fv_crc32.h"
#include "fv_port.h"

struct fv_image *fv_image(const struct fv_net *net, uint16_t id) { return &net->images[id % net->n_images]; }

enum fv_status fv_begin(struct fv_net *net, uint32_t options) {
  if ((uint16_t)(net->begun - net->released) == net->n_images) {
    return FV_E_FULL;
  }
  struct fv_image *image = fv_image(net, net->begun);
  image->options = options;
  image->rows_in = 0;
  image->next_step = 0;
  memset(image->ticks, 0, fv_plan.n_layers * sizeof image->ticks[0]);
  memset(image->crc, 0, fv_plan.n_layers * sizeof image->crc[0]);
  __atomic_signal_fence(__ATOMIC_SEQ_CST);
  net->begun++;
  return FV_OK;
}

void fv_release(struct fv_net *net) {
  if (net->released != net->begun) {
    net->released++;
  }
}

void fv_reset(struct fv_net *net) { net->released = net->begun; }

static int8_t *row_of(const struct fv_buffer *buffer, int32_t row) {
  return buffer->data + (uint32_t)(row % buffer->ring_rows) * buffer->row_bytes;
}

/* A row's bytes count once its last channel is written. */
static void add_crc(struct fv_image *image, const struct fv_step *step) {
  if (step->first_channel + step->channels < fv_plan.layer_channels[step->layer]) {
    return;
  }
  const struct fv_buffer *buffer = &fv_plan.buffers[fv_plan.layer_buffer[step->layer]];
  for (int32_t row = step->first_row; row < step->first_row + step->rows; row++) {
    image->crc[step->layer] = fv_crc32(image->crc[step->layer], row_of(buffer, row), buffer->row_bytes);
  }
}

/* Whether the image before lets an image's step run. */
static int may(const struct fv_net *net, uint16_t id, uint16_t step) {
  if (id == net->released) {
    return 1;
  }
  const uint32_t wanted = step < fv_plan.n_ahead ? fv_plan.after[step] : fv_plan.n_steps + 1u;
  return fv_image(net, (uint16_t)(id - 1))->next_step >= wanted;
}

/* Who sees the words sees all of them. */
const char *fv_failure(void) { return fv_plan.failure ? __atomic_load_n(fv_plan.failure, __ATOMIC_ACQUIRE) : NULL; }

int fv_can_run(const struct fv_net *net, uint16_t id) {
  const struct fv_image *image = fv_image(net, id);
  return !fv_failure() && image->next_step < fv_plan.n_steps && fv_plan.steps[image->next_step].input_rows <= image->rows_in &&
         may(net, id, image->next_step);
}

void fv_compute(struct fv_net *net, uint16_t id) {
  struct fv_image *image = fv_image(net, id);
  const struct fv_step *step = &fv_plan.steps[image->next_step];
  const uint64_t start = fv_port_ticks();
  fv_run_step(step);
  image->ticks[step->layer] += fv_port_ticks() - start;
  if (image->options & FV_LAYER_CRC) {
    add_crc(image, step);
  }
}

void fv_computed(struct fv_net *net, uint16_t id) {
  __atomic_signal_fence(__ATOMIC_SEQ_CST); /* who sees the step done sees its figures */
  fv_image(net, id)->next_step++;
}

void fv_run(struct fv_net *net, uint16_t id) {
  fv_compute(net, id);
  fv_computed(net, id);
}

int32_t fv_runnable(const struct fv_net *net) {
  for (uint16_t id = net->begun; id != net->released; id--) {
    if (fv_can_run(net, (uint16_t)(id - 1))) {
      return (uint16_t)(id - 1);
    }
  }
  return FV_NONE;
}

int fv_work(struct fv_net *net) {
  const int32_t id = fv_runnable(net);
  if (id != FV_NONE) {
    fv_run(net, (uint16_t)id);
  }
  return id != FV_NONE;
}

/* Rows come image by image: the oldest that lacks some. */
static int32_t receiving(const struct fv_net *net) {
  for (uint16_t id = net->released; id != net->begun; id++) {
    if (fv_image(net, id)->rows_in < fv_plan.buffers[0].height) {
      return id;
    }
  }
  return FV_NONE;
}

int32_t fv_wants_row(const struct fv_net *net) {
  const int32_t id = receiving(net);
  if (id == FV_NONE || fv_failure()) {
    return FV_NONE;
  }
  const struct fv_image *image = fv_image(net, (uint16_t)id);
  const int wanted = image->rows_in < fv_plan.steps[image->next_step].input_rows;
  return wanted && may(net, (uint16_t)id, image->next_step) ? id : FV_NONE;
}

void fv_copy_row(struct fv_net *net, uint16_t id, const uint8_t *row) {
  const struct fv_buffer *buffer = &fv_plan.buffers[0];
  uint8_t *to = (uint8_t *)row_of(buffer, fv_image(net, id)->rows_in);
  for (uint32_t i = 0; i < buffer->row_bytes; i++) {
    to[i] = row[i] ^ fv_plan.input_flip;
  }
}

void fv_copied(struct fv_net *net, uint16_t id) { fv_image(net, id)->rows_in++; }

void fv_take_row(struct fv_net *net, uint16_t id, const uint8_t *row) {
  fv_copy_row(net, id, row);
  fv_copied(net, id);
}

enum fv_status fv_image_present(struct fv_net *net) {
  const struct fv_buffer *buffer = &fv_plan.buffers[0];
  struct fv_image *image = fv_image(net, net->released);
  if ((uint16_t)(net->begun - net->released) != 1 || image->rows_in > 0 || buffer->ring_rows < buffer->height) {
    return FV_E_NO_IMAGE;
  }
  image->rows_in = buffer->height;
  return FV_OK;
}

enum fv_status fv_push_row(struct fv_net *net, const uint8_t *row) {
  const int32_t id = receiving(net);
  if (id == FV_NONE) {
    return FV_E_NO_IMAGE;
  }
  while (fv_wants_row(net) == FV_NONE) {
    if (!fv_work(net)) {
      return fv_failure() ? FV_E_ENGINE : FV_E_FULL;
    }
  }
  fv_take_row(net, (uint16_t)id, row);
  while (fv_work(net)) {
  }
  if (fv_failure()) {
    return FV_E_ENGINE;
  }
  return fv_image(net, (uint16_t)id)->next_step == fv_plan.n_steps ? FV_IMAGE_DONE : FV_OK;
}

const int8_t *fv_output(const struct fv_net *net, int i) {
  const struct fv_image *oldest = fv_image(net, net->released);
  const int done = net->begun != net->released && oldest->next_step == fv_plan.n_steps && !fv_failure();
  if (i < 0 || i >= fv_plan.n_outputs || !done) {
    return NULL;
  }
  return fv_plan.buffers[fv_plan.outputs[i].buffer].data;
}

void fv_in_rows(const struct fv_buffer *buffer, struct fv_reach reach, int32_t first, int32_t n, const int8_t *rows[]) {
  const int32_t from = first * reach.step + reach.offset;
  const int32_t count = (n - 1) * reach.step + reach.reach;
  for (int32_t i = 0; i < count; i++) {
    const int32_t row = from + i;
    rows[i] = row >= 0 && row < buffer->height ? row_of(buffer, row) : NULL;
  }
}

void fv_same_rows(const int8_t *row, int32_t n, const int8_t *rows[]) {
  for (int32_t i = 0; i < n; i++) {
    rows[i] = row;
  }
}

void fv_out_rows(const struct fv_buffer *buffer, int32_t first, int32_t n, int8_t *out[]) {
  for (int32_t i = 0; i < n; i++) {
    out[i] = row_of(buffer, first + i);
  }
}
