#include "fv_net.h"
#include <string.h>
#include "fv_crc32.h"
#include "fv_port.h"

void fv_begin(struct fv_net *net, uint32_t options) {
  net->options = options;
  net->rows_in = 0;
  net->next_step = 0;
  net->receiving = 1;
  memset(net->ticks, 0, fv_plan.n_layers * sizeof net->ticks[0]);
  memset(net->crc, 0, fv_plan.n_layers * sizeof net->crc[0]);
}

static int8_t *row_of(const struct fv_buffer *buffer, int32_t row) {
  return buffer->data + (uint32_t)(row % buffer->ring_rows) * buffer->row_bytes;
}

/* A row's bytes count once its last channel is written. */
static void add_crc(struct fv_net *net, const struct fv_step *step) {
  if (step->first_channel + step->channels < fv_plan.layer_channels[step->layer]) {
    return;
  }
  const struct fv_buffer *buffer = &fv_plan.buffers[fv_plan.layer_buffer[step->layer]];
  for (int32_t row = step->first_row; row < step->first_row + step->rows; row++) {
    net->crc[step->layer] = fv_crc32(net->crc[step->layer], row_of(buffer, row), buffer->row_bytes);
  }
}

static void run_step(struct fv_net *net, const struct fv_step *step) {
  const uint64_t start = fv_port_ticks();
  fv_run_step(step);
  net->ticks[step->layer] += fv_port_ticks() - start;
  if (net->options & FV_LAYER_CRC) {
    add_crc(net, step);
  }
}

enum fv_status fv_take_row(struct fv_net *net, const uint8_t *row) {
  const struct fv_buffer *image = &fv_plan.buffers[0];
  if (!net->receiving) {
    return FV_E_NO_IMAGE;
  }
  uint8_t *to = (uint8_t *)row_of(image, net->rows_in);
  for (uint32_t i = 0; i < image->row_bytes; i++) {
    to[i] = row[i] ^ fv_plan.input_flip;
  }
  net->rows_in++;
  net->receiving = net->rows_in < image->height;
  return FV_OK;
}

enum fv_status fv_image_present(struct fv_net *net) {
  const struct fv_buffer *image = &fv_plan.buffers[0];
  if (!net->receiving || image->ring_rows < image->height) {
    return FV_E_NO_IMAGE;
  }
  net->rows_in = image->height;
  net->receiving = 0;
  return FV_OK;
}

enum fv_status fv_run_ready(struct fv_net *net) {
  while (net->next_step < fv_plan.n_steps && fv_plan.steps[net->next_step].input_rows <= net->rows_in) {
    run_step(net, &fv_plan.steps[net->next_step]);
    net->next_step++;
  }
  return net->receiving ? FV_OK : FV_IMAGE_DONE;
}

enum fv_status fv_push_row(struct fv_net *net, const uint8_t *row) {
  const enum fv_status status = fv_take_row(net, row);
  return status < 0 ? status : fv_run_ready(net);
}

const int8_t *fv_output(const struct fv_net *net, int i) {
  if (i < 0 || i >= fv_plan.n_outputs || net->next_step < fv_plan.n_steps) {
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

void fv_out_rows(const struct fv_buffer *buffer, int32_t first, int32_t n, int8_t *out[]) {
  for (int32_t i = 0; i < n; i++) {
    out[i] = row_of(buffer, first + i);
  }
}
