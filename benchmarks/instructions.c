/* One inference of a generated network on the emulated core of tests/armv7em: instructions of each layer and of
 * everything, and the CRC of each layer. The image is noise. */
#include "fv_crc32.h"
#include "fv_network.h"
#include "fv_net.h"
#include "fv_port.h"
#include "machine.h"

#include <stdio.h>

uint64_t fv_port_ticks(void) { return machine_instructions(); }

static uint32_t noise(uint32_t *state) {
  *state ^= *state << 13;
  *state ^= *state >> 17;
  *state ^= *state << 5;
  return *state;
}

/* Neighbouring pixels are alike, as in photos. */
static void make_row(uint8_t *row, uint32_t *state) {
  uint32_t level = 128;
  for (int32_t i = 0; i < FV_INPUT_WIDTH * FV_INPUT_CHANNELS; i++) {
    level = (level * 3 + (noise(state) >> 24)) / 4;
    row[i] = (uint8_t)(noise(state) % 8 == 0 ? noise(state) >> 24 : level);
  }
}

static uint64_t infer(struct fv_net *net, uint32_t options) {
  static uint8_t row[FV_INPUT_WIDTH * FV_INPUT_CHANNELS];
  uint32_t state = 7;
  uint64_t total = 0;
  fv_begin(net, options);
  for (int32_t r = 0; r < FV_INPUT_HEIGHT; r++) {
    make_row(row, &state);
    const uint32_t start = machine_instructions();
    fv_push_row(net, row);
    total += (uint32_t)(machine_instructions() - start);
  }
  return total;
}

int test_main(void) {
  static uint64_t ticks[FV_LAYERS], layers[FV_LAYERS];
  static uint32_t crc[FV_LAYERS];
  struct fv_net net = {.ticks = ticks, .crc = crc};
  const uint64_t total = infer(&net, FV_PROFILE);
  for (int i = 0; i < FV_LAYERS; i++) {
    layers[i] = ticks[i];
  }
  infer(&net, FV_LAYER_CRC);
  for (int i = 0; i < FV_LAYERS; i++) {
    printf("%d %lu %08lx\n", i, (unsigned long)layers[i], (unsigned long)crc[i]);
  }
  printf("total %lu\n", (unsigned long)total);
  return 0;
}
