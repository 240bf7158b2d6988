/* An application of its own with an engine that is a stand-in: no link, only fv_net.h. Ends with 0 where all is as the
 * headers say. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "fv_engine.h"
#include "fv_net.h"
#include "fv_network.h"
#include "fv_port.h"

static uint8_t input[FV_INPUT_HEIGHT * FV_INPUT_WIDTH * FV_INPUT_CHANNELS];
static int8_t output[64 * 1024];
static int status = FV_ENGINE_OK;

uint64_t fv_port_ticks(void) { return 0; }

int fv_engine_start(void) { return status; }
uint8_t *fv_engine_input(void) { return input; }
const void *fv_engine_output(int i) { return output + i; }
const char *fv_engine_words(void) { return "as asked"; }

/* The sum of the image in the first value. */
int fv_engine_run(void) {
  output[0] = 0;
  for (size_t i = 0; i < sizeof input; i++) {
    output[0] = (int8_t)(output[0] + input[i]);
  }
  return status;
}

static void expect(int holds, const char *what) {
  if (!holds) {
    printf("not so: %s\n", what);
    exit(EXIT_FAILURE);
  }
}

static enum fv_status push_image(struct fv_net *net, uint8_t value) {
  static uint8_t row[FV_INPUT_WIDTH * FV_INPUT_CHANNELS];
  enum fv_status pushed = FV_OK;
  memset(row, 0, sizeof row);
  fv_begin(net, FV_LAYER_CRC);
  for (int r = 0; r < FV_INPUT_HEIGHT && pushed == FV_OK; r++) {
    row[0] = (uint8_t)(r == FV_INPUT_HEIGHT - 1 ? value : 0);
    pushed = fv_push_row(net, row);
  }
  return pushed;
}

int main(int count, char **words) {
  static uint64_t ticks[FV_LAYERS];
  static uint32_t crc[FV_LAYERS];
  struct fv_image image = {.ticks = ticks, .crc = crc};
  struct fv_net net = {.images = &image, .n_images = 1};
  (void)words;
  status = count > 1 ? FV_ENGINE_MISSING : FV_ENGINE_OK;
  fv_network_start();
  if (count > 1) {
    expect(push_image(&net, 1) == FV_E_ENGINE, "no row is taken where the engine did not start");
    expect(!fv_output(&net, 0), "and nothing comes out");
    return EXIT_SUCCESS;
  }
  expect(!fv_failure(), "nothing is wrong");
  expect(push_image(&net, 5) == FV_IMAGE_DONE, "the last row runs the engine");
  expect(fv_output(&net, 0) == output && output[0] == 5, "its output is the engine's own memory");
  expect(crc[0] != 0, "its checksum is made");
  fv_release(&net);
  status = FV_ENGINE_FAILED;
  expect(push_image(&net, 7) == FV_E_ENGINE, "a run that fails is no image");
  expect(!fv_output(&net, 0), "a run that fails has no output");
  expect(strcmp(fv_failure(), "as asked") == 0, "the words are the engine's");
  status = FV_ENGINE_OK;
  fv_release(&net);
  expect(push_image(&net, 9) == FV_E_ENGINE, "it stays so");
  return EXIT_SUCCESS;
}
