/* ${view.model} on ${view.boardName}: where everything lies.
<#list view.provenance as line>
 * ${line}
</#list>
 */
MEMORY
{
<#list view.regions as region>
  ${region.name} (${region.attributes}) : ORIGIN = ${region.origin}, LENGTH = ${region.length}
</#list>
}
<#if view.reserved>

/* The application's own: nothing of the firmware lies there, and the memory protection unit keeps it closed. */
<#list view.application as kept>
fv_${kept.region}_application_start = ${kept.start};
fv_${kept.region}_application_end = ${kept.end};
</#list>
</#if>

ENTRY(Reset_Handler)

/* Memory that nobody fills has no segment: loaders leave it alone. */
PHDRS
{
  vectors PT_LOAD;
  code PT_LOAD;
  tables PT_LOAD;
<#list view.weights as weights>
  ${weights.segment} PT_LOAD;
</#list>
<#list view.secondCore as region>
  second_core PT_LOAD;
</#list>
  data PT_LOAD;
  blank PT_NULL;
}

SECTIONS
{
  .fv_vectors :
  {
    KEEP(*(.fv_vectors))
    . = ALIGN(8);
  } > ${view.vectors} :vectors

  .text :
  {
    *(.text .text.*)
    *(.rodata .rodata.*)
    . = ALIGN(4);
    fv_copies_start = .; /* what startup copies: from, to, bytes */
    LONG(fv_data_load) LONG(fv_data_start) LONG(fv_data_end - fv_data_start)
<#list view.weights as weights>
<#if weights.copied>
    LONG(${weights.what}_load) LONG(${weights.what}_start) LONG(${weights.what}_end - ${weights.what}_start)
</#if>
</#list>
    fv_copies_end = .;
    . = ALIGN(8);
  } > ${view.code} :code

  .ARM.exidx : { *(.ARM.exidx .ARM.exidx.*) } > ${view.code} :code

  .fv_tables : ALIGN(16)
  {
    fv_tables_start = .;
    *(SORT_BY_NAME(.fv_tables.*))
    . = ALIGN(16);
    fv_tables_end = .;
  } > ${view.tables} :tables

<#list view.secondCore as region>
  /* Where the second core starts: before all else there. */
  .fv_second_core :
  {
    KEEP(*(.fv_second_core))
  } > ${region} :second_core

</#list>
<#list view.weights as weights>
  ${weights.name} : ALIGN(32)
  {
    ${weights.what}_start = .;
    *(SORT_BY_NAME(${weights.name}.*))
    . = ALIGN(16);
    ${weights.what}_end = .;
  } > ${weights.place} :${weights.segment}
  ${weights.what}_load = LOADADDR(${weights.name});

</#list>
  .data : ALIGN(8)
  {
    fv_data_start = .;
    *(.data .data.*)
    . = ALIGN(8);
    fv_data_end = .;
  } > ${view.data} AT > ${view.code} :data
  fv_data_load = LOADADDR(.data);

  .bss (NOLOAD) : ALIGN(8)
  {
    fv_bss_start = .;
    *(.bss .bss.* COMMON)
    . = ALIGN(8);
    fv_bss_end = .;
  } > ${view.data} :data

  /* Cleared by nobody: written before it is read. */
  .fv_link (NOLOAD) : ALIGN(8)
  {
    fv_link_start = .;
    *(.fv_link)
    . = ALIGN(8);
    fv_link_end = .;
  } > ${view.link} :blank

  .fv_arena (NOLOAD) : ALIGN(16)
  {
    *(.fv_arena)
    . = ALIGN(16);
  } > ${view.arena} :blank

  .fv_stacks (NOLOAD) : ALIGN(8)
  {
    *(.fv_stacks)
    . = ALIGN(8);
    fv_stack_start = .;
    . += ${view.mainStackBytes};
    fv_stack_end = .;
  } > ${view.stacks} :blank

  /DISCARD/ : { *(.comment) *(.note.*) }
}

/* What was planned is what was linked. */
<#list view.exactSections as section>
ASSERT(SIZEOF(${section.name}) == ${section.bytes}, "${section.name} is not as planned: generate again")
</#list>
