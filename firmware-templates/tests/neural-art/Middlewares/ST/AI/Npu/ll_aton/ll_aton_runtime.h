/* A stand-in: the part of ST's NPU runtime that Fovea's engine calls. */
#ifndef LL_ATON_RUNTIME_H
#define LL_ATON_RUNTIME_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "ll_aton_config.h"
#include "ll_aton_osal_user_impl.h"
#include "mcu_cache.h"
#include "npu_cache.h"
#include "stm32n6xx.h"

#if LL_ATON_PLATFORM != LL_ATON_PLAT_STM32N6 || LL_ATON_OSAL != LL_ATON_OSAL_USER_IMPL
#error "the runtime is compiled for another platform"
#endif

#define LL_ATON_ASSERT(condition) assert(condition)
#define CDNN0_IRQHandler NPU0_IRQHandler

typedef enum { LL_ATON_RT_NO_WFE, LL_ATON_RT_WFE, LL_ATON_RT_DONE } LL_ATON_RT_RetValues_t;
typedef enum {
  EpochBlock_Flags_last_eb = 8,
  EpochBlock_Flags_pure_hw = 16,
  EpochBlock_Flags_pure_sw = 32
} EpochBlock_Flags_t;

typedef struct {
  void (*start_epoch_block)(const void *epoch_block);
  void (*end_epoch_block)(const void *epoch_block);
  uint32_t wait_mask;
  uint16_t flags;
} EpochBlock_ItemTypeDef;

typedef enum { DataType_FLOAT = 1, DataType_UINT8 = 2, DataType_INT8 = 3 } Buffer_DataType_TypeDef;
typedef enum { CHPos_First = 1, CHPos_Last = 2 } Buffer_CHPos_TypeDef;

typedef struct {
  const char *name;
  union {
    unsigned char *p;
    uintptr_t i;
  } addr_base;
  uint32_t offset_start, offset_end, offset_limit;
  uint8_t is_user_allocated, is_param;
  uint16_t epoch;
  uint32_t batch;
  const uint32_t *mem_shape;
  uint16_t mem_ndims;
  Buffer_CHPos_TypeDef chpos;
  Buffer_DataType_TypeDef type;
  int8_t Qm, Qn;
  uint8_t Qunsigned, ndims, nbits, per_channel;
  const uint32_t *shape;
  const float *scale;
  const int16_t *offset;
} LL_Buffer_InfoTypeDef;

static inline unsigned char *LL_Buffer_addr_start(const LL_Buffer_InfoTypeDef *buffer) {
  return buffer->addr_base.p + buffer->offset_start;
}
static inline uint32_t LL_Buffer_len(const LL_Buffer_InfoTypeDef *buffer) {
  return buffer->offset_end - buffer->offset_start;
}

typedef struct {
  const char *network_name;
  bool (*ec_network_init)(void);
  bool (*ec_inference_init)(void);
  const EpochBlock_ItemTypeDef *(*epoch_block_items)(void);
  const LL_Buffer_InfoTypeDef *(*output_buffers_info)(void);
  const LL_Buffer_InfoTypeDef *(*input_buffers_info)(void);
} NN_Interface_TypeDef;

typedef struct {
  const NN_Interface_TypeDef *network;
  struct {
    const EpochBlock_ItemTypeDef *current;
    bool inference_started, block_started;
    volatile uint32_t triggered_events;
  } exec_state;
} NN_Instance_TypeDef;

#define LL_ATON_DECLARE_NAMED_NN_INSTANCE_AND_INTERFACE(name)                                  \
  extern bool LL_ATON_EC_Network_Init_##name(void);                                            \
  extern bool LL_ATON_EC_Inference_Init_##name(void);                                          \
  extern const EpochBlock_ItemTypeDef *LL_ATON_EpochBlockItems_##name(void);                   \
  extern const LL_Buffer_InfoTypeDef *LL_ATON_Output_Buffers_Info_##name(void);                \
  extern const LL_Buffer_InfoTypeDef *LL_ATON_Input_Buffers_Info_##name(void);                 \
  static const NN_Interface_TypeDef NN_Interface_##name = {#name,                              \
                                                           LL_ATON_EC_Network_Init_##name,     \
                                                           LL_ATON_EC_Inference_Init_##name,   \
                                                           LL_ATON_EpochBlockItems_##name,     \
                                                           LL_ATON_Output_Buffers_Info_##name, \
                                                           LL_ATON_Input_Buffers_Info_##name}; \
  static NN_Instance_TypeDef NN_Instance_##name = {.network = &NN_Interface_##name};

void LL_ATON_RT_RuntimeInit(void);
void LL_ATON_RT_Init_Network(NN_Instance_TypeDef *network);
void LL_ATON_RT_Reset_Network(NN_Instance_TypeDef *network);
LL_ATON_RT_RetValues_t LL_ATON_RT_RunEpochBlock(NN_Instance_TypeDef *network);

/* Of the stand-in alone: an epoch of the NPU ends well, or with an error that its interrupt handler finds. */
void ll_aton_npu_has_failed(void);

#endif
