/* Runs images through a generated network, as many in flight as the plan allows, in a random one of the orders that the
 * plan leaves open: what can happen next is drawn by lot. The argument seeds the lots. Images from stdin in the device's
 * form; to stdout for each, in order, each layer's CRC-32 and the output tensors as run_network.c prints them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "fv_config.h"
#include "fv_net.h"
#include "fv_network.h"
#include "fv_port.h"

uint64_t fv_port_ticks(void) { return 0; }

static uint64_t ticks[FV_IMAGES][FV_LAYERS];
static uint32_t crcs[FV_IMAGES][FV_LAYERS];
static struct fv_image images[FV_IMAGES];
static struct fv_net net = {.images = images, .n_images = FV_IMAGES};
static uint8_t row[FV_INPUT_WIDTH * FV_INPUT_CHANNELS];
static uint32_t most_in_flight, overlapped; /* steps that ran before the image before was done */

static uint32_t seed;
static uint32_t rnd(uint32_t below) {
  seed ^= seed << 13;
  seed ^= seed >> 17;
  seed ^= seed << 5;
  return seed % below;
}

static void print_oldest(void) {
  for (int i = 0; i < FV_LAYERS; i++) {
    printf("%08x\n", (unsigned)fv_image(&net, net.released)->crc[i]);
  }
  for (int i = 0; i < FV_OUTPUTS; i++) {
    const int8_t *output = fv_output(&net, i);
    for (uint32_t b = 0; b < fv_plan.outputs[i].bytes; b++) {
      printf("%02x", (uint8_t)output[b]);
    }
    printf("\n");
  }
}

/* Begins an image when there is room; it was announced by a row on stdin. */
static int begin_next(void) {
  const uint16_t begun = net.begun;
  images[begun % FV_IMAGES].ticks = ticks[begun % FV_IMAGES];
  images[begun % FV_IMAGES].crc = crcs[begun % FV_IMAGES];
  return fv_begin(&net, FV_LAYER_CRC) == FV_OK;
}

static int take(void) {
  const int32_t id = fv_wants_row(&net);
  if (id == FV_NONE || fread(row, 1, sizeof row, stdin) != sizeof row) {
    return 0;
  }
  fv_take_row(&net, (uint16_t)id, row);
  return 1;
}

static int run(uint16_t id) {
  if (id == net.begun || !fv_can_run(&net, id)) {
    return 0;
  }
  const int younger = id != net.released;
  overlapped += younger && fv_image(&net, (uint16_t)(id - 1))->next_step < fv_plan.n_steps;
  fv_run(&net, id);
  return 1;
}

static int release(void) {
  if (!fv_output(&net, 0)) {
    return 0;
  }
  print_oldest();
  fv_release(&net);
  return 1;
}

enum work { BEGIN, TAKE, RUN_YOUNGEST, RUN_OLDEST, RELEASE, KINDS };

static uint32_t wanted, printed;

static int work(enum work kind) {
  switch (kind) {
    case BEGIN:
      return net.begun < wanted && begin_next();
    case TAKE:
      return take();
    case RUN_YOUNGEST:
      return net.begun != net.released && run((uint16_t)(net.begun - 1));
    case RUN_OLDEST:
      return run(net.released);
    default:
      return release() ? (int)++printed : 0;
  }
}

/* What is possible, in the mood's order: the youngest as far ahead as it can be, the oldest, or anything. */
static int work_in_mood(uint32_t mood) {
  static const enum work orders[2][KINDS] = {{BEGIN, RUN_YOUNGEST, TAKE, RUN_OLDEST, RELEASE},
                                             {RELEASE, RUN_OLDEST, TAKE, RUN_YOUNGEST, BEGIN}};
  if (mood > 1) {
    return work((enum work)rnd(KINDS));
  }
  for (int i = 0; i < KINDS; i++) {
    if (work(orders[mood][i])) {
      return 1;
    }
  }
  return 0;
}

int main(int count, char **arguments) {
  uint32_t mood = 0, left = 0;
  seed = count > 1 ? (uint32_t)atoi(arguments[1]) * 7919u + 1 : 1;
  wanted = count > 2 ? (uint32_t)atoi(arguments[2]) : 1;
  for (uint32_t idle = 0; printed < wanted && idle < 10000; idle++) {
    if (left-- == 0) {
      mood = rnd(4);
      left = rnd(mood == 0 ? 200 : 20);
    }
    idle = work_in_mood(mood) ? 0 : idle;
    const uint32_t in_flight = (uint16_t)(net.begun - net.released);
    most_in_flight = in_flight > most_in_flight ? in_flight : most_in_flight;
  }
  printf("%u in flight, %u steps overlapped\n", (unsigned)most_in_flight, (unsigned)overlapped);
  return printed == wanted ? EXIT_SUCCESS : EXIT_FAILURE;
}
