/* Boxes out of the outputs of a YOLOv2 head, as the host reads them: decoding, and suppression within each class.
 *
 * The generated fv_head.c supplies fv_head; its tables take the place of libm. Nothing of this is linked where nobody
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

/* Some of the values that a box has: those at offset of each `stride` in an output, and what each int8 stands for. */
struct fv_field {
  const float *table; /* [256], by value + 128 */
  uint16_t output, stride, offset;
};

/* How the outputs hold boxes: for each cell, row by row, and each anchor its values. */
struct fv_head {
  struct fv_field xy;         /* sigmoid: the centre's place in its cell */
  struct fv_field size;       /* exp: width and height, of the anchor's */
  struct fv_field objectness; /* sigmoid */
  struct fv_field classes;    /* each class's probability; no table with softmax */
  const uint32_t *softmax;    /* [256], by a value's distance d below the largest: exp(-scale * d), a whole being
                                 softmax[0], so that sums are exact in any order; NULL: no softmax */
  const float (*anchors)[2];  /* widths and heights, in parts of the input */
  uint16_t rows, columns, n_anchors;
  uint16_t n_classes;       /* 0: the objectness is the score of class 0 */
  uint16_t most;            /* boxes */
  int16_t least_objectness; /* int8 value below which no box reaches the threshold */
  float score_threshold, iou_threshold;
};

extern const struct fv_head fv_head;

/* The boxes of the oldest image, which is done; best first, equal scores in the outputs' order. At most `most`, and at
 * most what the head says. Returns how many, or FV_E_NO_IMAGE. Scores that differ by less than float resolves
 * (1e-6 of them) may change places with each other. */
int32_t fv_boxes(const struct fv_net *net, struct fv_box *boxes, uint32_t most);

#endif
