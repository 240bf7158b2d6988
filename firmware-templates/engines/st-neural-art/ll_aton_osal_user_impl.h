/* What ST's NPU runtime asks of an operating system (LL_ATON_OSAL=LL_ATON_OSAL_USER_IMPL). One network, one context
 * that runs it: no locks. */
#ifndef FV_LL_ATON_OSAL_H
#define FV_LL_ATON_OSAL_H

#include "fv_npu.h"

#define LL_ATON_OSAL_INIT()
#define LL_ATON_OSAL_DEINIT()
#define LL_ATON_OSAL_INSTALL_IRQ(line, handler)
#define LL_ATON_OSAL_REMOVE_IRQ(line)
#define LL_ATON_OSAL_ENABLE_IRQ(line) fv_npu_interrupt((line), 1)
#define LL_ATON_OSAL_DISABLE_IRQ(line) fv_npu_interrupt((line), 0)
#define LL_ATON_OSAL_SET_PRIORITY(line, priority)
#define LL_ATON_OSAL_ENTER_CS() fv_npu_interrupt(0, 0)
#define LL_ATON_OSAL_EXIT_CS() fv_npu_interrupt(0, 1)
#define LL_ATON_OSAL_WFE() fv_npu_wait()
#define LL_ATON_OSAL_SIGNAL_EVENT()
#define LL_ATON_OSAL_DSB() fv_npu_barrier()

#endif
