/* The network as a process: images in the device's form from stdin, one after the other; for each the output tensors,
 * in order, to stdout. Ends well at the end of the input, with a failure when an image is cut short. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include "fv_config.h"
#include "fv_net.h"
#include "fv_network.h"
#include "fv_port.h"

uint64_t fv_port_ticks(void) { return 0; }

static int infer(struct fv_net *net, uint8_t *row, size_t row_bytes) {
  enum fv_status status = FV_OK;
  fv_begin(net, 0);
  for (int r = 0; r < FV_INPUT_HEIGHT; r++) {
    if (status != FV_OK || (r > 0 && fread(row, 1, row_bytes, stdin) != row_bytes)) {
      return EXIT_FAILURE;
    }
    status = fv_push_row(net, row);
  }
  if (status != FV_IMAGE_DONE) {
    return EXIT_FAILURE;
  }
  for (int i = 0; i < FV_OUTPUTS; i++) {
    uint32_t bytes = fv_plan.outputs[i].bytes;
    if (fwrite(fv_output(net, i), 1, bytes, stdout) != bytes) {
      return EXIT_FAILURE;
    }
  }
  fv_release(net);
  return fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

int main(void) {
  static uint8_t row[FV_INPUT_WIDTH * FV_INPUT_CHANNELS];
  static uint64_t ticks[FV_LAYERS];
  static uint32_t crc[FV_LAYERS];
  struct fv_image image = {.ticks = ticks, .crc = crc};
  struct fv_net net = {.images = &image, .n_images = 1};
  for (;;) {
    size_t got = fread(row, 1, sizeof row, stdin);
    if (got != sizeof row) {
      return got == 0 && feof(stdin) ? EXIT_SUCCESS : EXIT_FAILURE;
    }
    if (infer(&net, row, sizeof row) != EXIT_SUCCESS) {
      return EXIT_FAILURE;
    }
  }
}
