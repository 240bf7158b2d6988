/* FreeRTOS for Fovea: three static tasks and notifications, nothing more. Each macro says why it is what it is. */
#ifndef FREERTOS_CONFIG_H
#define FREERTOS_CONFIG_H

#include "fv_config.h"
#include "fv_port.h"

/* Time. The tick wakes the supervisor; 100 Hz costs little. */
#define configCPU_CLOCK_HZ FV_SYSTICK_HERTZ
#define configTICK_RATE_HZ 100
#define configTICK_TYPE_WIDTH_IN_BITS TICK_TYPE_WIDTH_32_BITS

/* Scheduling: the link preempts the inference, the supervisor both. */
#define configUSE_PREEMPTION 1
#define configUSE_TIME_SLICING 0
#define configMAX_PRIORITIES 4
#define configUSE_PORT_OPTIMISED_TASK_SELECTION 0
#define configIDLE_SHOULD_YIELD 0
#define configMINIMAL_STACK_SIZE (FV_IDLE_STACK_BYTES / 4)
#define configMAX_TASK_NAME_LEN 12

/* Memory: no heap. Every byte is in the map file. */
#define configSUPPORT_STATIC_ALLOCATION 1
#define configSUPPORT_DYNAMIC_ALLOCATION 0
#define configKERNEL_PROVIDED_STATIC_MEMORY 0

/* Only task notifications are used. */
#define configUSE_TASK_NOTIFICATIONS 1
#define configUSE_MUTEXES 0
#define configUSE_TIMERS 0
#define configUSE_EVENT_GROUPS 0
#define configUSE_STREAM_BUFFERS 0
#define configUSE_CO_ROUTINES 0
#define configUSE_TRACE_FACILITY 0

/* Time of each task, by the port's counter, which fv_port_init has started before the scheduler. */
#define configGENERATE_RUN_TIME_STATS 1
#define configRUN_TIME_COUNTER_TYPE uint64_t
#define portCONFIGURE_TIMER_FOR_RUN_TIME_STATS()
#define portGET_RUN_TIME_COUNTER_VALUE() fv_port_ticks()

/* A stack that overflows stops the device with a fault report. 2: the last words are compared, too, which also paints
 * the stacks for the high-water mark. */
#define configCHECK_FOR_STACK_OVERFLOW 2
#define configASSERT(truth) ((truth) ? (void)0 : __builtin_trap())
#define configUSE_IDLE_HOOK 1 /* sleeps until an interrupt */
#define configUSE_TICK_HOOK 0
#define configUSE_MALLOC_FAILED_HOOK 0

/* Interrupts: the UART's priority, 0xa0, lies at or below this, so its handlers may notify tasks. */
#define configPRIO_BITS FV_PRIORITY_BITS
#define configKERNEL_INTERRUPT_PRIORITY 0xf0
#define configMAX_SYSCALL_INTERRUPT_PRIORITY 0x80
#define configMAX_API_CALL_INTERRUPT_PRIORITY 0x80
#define configCHECK_HANDLER_INSTALLATION 0 /* the vector table is read-only and ours */

/* Armv8-M: everything runs Secure; vector registers are saved. */
#define configENABLE_TRUSTZONE 0
#define configRUN_FREERTOS_SECURE_ONLY 1
#define configENABLE_FPU 1
#define configENABLE_MVE 1
#define configENABLE_MPU 0

#define INCLUDE_vTaskDelay 1
#define INCLUDE_vTaskSuspend 1
#define INCLUDE_xTaskGetSchedulerState 1
#define INCLUDE_xTaskGetIdleTaskHandle 1

#define vPortSVCHandler SVC_Handler
#define xPortPendSVHandler PendSV_Handler
#define xPortSysTickHandler SysTick_Handler

#endif
