# ${view.model} for your STM32Cube project with ${view.boardName}

<#list view.provenance as line>
${line}
</#list>

The network as a folder that you drop into a project of STM32CubeMX or STM32CubeIDE (${view.rtosTitle}). It takes image rows over a UART,
runs the network, and answers with its output tensors, the cycles of each layer and a checksum of each layer's result. Clocks,
supply, caches, memory protection and external memories are yours: nothing here touches them. Nothing here allocates memory,
and nothing outside this folder is generated, so CubeMX may write your project again at any time.

<#list view.plan as line>
- ${line}
</#list>

## Three steps

**1. Add the folder.** Copy it to your project as `fovea`. With CMake, two lines at the end of your `CMakeLists.txt`:

```cmake
add_subdirectory(fovea)
target_link_libraries(<#noparse>${CMAKE_PROJECT_NAME}</#noparse> fovea)
```

That also gives the linker its second script, `fovea.ld`, beside yours. In CubeIDE instead: the folder as a source folder, with
optimisation -O2 of its own; in MCU GCC Linker, Miscellaneous, the flag `-T"<#noparse>${workspace_loc:/${ProjName}/fovea/fovea.ld}</#noparse>"`;
and as include paths:

<#list view.includes as include>
- `fovea/${include}`
</#list>

**2. Start it**, in `main.c`:

```c
/* USER CODE BEGIN Includes */
#include "fovea_port_hal.h"
/* USER CODE END Includes */

  /* USER CODE BEGIN 2 */
  if (fovea_start(&huart1) != HAL_OK) { /* the UART that reaches your PC: Fovea's from now on */
    Error_Handler();
  }
  /* USER CODE END 2 */
<#if view.bare>

    /* USER CODE BEGIN 3 */
    fovea_poll(); /* as often as you can: one step of the network a call; 0 when nothing is left to do until an interrupt */
  }
  /* USER CODE END 3 */
</#if>
```

<#if view.freertos>
before `osKernelStart()` or `vTaskStartScheduler()`. Two tasks do the rest.

</#if>
**3. Hand the UART's events on**, in `main.c` or wherever you have these callbacks already; other UARTs are passed over:

```c
/* USER CODE BEGIN 4 */
void HAL_UARTEx_RxEventCallback(UART_HandleTypeDef *huart, uint16_t size) { fovea_rx_event(huart, size); }
void HAL_UART_TxCpltCallback(UART_HandleTypeDef *huart) { fovea_tx_complete(huart); }
void HAL_UART_ErrorCallback(UART_HandleTypeDef *huart) { fovea_error(huart); }
/* USER CODE END 4 */
```

With `USE_HAL_UART_REGISTER_CALLBACKS` set to 1 leave this step away: `fovea_start` registers them.

From C++ it is the same: `fovea_port_hal.h` is `extern "C"`.

## In CubeMX

| what | setting |
|---|---|
| UART | asynchronous, 8 bits, no parity, ${view.baud} baud, which `fovea run` opens the port with; another one: `baud` in the board's file. Its global interrupt enabled |
| DMA | recommended: one for receiving, circular, one for sending, normal; bytes, memory increment. Without, interrupts are used |
| Interrupts | UART and its DMA at one preemption priority<#if view.freertos>, 5 or a larger number: they call FreeRTOS<#else>, any</#if> |
| Memory | the buffers of the DMA are in section `.fv_dma`, whole cache lines in a memory that it reaches; Fovea writes back and drops what the cache has of them. Where your memory protection unit forbids the memories below, it faults |
<#if view.freertos>
| FreeRTOS | CMSIS_V2 or native; static allocation enabled (`configSUPPORT_STATIC_ALLOCATION`); no heap is used. Both tasks have a priority just above idle; `FOVEA_INFERENCE_PRIORITY` and `FOVEA_LINK_PRIORITY` change that. A task of yours that never blocks leaves them no time |
| Stacks | of the two tasks: static, ${view.inferenceStackBytes} and ${view.linkStackBytes} bytes, in `.fv_stacks`, with high-water marks in the report of `fovea run` |
<#else>
| Stack | `fovea_poll` runs on the main stack, of which Fovea's whole firmware needs ${view.mainStackBytes} bytes, interrupts included; your HAL and application come on top. CubeMX reserves 1024 (`_Min_Stack_Size`): take 4096 |
</#if>
| Cycle counter | DWT's is started and never set back; times are cycles of `SystemCoreClock` |

`printf` stays yours: `_write` is not defined here. `fv_log("text")` sends a line to the host.

## Where it lies

`fovea.ld` puts these sections into memories of your linker script; the table at its top has their names, to be corrected
where yours differ. The linker refuses a section that has not the planned size, or does not lie in the planned memory:

| section | bytes | memory | addresses |
|---|---|---|---|
<#list view.checks as check>
| `${check.section}` | ${check.bytes} | ${check.memory} | ${check.start} to ${check.end} |
</#list>

External flash and RAM among them must be mapped and readable before `fovea_start`, and your programmer must write the flash
from the ELF file.

## Run

`fovea run DIR photo.jpg --port PORT` with this folder as `DIR` sends photos and draws boxes; with `--model ${view.model}` it
compares every layer's checksum with the PC's. In your own code `fv_begin`, `fv_push_row` and `fv_output` of
`fovea/runtime/fv_net.h` run the network without the serial link. Where there is a `generated/fv_head.c`,
`fv_boxes` of `fovea/runtime/fv_boxes.h` then turns the outputs into boxes.

## Licence

Fovea's files are under the Apache License 2.0, see LICENSE and NOTICE. The weights carry the licence of the model they came from.
