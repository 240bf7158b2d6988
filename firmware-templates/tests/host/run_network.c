/* Runs a generated network on the host: the image from stdin in the device's form, then to stdout each layer's CRC-32
 * (hexadecimal, a line each) and the output tensors (a line of hexadecimal each). */
#include <stdio.h>
#include <stdlib.h>
#include "fv_config.h"
#include "fv_net.h"
#include "fv_network.h"
#include "fv_port.h"

uint64_t fv_port_ticks(void) { return 0; }

int main(void) {
  static uint8_t row[FV_INPUT_WIDTH * FV_INPUT_CHANNELS];
  static uint64_t ticks[FV_LAYERS];
  static uint32_t crc[FV_LAYERS];
  struct fv_image image = {.ticks = ticks, .crc = crc};
  struct fv_net net = {.images = &image, .n_images = 1};
  enum fv_status status = FV_OK;
  fv_begin(&net, FV_LAYER_CRC);
  for (int r = 0; r < FV_INPUT_HEIGHT; r++) {
    if (status != FV_OK || fread(row, 1, sizeof row, stdin) != sizeof row) {
      return EXIT_FAILURE;
    }
    status = fv_push_row(&net, row);
  }
  if (status != FV_IMAGE_DONE || fv_push_row(&net, row) != FV_E_NO_IMAGE) {
    return EXIT_FAILURE;
  }
  for (int i = 0; i < FV_LAYERS; i++) {
    printf("%08x\n", (unsigned)crc[i]);
  }
  for (int i = 0; i < FV_OUTPUTS; i++) {
    const int8_t *output = fv_output(&net, i);
    for (uint32_t b = 0; b < fv_plan.outputs[i].bytes; b++) {
      printf("%02x", (uint8_t)output[b]);
    }
    printf("\n");
  }
  return fv_output(&net, FV_OUTPUTS) == NULL ? EXIT_SUCCESS : EXIT_FAILURE;
}
