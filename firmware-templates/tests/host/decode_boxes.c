/* Decodes boxes on the host: fv_boxes of a generated fv_head.c. Arguments: the most boxes, then the bytes of each
 * output. Reads output tensors from stdin, one set behind the other, and prints of each set how many boxes there are
 * and, a line each, edges, score and class. */
#include <stdio.h>
#include <stdlib.h>
#include "fv_boxes.h"

enum { MOST_OUTPUTS = 4, MOST_BOXES = 1024 };

static int8_t *outputs[MOST_OUTPUTS];
static int n_outputs, done;

const int8_t *fv_output(const struct fv_net *net, int i) {
  (void)net;
  return done && i >= 0 && i < n_outputs ? outputs[i] : NULL;
}

int main(int argc, char **argv) {
  static struct fv_box boxes[MOST_BOXES];
  size_t bytes[MOST_OUTPUTS];
  const int most = argc > 2 ? atoi(argv[1]) : -1;
  n_outputs = argc - 2;
  if (most < 0 || most > MOST_BOXES || n_outputs > MOST_OUTPUTS || fv_boxes(NULL, boxes, 1) != FV_E_NO_IMAGE) {
    return EXIT_FAILURE;
  }
  for (int i = 0; i < n_outputs; i++) {
    bytes[i] = (size_t)atoi(argv[2 + i]);
    outputs[i] = malloc(bytes[i]); /* to the byte, for the sanitizer */
    if (!outputs[i]) {
      return EXIT_FAILURE;
    }
  }
  done = 1;
  for (;;) {
    for (int i = 0; i < n_outputs; i++) {
      if (fread(outputs[i], 1, bytes[i], stdin) != bytes[i]) {
        for (int j = 0; j < n_outputs; j++) {
          free(outputs[j]);
        }
        return i == 0 && feof(stdin) ? EXIT_SUCCESS : EXIT_FAILURE;
      }
    }
    const int32_t count = fv_boxes(NULL, boxes, (uint32_t)most);
    printf("%d\n", (int)count);
    for (int32_t b = 0; b < count; b++) {
      const struct fv_box *box = &boxes[b];
      printf("%.9g %.9g %.9g %.9g %.9g %u\n", (double)box->left, (double)box->top, (double)box->right,
             (double)box->bottom, (double)box->score, (unsigned)box->class_index);
    }
  }
}
