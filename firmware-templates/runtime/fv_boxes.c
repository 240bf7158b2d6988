#include "fv_boxes.h"
#include <float.h>

/* Where the fields of the first box lie. */
struct values {
  const int8_t *xy, *size, *objectness, *classes;
};

static const int8_t *first(const struct fv_net *net, const struct fv_field *field) {
  return fv_output(net, field->output) + field->offset;
}

static float real(const struct fv_field *field, int8_t value) { return field->table[value + 128]; }

/* The largest of them, the first one of equals. */
static uint32_t best_class(const int8_t *classes) {
  uint32_t best = 0;
  for (uint32_t c = 1; c < fv_head.n_classes; c++) {
    if (classes[c] > classes[best]) {
      best = c;
    }
  }
  return best;
}

static float probability(const int8_t *classes, int8_t best) {
  if (!fv_head.softmax) {
    return real(&fv_head.classes, best);
  }
  uint32_t sum = 0;
  for (uint32_t c = 0; c < fv_head.n_classes; c++) {
    sum += fv_head.softmax[best - classes[c]];
  }
  return (float)fv_head.softmax[0] / (float)sum;
}

/* Score and class of a box; a score below 0 where its objectness says enough. */
static void judge(const struct values *values, uint32_t index, struct fv_box *box) {
  const int8_t objectness = values->objectness[index * fv_head.objectness.stride];
  box->score = -1;
  box->class_index = 0;
  if (objectness < fv_head.least_objectness) {
    return;
  }
  box->score = real(&fv_head.objectness, objectness);
  if (fv_head.n_classes > 0) {
    const int8_t *classes = values->classes + index * fv_head.classes.stride;
    box->class_index = best_class(classes);
    box->score *= probability(classes, classes[box->class_index]);
  }
}

static void locate(const struct values *values, uint32_t index, struct fv_box *box) {
  const uint32_t cell = index / fv_head.n_anchors;
  const float *anchor = fv_head.anchors[index % fv_head.n_anchors];
  const int8_t *xy = values->xy + index * fv_head.xy.stride;
  const int8_t *size = values->size + index * fv_head.size.stride;
  const float x = ((float)(cell % fv_head.columns) + real(&fv_head.xy, xy[0])) / fv_head.columns;
  const float y = ((float)(cell / fv_head.columns) + real(&fv_head.xy, xy[1])) / fv_head.rows;
  const float half_width = anchor[0] * real(&fv_head.size, size[0]) / 2;
  const float half_height = anchor[1] * real(&fv_head.size, size[1]) / 2;
  box->left = x - half_width;
  box->top = y - half_height;
  box->right = x + half_width;
  box->bottom = y + half_height;
}

static int is_finite(const struct fv_box *box) { return box->right <= FLT_MAX && box->bottom <= FLT_MAX; }

static float lesser(float a, float b) { return a < b ? a : b; }

static float greater(float a, float b) { return a > b ? a : b; }

static float area(const struct fv_box *box) { return (box->right - box->left) * (box->bottom - box->top); }

/* Whether a better box of the same class is too like it. */
static int hides(const struct fv_box *better, const struct fv_box *box) {
  const float width = lesser(better->right, box->right) - greater(better->left, box->left);
  const float height = lesser(better->bottom, box->bottom) - greater(better->top, box->top);
  if (better->class_index != box->class_index || width <= 0 || height <= 0) {
    return 0;
  }
  const float common = width * height;
  return common > fv_head.iou_threshold * (area(better) + area(box) - common);
}

static int is_hidden(const struct fv_box *box, const struct fv_box *boxes, int32_t count) {
  for (int32_t i = 0; i < count; i++) {
    if (hides(&boxes[i], box)) {
      return 1;
    }
  }
  return 0;
}

/* The place of a box in the order: by score downwards, then by index. */
struct place {
  float score;
  int32_t index;
};

/* The best box behind `after` that none of those before it hides, to boxes[count]. Returns its index, or -1. */
static int32_t next(const struct values *values, struct place after, struct fv_box *boxes, int32_t count) {
  const int32_t n = fv_head.rows * fv_head.columns * fv_head.n_anchors;
  int32_t found = -1;
  for (int32_t i = 0; i < n; i++) {
    struct fv_box box;
    judge(values, (uint32_t)i, &box);
    const int behind = box.score < after.score || (box.score == after.score && i > after.index);
    if (box.score < fv_head.score_threshold || !behind || (found >= 0 && box.score <= boxes[count].score)) {
      continue;
    }
    locate(values, (uint32_t)i, &box);
    if (is_finite(&box) && !is_hidden(&box, boxes, count)) {
      boxes[count] = box;
      found = i;
    }
  }
  return found;
}

int32_t fv_boxes(const struct fv_net *net, struct fv_box *boxes, uint32_t most) {
  if (!fv_output(net, 0)) {
    return FV_E_NO_IMAGE;
  }
  const struct values values = {first(net, &fv_head.xy), first(net, &fv_head.size), first(net, &fv_head.objectness),
                                fv_head.n_classes > 0 ? first(net, &fv_head.classes) : NULL};
  const int32_t limit = most < fv_head.most ? (int32_t)most : fv_head.most;
  struct place last = {FLT_MAX, -1};
  for (int32_t count = 0; count < limit; count++) {
    last.index = next(&values, last, boxes, count);
    if (last.index < 0) {
      return count;
    }
    last.score = boxes[count].score;
  }
  return limit;
}
