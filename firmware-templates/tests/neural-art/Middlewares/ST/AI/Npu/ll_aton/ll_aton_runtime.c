/* A stand-in: one network, whose epochs of the NPU end with an interrupt. */
#include "ll_aton_runtime.h"

/* Registers of a NPU that the tests make up. */
#define VERSION (*(volatile uint32_t *)NPU_BASE_S)
#define START (*(volatile uint32_t *)(NPU_BASE_S + 4))
#define KNOWN_VERSION 0xa70u

static NN_Instance_TypeDef *owner;
static volatile int failed;

void ll_aton_npu_has_failed(void) { failed = 1; }

void LL_ATON_RT_RuntimeInit(void) {
  LL_ATON_ASSERT(VERSION == KNOWN_VERSION);
  LL_ATON_OSAL_ENABLE_IRQ(0);
}

void LL_ATON_RT_Reset_Network(NN_Instance_TypeDef *network) {
  network->exec_state.current = network->network->epoch_block_items();
  network->exec_state.inference_started = false;
  network->exec_state.block_started = false;
  network->exec_state.triggered_events = 0;
}

void LL_ATON_RT_Init_Network(NN_Instance_TypeDef *network) {
  const bool is_ready = network->network->ec_network_init();
  LL_ATON_ASSERT(is_ready);
  LL_ATON_RT_Reset_Network(network);
}

LL_ATON_RT_RetValues_t LL_ATON_RT_RunEpochBlock(NN_Instance_TypeDef *network) {
  const EpochBlock_ItemTypeDef *const block = network->exec_state.current;
  if (!network->exec_state.inference_started) {
    const bool is_ready = network->network->ec_inference_init();
    LL_ATON_ASSERT(is_ready);
    network->exec_state.inference_started = true;
  }
  if (block->flags & EpochBlock_Flags_last_eb) {
    return LL_ATON_RT_DONE;
  }
  if (!network->exec_state.block_started) {
    network->exec_state.block_started = true;
    owner = block->wait_mask ? network : NULL;
    if (block->start_epoch_block) {
      block->start_epoch_block(block);
    }
    if (owner) {
      START = 1;
    }
  }
  if ((network->exec_state.triggered_events & block->wait_mask) != block->wait_mask) {
    return LL_ATON_RT_WFE;
  }
  owner = NULL;
  network->exec_state.triggered_events = 0;
  if (block->end_epoch_block) {
    block->end_epoch_block(block);
  }
  network->exec_state.block_started = false;
  network->exec_state.current++;
  return LL_ATON_RT_NO_WFE;
}

void NPU0_IRQHandler(void);
void NPU0_IRQHandler(void) {
  START = 0;
  LL_ATON_ASSERT(!failed);
  LL_ATON_ASSERT(owner);
  owner->exec_state.triggered_events |= owner->exec_state.current->wait_mask;
}
