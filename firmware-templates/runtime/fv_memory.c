#include "fv_memory.h"
#include "fv_config.h"
#include "fv_network.h"

#define PAINT 0xa5a5a5a5u /* what FreeRTOS fills its stacks with, too */

void fv_paint_stack(uint32_t *start, uint32_t *end) {
  for (volatile uint32_t *p = start; p < end; p++) {
    *p = PAINT;
  }
}

struct fv_memory_use fv_stack_use(const char *name, const uint32_t *start, const uint32_t *end) {
  const uint32_t *lowest = start;
  while (lowest < end && *lowest == PAINT) {
    lowest++;
  }
  return (struct fv_memory_use){
      .name = name, .size = (uint32_t)((end - start) * 4), .used = (uint32_t)((end - lowest) * 4)};
}

int fv_planned_memory_use(int i, struct fv_memory_use *use) {
  const uint32_t link = (uint32_t)(fv_link_end - fv_link_start);
  switch (i) {
    case 0:
      *use = (struct fv_memory_use){.name = "activations", .size = FV_ARENA_BYTES, .used = FV_ARENA_BYTES};
      return 1;
    case 1:
      *use = (struct fv_memory_use){.name = "link buffers", .size = link, .used = link};
      return 1;
    default:
      return 0;
  }
}
