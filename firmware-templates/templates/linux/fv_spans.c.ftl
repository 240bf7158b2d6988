/* ${view.model}: where its weights lie.
<#list view.provenance as line>
 * ${line}
</#list>
 */
#include "fv_config.h"
<#if view.ownKernels>
#include "fv_weights.h"
</#if>

const struct fv_span fv_weights_spans[] = {
<#list view.spans as span>
  {${span.start}, ${span.bytes}},
</#list>
};
const uint32_t fv_weights_span_count = sizeof fv_weights_spans / sizeof fv_weights_spans[0];
