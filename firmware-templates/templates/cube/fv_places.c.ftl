/* ${view.model} on ${view.boardName}: where its weights lie.
<#list view.provenance as line>
 * ${line}
</#list>
 */
#include "fv_config.h"
#include "fv_weights.h"

const struct fv_span fv_weights_spans[] = {
<#list view.spans as span>
  {${span.start}, ${span.bytes}},
</#list>
};
const uint32_t fv_weights_span_count = sizeof fv_weights_spans / sizeof fv_weights_spans[0];

<#list view.copies as copy>
extern uint8_t ${copy.what}_load[], ${copy.what}_start[], ${copy.what}_end[];
</#list>
const struct fv_copy fv_copies[] = {
<#list view.copies as copy>
  {${copy.what}_load, ${copy.what}_start, ${copy.what}_end},
<#else>
  {0, 0, 0}, /* none */
</#list>
};
const uint32_t fv_copy_count = ${view.copies?size};
