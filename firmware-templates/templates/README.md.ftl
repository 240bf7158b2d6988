# ${view.model} on ${view.boardName}

<#list view.provenance as line>
${line}
</#list>

A firmware project that runs the model above (${view.rtosTitle}). It takes image rows over the serial port, runs the network, and
answers with its output tensors, the time of each layer and a checksum of each layer's result.

Its memory plan, whose work is an estimate:

<#list view.plan as line>
- ${line}
</#list>
<#if view.reserved>

It keeps off what your application has reserved. Nothing is linked there, and the memory protection unit keeps it closed until
you open it; `generated/firmware.ld` names its addresses:

<#list view.application as kept>
- ${kept.region}: ${kept.bytes} bytes from ${kept.start}
</#list>
</#if>

## Build

```sh
cmake --preset default && cmake --build --preset default
```

needs `arm-none-eabi-gcc`, CMake 3.22 and Ninja, and makes `build/firmware.elf` and `build/firmware.map`. The linker script
asserts that every planned size is the linked one. `fovea build DIR` does the same and proves from the call graph that no stack
can overflow: no recursion, no calls through pointers, no arrays of variable length.
<#if view.freertos>

FreeRTOS-Kernel V11.1.0 is fetched by its commit. Offline, or with a kernel of your own: set `FREERTOS_KERNEL_PATH`.
</#if>

## Run

`fovea emulate DIR` or your programmer starts it; `fovea run DIR photo.jpg --port PORT` sends photos and draws boxes.

## Where to look

| file | what it is |
|---|---|
| `generated/fv_network.c` | the network: buffers, steps, one commented entry per layer |
| `generated/fv_weights.c` | weights, biases, multipliers, tables |
| `generated/firmware.ld` | where everything lies |
| `generated/fv_config.h` | stacks, hashes, linker sections |
| `fovea/kernels/` | the operators, one a file |
| `fovea/runtime/` | steps, serial protocol; no hardware |
| `fovea/harness/` | tasks or main loop |
| `fovea/ports/` | startup, UART, memory protection, counter |
| `stack-allowances.csv` | stack use of functions that gcc did not compile: add your libraries |
| `deployment.json` | what a host must know: input, outputs, memory plan |

In your own application, `fv_begin`, `fv_push_row` and `fv_output` of `fovea/runtime/fv_net.h` are all you need; they know
nothing of the serial link. Where there is a `generated/fv_head.c`,
`fv_boxes` of `fovea/runtime/fv_boxes.h` then turns the outputs into boxes.

## Licence

Fovea's files are under the Apache License 2.0, see LICENSE and NOTICE. The weights carry the licence of the model they came from.
