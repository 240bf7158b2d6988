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
<#list view.heads as head>

/* Widths and heights, in parts of the input. */
static const float anchors_${head.number}[][2] = {
<#list head.anchors as anchor>
  {${anchor}},
</#list>
};
</#list>

static const struct fv_head heads[] = {
<#list view.heads as head>
  {
<#list head.fields as field>
    .${field.name} = {.table = ${field.table}, .output = ${field.output}, .offset = ${field.offset}, .cell = ${field.cell}, .anchor = ${field.anchor}, .value = ${field.value}},
</#list>
    .anchors = anchors_${head.number},
    .rows = ${head.rows},
    .columns = ${head.columns},
    .n_anchors = ${head.anchors?size},
    .n_classes = ${head.classes},
    .softmax = ${head.softmax},
    .least_objectness = ${head.leastObjectness},
  },
</#list>
};

const struct fv_detection fv_detection = {
  .heads = heads,
  .n_heads = ${view.heads?size},
  .most = ${view.most},
  .score_threshold = ${view.scoreThreshold},
  .iou_threshold = ${view.iouThreshold},
};
