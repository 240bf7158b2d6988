/* One inference of a generated network. Prints a line for each layer, with its instructions and the CRC-32 of its
 * output (hexadecimal), one for each output tensor (hexadecimal), and the instructions of everything between the first
 * row and the last output. The image is linked in. */
#include "fv_net.h"
#include "fv_network.h"
#include "fv_port.h"
#include "machine.h"

#include <stdio.h>

extern const uint8_t image[];

uint64_t fv_port_ticks(void) { return machine_instructions(); }

static uint64_t infer(struct fv_net *net, uint32_t options) {
  uint64_t total = 0;
  fv_begin(net, options);
  for (int32_t r = 0; r < FV_INPUT_HEIGHT; r++) {
    const uint32_t start = machine_instructions();
    fv_push_row(net, image + r * FV_INPUT_WIDTH * FV_INPUT_CHANNELS);
    total += machine_instructions() - start;
  }
  return total;
}

int test_main(void) {
  static uint64_t ticks[FV_LAYERS], layers[FV_LAYERS];
  static uint32_t crc[FV_LAYERS];
  struct fv_image state = {.ticks = ticks, .crc = crc};
  struct fv_net net = {.images = &state, .n_images = 1};
  const uint64_t total = infer(&net, FV_PROFILE);
  for (int i = 0; i < FV_LAYERS; i++) {
    layers[i] = ticks[i];
  }
  fv_release(&net);
  infer(&net, FV_LAYER_CRC);
  for (int i = 0; i < FV_LAYERS; i++) {
    printf("layer %d %lu %08lx\n", i, (unsigned long)layers[i], (unsigned long)crc[i]);
  }
  for (int i = 0; i < FV_OUTPUTS; i++) {
    const int8_t *output = fv_output(&net, i);
    printf("output ");
    for (uint32_t b = 0; b < fv_plan.outputs[i].bytes; b++) {
      printf("%02x", (uint8_t)output[b]);
    }
    printf("\n");
  }
  printf("total %lu\n", (unsigned long)total);
  return 0;
}
