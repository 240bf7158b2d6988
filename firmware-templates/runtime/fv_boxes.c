#include "fv_boxes.h"
#include <float.h>

/* One box's place, and in `index` its place among all heads' boxes, which orders equal scores. */
struct spot {
  const struct fv_head *head;
  uint32_t cell, anchor;
  int32_t index;
};

static const int8_t *values(const struct fv_net *net, const struct fv_field *field, const struct spot *spot) {
  return fv_output(net, field->output) + field->offset + spot->cell * field->cell + spot->anchor * field->anchor;
}

static float real(const struct fv_field *field, int8_t value) { return field->table[value + 128]; }

/* The largest of them, the first one of equals. */
static uint32_t best_class(const struct fv_head *head, const int8_t *classes) {
  uint32_t best = 0;
  for (uint32_t c = 1; c < head->n_classes; c++) {
    if (classes[c * head->classes.value] > classes[best * head->classes.value]) {
      best = c;
    }
  }
  return best;
}

static float probability(const struct fv_head *head, const int8_t *classes, int8_t best) {
  if (!head->softmax) {
    return real(&head->classes, best);
  }
  uint32_t sum = 0;
  for (uint32_t c = 0; c < head->n_classes; c++) {
    sum += head->softmax[best - classes[c * head->classes.value]];
  }
  return (float)head->softmax[0] / (float)sum;
}

/* Score and class of a box; a score below 0 where its objectness says enough. */
static void judge(const struct fv_net *net, const struct spot *spot, struct fv_box *box) {
  const struct fv_head *head = spot->head;
  const int8_t objectness = *values(net, &head->objectness, spot);
  box->score = -1;
  box->class_index = 0;
  if (objectness < head->least_objectness) {
    return;
  }
  box->score = real(&head->objectness, objectness);
  if (head->n_classes > 0) {
    const int8_t *classes = values(net, &head->classes, spot);
    box->class_index = best_class(head, classes);
    box->score *= probability(head, classes, classes[box->class_index * head->classes.value]);
  }
}

static void locate(const struct fv_net *net, const struct spot *spot, struct fv_box *box) {
  const struct fv_head *head = spot->head;
  const float *anchor = head->anchors[spot->anchor];
  const int8_t *xy = values(net, &head->xy, spot);
  const int8_t *size = values(net, &head->size, spot);
  const float x = ((float)(spot->cell % head->columns) + real(&head->xy, xy[0])) / head->columns;
  const float y = ((float)(spot->cell / head->columns) + real(&head->xy, xy[head->xy.value])) / head->rows;
  const float half_width = anchor[0] * real(&head->size, size[0]) / 2;
  const float half_height = anchor[1] * real(&head->size, size[head->size.value]) / 2;
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
  return common > fv_detection.iou_threshold * (area(better) + area(box) - common);
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

/* The best box so far behind `after` that none of boxes[0..count) hides; its index is -1 while there is none. */
struct search {
  const struct fv_net *net;
  struct place after;
  struct fv_box *boxes;
  int32_t count;
  int32_t found;
};

static void consider(struct search *search, const struct spot *spot) {
  struct fv_box *best = &search->boxes[search->count];
  struct fv_box box;
  judge(search->net, spot, &box);
  const struct place *after = &search->after;
  const int behind = box.score < after->score || (box.score == after->score && spot->index > after->index);
  if (box.score < fv_detection.score_threshold || !behind || (search->found >= 0 && box.score <= best->score)) {
    return;
  }
  locate(search->net, spot, &box);
  if (is_finite(&box) && !is_hidden(&box, search->boxes, search->count)) {
    *best = box;
    search->found = spot->index;
  }
}

static void consider_all(struct search *search) {
  struct spot spot = {.index = 0};
  for (uint32_t h = 0; h < fv_detection.n_heads; h++) {
    spot.head = &fv_detection.heads[h];
    const uint32_t cells = (uint32_t)spot.head->rows * spot.head->columns;
    for (spot.cell = 0; spot.cell < cells; spot.cell++) {
      for (spot.anchor = 0; spot.anchor < spot.head->n_anchors; spot.anchor++) {
        consider(search, &spot);
        spot.index++;
      }
    }
  }
}

int32_t fv_boxes(const struct fv_net *net, struct fv_box *boxes, uint32_t most) {
  if (!fv_output(net, 0)) {
    return FV_E_NO_IMAGE;
  }
  const int32_t limit = (int32_t)(most < fv_detection.most ? most : fv_detection.most);
  struct search search = {.net = net, .after = {FLT_MAX, -1}, .boxes = boxes};
  for (; search.count < limit; search.count++) {
    search.found = -1;
    consider_all(&search);
    if (search.found < 0) {
      break;
    }
    search.after = (struct place){boxes[search.count].score, search.found};
  }
  return search.count;
}
