/* ${view.model} on ${view.boardName}: memory that the firmware may touch, and where its weights lie.
<#list view.provenance as line>
 * ${line}
</#list>
 */
#include "fv_config.h"
#include "fv_mpu.h"
<#if view.ownKernels>
#include "fv_weights.h"
</#if>

const struct fv_mpu_region fv_mpu_regions[] = {
<#list view.application as kept>
  /* Closed: ${kept.start} up to ${kept.end}, ${kept.bytes} bytes of ${kept.region}, are the application's. */
</#list>
<#list view.mpuRegions as region>
  {${region.rbar}, ${region.attributes}}, /* ${region.comment} */
</#list>
};
const uint32_t fv_mpu_region_count = sizeof fv_mpu_regions / sizeof fv_mpu_regions[0];

const struct fv_span fv_weights_spans[] = {
<#list view.spans as span>
  {${span.start}, ${span.bytes}},
</#list>
};
const uint32_t fv_weights_span_count = sizeof fv_weights_spans / sizeof fv_weights_spans[0];
