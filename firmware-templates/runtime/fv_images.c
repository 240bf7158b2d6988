#include "fv_images.h"
#include "fv_link.h"
#include "fv_network.h"
#include "fv_port.h"
#include "fv_rows.h"

static uint64_t ticks[FV_IMAGES][FV_LAYERS];
static uint32_t crcs[FV_IMAGES][FV_LAYERS];
static struct fv_image images[FV_IMAGES];
struct fv_net fv_images_net = {.images = images, .n_images = FV_IMAGES};

/* Of each image in flight, at its id modulo FV_IMAGES. */
static uint16_t numbers[FV_IMAGES], rows[FV_IMAGES];

static uint8_t two_allowed;
static volatile uint8_t computing;
static volatile uint8_t dropping; /* while computing: there are no images any more, the inference has to say so yet */

/* Own kernels cannot. */
static int has_failed(void) { return FV_CAN_FAIL && fv_failure(); }

void fv_images_allow_two(int allowed) { two_allowed = FV_IMAGES > 1 && allowed; }

int32_t fv_images_find(uint16_t number) {
  const struct fv_net *net = &fv_images_net;
  for (uint16_t id = net->released; id != net->begun && !dropping; id++) {
    if (numbers[id % FV_IMAGES] == number) {
      return id;
    }
  }
  return FV_NONE;
}

int32_t fv_images_youngest(void) {
  const struct fv_net *net = &fv_images_net;
  return net->released == net->begun || dropping ? FV_NONE : (uint16_t)(net->begun - 1);
}

uint16_t fv_images_number(int32_t id) { return numbers[id % FV_IMAGES]; }

static int is_done(uint16_t id) { return fv_image(&fv_images_net, id)->next_step == fv_plan.n_steps; }

enum fv_state fv_images_state(int32_t id) {
  if (id == FV_NONE) {
    return FV_IDLE;
  }
  if (has_failed()) {
    return FV_FAILED;
  }
  if (is_done((uint16_t)id)) {
    return FV_DONE;
  }
  return rows[id % FV_IMAGES] == FV_INPUT_HEIGHT ? FV_RUNNING : FV_RECEIVING;
}

uint16_t fv_images_rows(int32_t id) { return id == FV_NONE ? 0 : rows[id % FV_IMAGES]; }

void fv_images_add_rows(int32_t id, uint32_t count) { rows[id % FV_IMAGES] = (uint16_t)(rows[id % FV_IMAGES] + count); }

int fv_images_result_waits(void) {
  const struct fv_net *net = &fv_images_net;
  return net->released != net->begun && !dropping && is_done(net->released) && !has_failed();
}

int fv_images_any(void) { return fv_images_net.released != fv_images_net.begun; }

static void forget(void) {
  fv_reset(&fv_images_net);
  fv_rows_reset();
}

void fv_images_drop(void) {
  if (computing) {
    dropping = 1;
  } else {
    forget();
  }
}

static int make_room(void) {
  const struct fv_net *net = &fv_images_net;
  if (net->released == net->begun) {
    return 1;
  }
  const enum fv_state youngest = fv_images_state((uint16_t)(net->begun - 1));
  if (two_allowed) {
    return youngest != FV_RECEIVING && (uint16_t)(net->begun - net->released) < FV_IMAGES;
  }
  if (youngest == FV_RUNNING || fv_rows_front() || computing) {
    return 0;
  }
  forget();
  return 1;
}

enum fv_status fv_images_begin(uint16_t number, uint32_t options) {
  if (dropping || !make_room()) {
    return FV_E_FULL;
  }
  const uint32_t slot = fv_images_net.begun % FV_IMAGES;
  numbers[slot] = number;
  rows[slot] = 0;
  images[slot].ticks = ticks[slot];
  images[slot].crc = crcs[slot];
  fv_begin(&fv_images_net, options);
  if (options & FV_IMAGE_PRESENT) {
    if (fv_image_present(&fv_images_net) != FV_OK) {
      forget();
      return FV_E_NO_IMAGE;
    }
    rows[slot] = FV_INPUT_HEIGHT;
    fv_wake_inference();
  }
  return FV_OK;
}

int fv_images_has_work(void) {
  return (fv_rows_front() && fv_wants_row(&fv_images_net) != FV_NONE) || fv_runnable(&fv_images_net) != FV_NONE;
}

/* A row first: it is quick, and the line waits for it. What to do is chosen, and is said to be done, with the link kept
 * out; the work itself leaves the link free. */
int fv_images_infer(void) {
  struct fv_net *net = &fv_images_net;
  uint32_t locked = fv_port_lock();
  const uint8_t *row = fv_rows_front();
  const int32_t taking = row ? fv_wants_row(net) : FV_NONE;
  const int32_t running = taking == FV_NONE ? fv_runnable(net) : FV_NONE;
  computing = 1;
  fv_port_unlock(locked);

  if (taking != FV_NONE) {
    fv_copy_row(net, (uint16_t)taking, row);
  } else if (running != FV_NONE) {
    fv_compute(net, (uint16_t)running);
  }

  locked = fv_port_lock();
  if (taking != FV_NONE) {
    fv_copied(net, (uint16_t)taking);
    fv_rows_pop();
  } else if (running != FV_NONE) {
    fv_computed(net, (uint16_t)running);
  }
  computing = 0;
  const int dropped = dropping;
  if (dropped) {
    forget();
    dropping = 0;
  }
  const int tells_link = taking != FV_NONE || (running != FV_NONE && (fv_images_result_waits() || has_failed()));
  fv_port_unlock(locked);
  if (tells_link) {
    fv_wake_link();
  }
  return dropped || taking != FV_NONE || running != FV_NONE;
}
