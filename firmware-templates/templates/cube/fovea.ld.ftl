/* ${view.model} on ${view.boardName}: where it lies. A second script for the linker, with -T after your own.
<#list view.provenance as line>
 * ${line}
</#list>
 */

/* Memories of the board, and what your linker script calls them: where it has another name, write that on the right. */
<#list view.memories as memory>
<#if memory.named>
REGION_ALIAS("${memory.alias}", ${memory.cube}) /* ${memory.name}, at ${memory.origin} */
<#else>
/* ${memory.name}: your script has none, by what is known of CubeMX. If it has, write REGION_ALIAS("${memory.alias}", ITS_NAME). */
MEMORY { ${memory.alias} (${memory.attributes}) : ORIGIN = ${memory.origin}, LENGTH = ${memory.length} }
</#if>
</#list>

/* Constants, from flash or wherever your programmer puts them. */
SECTIONS
{
  .fv_tables : ALIGN(16)
  {
    fv_tables_start = .;
    *(SORT_BY_NAME(.fv_tables.*))
    . = ALIGN(16);
    fv_tables_end = .;
  } > ${view.tables}

<#list view.weights as weights>
  ${weights.section} : ALIGN(32)
  {
    ${weights.what}_start = .;
    *(SORT_BY_NAME(${weights.section}.*))
    . = ALIGN(16);
    ${weights.what}_end = .;
  } > ${weights.place}
  ${weights.what}_load = LOADADDR(${weights.section});

</#list>
  /* Written before it is read: nobody clears it, nothing is loaded. */
<#list view.blanks as blank>
  ${blank.section} (NOLOAD) : ALIGN(${blank.alignment})
  {
    ${blank.symbol}_start = .;
    *(${blank.section})
    . = ALIGN(8);
    ${blank.symbol}_end = .;
  } > ${blank.alias}

</#list>
}

/* A section above lies behind the heap of your script where both are in one memory: then the heap begins after it, and
 * there is still room for heap and stack. */
fv_heap_start = ADDR(._user_heap_stack);
<#list view.weights as weights>
fv_heap_start = ADDR(${weights.section}) >= ADDR(._user_heap_stack) && ADDR(${weights.section}) < _estack ? MAX(fv_heap_start, ${weights.what}_end) : fv_heap_start;
</#list>
<#list view.blanks as blank>
fv_heap_start = ADDR(${blank.section}) >= ADDR(._user_heap_stack) && ADDR(${blank.section}) < _estack ? MAX(fv_heap_start, ${blank.symbol}_end) : fv_heap_start;
</#list>
end = fv_heap_start;
_end = fv_heap_start;
ASSERT(fv_heap_start == ADDR(._user_heap_stack) || fv_heap_start + _Min_Heap_Size + _Min_Stack_Size <= _estack, "no room for heap and stack in the memory of _estack: reserve some with fovea generate --reserve")

/* What was planned is what was linked, and lies where it was planned. */
<#list view.checks as check>
ASSERT(SIZEOF(${check.section}) == ${check.bytes}, "${check.section} is not as planned: generate again")
ASSERT(ADDR(${check.section}) >= ${check.start} && ADDR(${check.section}) + SIZEOF(${check.section}) <= ${check.end}, "${check.section} is not in ${check.memory}, ${check.start} to ${check.end}: correct the names at the top of fovea.ld")
</#list>
