/* ${view.model} on ${view.boardName}: added to the linker's own script.
<#list view.provenance as line>
 * ${line}
</#list>
 *
 * What was planned lies in sections of its own, in the planned order.
 */
SECTIONS
{
  .fv_tables : ALIGN(16)
  {
    fv_tables_start = .;
    *(SORT_BY_NAME(.fv_tables.*))
    . = ALIGN(16);
    fv_tables_end = .;
  }
<#list view.weights as weights>

  ${weights.name} : ALIGN(32)
  {
    ${weights.what}_start = .;
    *(SORT_BY_NAME(${weights.name}.*))
    . = ALIGN(16);
    ${weights.what}_end = .;
  }
</#list>
}
INSERT AFTER .rodata;

SECTIONS
{
  .fv_link : ALIGN(8)
  {
    fv_link_start = .;
    *(.bss.fv_link)
    . = ALIGN(8);
    fv_link_end = .;
  }

  .fv_arena : ALIGN(16)
  {
    *(.bss.fv_arena)
    . = ALIGN(16);
  }

  .fv_stacks :
  {
    *(.bss.fv_stacks)
  }
}
INSERT BEFORE .bss;

/* What was planned is what was linked. */
<#list view.exactSections as section>
ASSERT(SIZEOF(${section.name}) == ${section.bytes}, "${section.name} is not as planned: generate again")
</#list>
