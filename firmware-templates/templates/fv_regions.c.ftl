/* ${view.model} on ${view.boardName}: memory that the firmware may touch.
<#list view.provenance as line>
 * ${line}
</#list>
 */
#include "fv_mpu.h"

const struct fv_mpu_region fv_mpu_regions[] = {
<#list view.application as kept>
  /* Closed: ${kept.start} up to ${kept.end}, ${kept.bytes} bytes of ${kept.region}, are the application's. */
</#list>
<#list view.mpuRegions as region>
  {${region.rbar}, ${region.attributes}}, /* ${region.comment} */
</#list>
};
const uint32_t fv_mpu_region_count = sizeof fv_mpu_regions / sizeof fv_mpu_regions[0];
