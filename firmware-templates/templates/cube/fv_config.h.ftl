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

#define FV_CORTEX_M ${view.cortexM} /* the core that the kernels are for */
#define FV_RTOS ${view.rtos} /* 0 bare metal, 1 FreeRTOS */
#define FV_COUNTER ${view.counter} /* of fv_port_ticks: 1 CPU cycles */
#define FV_CLOCK_HERTZ SystemCoreClock /* CMSIS keeps it */
extern uint32_t SystemCoreClock;

/* Bytes. The planned sizes are in deployment.json. */
#define FV_DMA_BYTES ${view.dmaBytes}
<#if view.freertos>
#define FV_INFERENCE_STACK_BYTES ${view.inferenceStackBytes}
#define FV_LINK_STACK_BYTES ${view.linkStackBytes}
</#if>

/* Linker sections. Arrays of constants are numbered, so that they lie in memory in the planned order. */
#define FV_WEIGHTS_MEMORY(region, number) __attribute__((section(".fv_weights_" #region "." #number), aligned(16)))
#define FV_TABLES_MEMORY(number) __attribute__((section(".fv_tables." #number), aligned(16)))
#define FV_ARENA_MEMORY __attribute__((section(".fv_arena"), aligned(16)))
#define FV_LINK_MEMORY __attribute__((section(".fv_link"), aligned(8)))
#define FV_DMA_MEMORY __attribute__((section(".fv_dma"), aligned(32)))
#define FV_STACK_MEMORY __attribute__((section(".fv_stacks"), aligned(8)))

/* The weights in the order of the layers, as stretches of memory; deployment.json says which layer lies where. */
struct fv_span {
  const uint8_t *start;
  uint32_t bytes;
};
extern const struct fv_span fv_weights_spans[];
extern const uint32_t fv_weights_span_count;

/* Weights that fovea_start copies to RAM, where the kernels read them. */
struct fv_copy {
  const uint8_t *from;
  uint8_t *to;
  const uint8_t *end; /* of to */
};
extern const struct fv_copy fv_copies[];
extern const uint32_t fv_copy_count;

/* Bounds that fovea.ld sets. */
extern const uint8_t fv_tables_start[], fv_tables_end[];
extern uint8_t fv_link_start[], fv_link_end[];

#endif
