/* One image from stdin through a generated network, as a Linux process. Prints a line for each layer, with its
 * instructions and the CRC-32 of its output (hexadecimal), one for each output tensor (hexadecimal), and the
 * instructions of everything between the first row and the last output. Instructions are 0 without count.c. */
#include "fv_net.h"
#include "fv_network.h"
#include "fv_port.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { COUNTER = 100 }; /* the file descriptor that count.c answers */

static uint8_t image[FV_INPUT_HEIGHT][FV_INPUT_WIDTH * FV_INPUT_CHANNELS];

uint64_t fv_port_ticks(void) {
  uint64_t instructions = 0;
  return read(COUNTER, &instructions, sizeof instructions) == sizeof instructions ? instructions : 0;
}

static uint64_t infer(struct fv_net *net, uint32_t options) {
  const uint64_t start = fv_port_ticks();
  fv_begin(net, options);
  for (int32_t r = 0; r < FV_INPUT_HEIGHT; r++) {
    fv_push_row(net, image[r]);
  }
  return fv_port_ticks() - start;
}

int main(void) {
  static uint64_t ticks[FV_LAYERS], layers[FV_LAYERS];
  static uint32_t crc[FV_LAYERS];
  struct fv_image in_flight = {.ticks = ticks, .crc = crc};
  struct fv_net net = {.images = &in_flight, .n_images = 1};
  if (fread(image, 1, sizeof image, stdin) != sizeof image) {
    return EXIT_FAILURE;
  }
  const uint64_t total = infer(&net, FV_PROFILE);
  for (int i = 0; i < FV_LAYERS; i++) {
    layers[i] = ticks[i];
  }
  fv_release(&net);
  infer(&net, FV_LAYER_CRC);
  for (int i = 0; i < FV_LAYERS; i++) {
    printf("layer %d %llu %08lx\n", i, (unsigned long long)layers[i], (unsigned long)crc[i]);
  }
  for (int i = 0; i < FV_OUTPUTS; i++) {
    const int8_t *output = fv_output(&net, i);
    printf("output ");
    for (uint32_t b = 0; b < fv_plan.outputs[i].bytes; b++) {
      printf("%02x", (uint8_t)output[b]);
    }
    printf("\n");
  }
  printf("total %llu\n", (unsigned long long)total);
  return EXIT_SUCCESS;
}
