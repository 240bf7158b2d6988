/* ${view.boardName}: what its start-up code writes to the chip's registers, from the board's file.
<#list view.provenance as line>
 * ${line}
</#list>
 */
#ifndef FV_BOARD_H
#define FV_BOARD_H
<#list view.groups as group>

/* ${group.comment} */
<#list group.lines as line>
#define ${line.name} ${line.value}
</#list>
</#list>

#endif
