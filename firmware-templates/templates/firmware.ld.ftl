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
  weights PT_LOAD;
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

  .fv_weights : ALIGN(16)
  {
    fv_weights_start = .;
    *(SORT_BY_NAME(.fv_weights.*))
    . = ALIGN(16);
    fv_weights_end = .;
  } > ${view.weights} :weights

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
