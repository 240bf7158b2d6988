/* ${view.model} on ${view.boardName}: what the firmware knows about itself.
<#list view.provenance as line>
 * ${line}
</#list>
 */
#ifndef FV_CONFIG_H
#define FV_CONFIG_H

#include <stdint.h>

#define FV_BOARD_ID "${view.boardId}"
#define FV_MODEL_SHA256 \
  ${view.modelSha256}
#define FV_LAYOUT_SHA256 \
  ${view.layoutSha256}

#define FV_RTOS ${view.rtos} /* 0 bare metal, 1 FreeRTOS */
#define FV_COUNTER ${view.counter} /* of fv_port_ticks: 1 CPU cycles, 2 instructions (emulated) */
#define FV_CLOCK_HERTZ ${view.clockHertz}ull
#define FV_SYSTICK_HERTZ ${view.systickHertz}
#define FV_PRIORITY_BITS ${view.priorityBits}

/* Bytes. The planned sizes are in deployment.json, the linked ones in footprint.json. */
#define FV_MAIN_STACK_BYTES ${view.mainStackBytes}
#define FV_INFERENCE_STACK_BYTES ${view.inferenceStackBytes}
#define FV_LINK_STACK_BYTES ${view.linkStackBytes}
#define FV_SUPERVISOR_STACK_BYTES ${view.supervisorStackBytes}
#define FV_IDLE_STACK_BYTES ${view.idleStackBytes}

/* Ticks after which a step has hung: ten times the longest one's estimate, at least a second. */
#define FV_STEP_LIMIT_TICKS ${view.stepLimitTicks}ull

/* Linker sections. Arrays of constants are numbered, so that they lie in memory in the planned order. */
#define FV_WEIGHTS_MEMORY(region, number) __attribute__((section(".fv_weights_" #region "." #number), aligned(16)))
#define FV_TABLES_MEMORY(number) __attribute__((section(".fv_tables." #number), aligned(16)))
#define FV_ARENA_MEMORY __attribute__((section(".fv_arena"), aligned(16)))
#define FV_LINK_MEMORY __attribute__((section(".fv_link"), aligned(8)))
#define FV_STACK_MEMORY __attribute__((section(".fv_stacks"), aligned(8)))

/* The weights in the order of the layers, as stretches of memory; deployment.json says which layer lies where. */
struct fv_span {
  const uint8_t *start;
  uint32_t bytes;
};
extern const struct fv_span fv_weights_spans[];
extern const uint32_t fv_weights_span_count;

/* Bounds that the linker script sets. */
extern const uint8_t fv_tables_start[], fv_tables_end[];
extern uint8_t fv_link_start[], fv_link_end[];
extern uint32_t fv_stack_start[], fv_stack_end[];

#endif
