/* ${view.model}: how its outputs hold boxes, for fv_boxes.
<#list view.provenance as line>
 * ${line}
</#list>
 */
#include "fv_boxes.h"

_Static_assert(FV_RUNTIME_ABI == ${view.runtimeAbi}u, "this file was generated for another fovea/runtime: generate again");
<#list view.tables as table>

/* ${table.comment} */
static const ${table.type} ${table.name}[256] = {
${table.values}
};
</#list>

/* Widths and heights, in parts of the input. */
static const float anchors[][2] = {
<#list view.anchors as anchor>
  {${anchor}},
</#list>
};

const struct fv_head fv_head = {
<#list view.fields as field>
  .${field.name} = {.table = ${field.table}, .output = ${field.output}, .stride = ${field.stride}, .offset = ${field.offset}},
</#list>
  .anchors = anchors,
  .rows = ${view.rows},
  .columns = ${view.columns},
  .n_anchors = ${view.anchors?size},
  .n_classes = ${view.classes},
  .softmax = ${view.softmax},
  .most = ${view.most},
  .least_objectness = ${view.leastObjectness},
  .score_threshold = ${view.scoreThreshold},
  .iou_threshold = ${view.iouThreshold},
};
