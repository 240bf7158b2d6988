/* ${view.model}: weights and tables.
<#list view.provenance as line>
 * ${line}
</#list>
 */
#ifndef FV_WEIGHTS_H
#define FV_WEIGHTS_H

#include <stdint.h>

<#list view.arrays as array>
extern const ${array.type} ${array.name}[${array.length}]; /* ${array.comment} */
</#list>

#endif
