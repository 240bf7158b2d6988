/* ${view.model}: weights and tables.
<#list view.provenance as line>
 * ${line}
</#list>
 *
<#list view.places as line>
 * ${line}
</#list>
 * Arrays of int8 are written as string literals of octal escapes (two's complement): compilers read them
 * more than ten times faster than lists of numbers.
 */
#include "fv_weights.h"
#include "fv_config.h"
<#list view.arrays as array>

/* ${array.comment} */
${array.placement} const ${array.type} ${array.name}[${array.length}] =<#if array.text>

${array.values};
<#else> {
${array.values}
};
</#if>
</#list>
