/* Boxes out of the outputs of a model's YOLO heads, as the host reads them: decoding, and suppression within each class,
 * whichever head a box is of.
 *
 * The generated fv_head.c supplies fv_detection; its tables take the place of libm. Nothing of this is linked where nobody
 * calls fv_boxes. It allocates nothing: each box is found by one more pass over the outputs.
 */
#ifndef FV_BOXES_H
#define FV_BOXES_H

#include "fv_net.h"

/* Edges in parts of the network's input: (0, 0) is its top left corner, (1, 1) the bottom right one. A box may reach
 * beyond it. */
struct fv_box {
  float left, top, right, bottom;
  float score;
  uint32_t class_index;
};

/* Some of the values that a box has, in an output: those of a cell's anchor begin at
 * offset + cell's number * cell + anchor's number * anchor, and are `value` apart. */
struct fv_field {
  const float *table; /* [256], by value + 128: what each int8 stands for */
  int32_t output;
  uint32_t offset, cell, anchor, value;
};

/* How outputs hold a grid of boxes: several anchors to each cell, cells row by row. */
struct fv_head {
  struct fv_field xy;         /* the centre's place in its cell, 0 to 1 and a little more */
  struct fv_field size;       /* width and height, of the anchor's */
  struct fv_field objectness; /* its probability */
  struct fv_field classes;    /* each class's probability; no table with softmax */
  const uint32_t *softmax;    /* [256], by a value's distance d below the largest: exp(-scale * d), a whole being
                                 softmax[0], so that sums are exact in any order; NULL: no softmax */
  const float (*anchors)[2];  /* widths and heights, in parts of the input */
  uint16_t rows, columns, n_anchors;
  uint16_t n_classes;       /* 0: the objectness is the score of class 0 */
  int16_t least_objectness; /* int8 value below which no box reaches the threshold */
};

/* A model's heads, and which of their boxes are kept. */
struct fv_detection {
  const struct fv_head *heads;
  uint32_t n_heads;
  uint32_t most; /* boxes */
  float score_threshold, iou_threshold;
};

extern const struct fv_detection fv_detection;

/* The boxes of the oldest image, which is done; best first, equal scores in the order of the heads, their cells and anchors. At most `most`, and at
 * most what fv_detection says. Returns how many, or FV_E_NO_IMAGE. Scores that differ by less than float resolves
 * (1e-6 of them) may change places with each other. */
int32_t fv_boxes(const struct fv_net *net, struct fv_box *boxes, uint32_t most);

#endif
