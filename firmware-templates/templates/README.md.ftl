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

<#list view.ramLoad as load>
## Onto the board

The chip has no flash of its own: the firmware lies in RAM (`${load.region}`, from ${load.address}).

```sh
fovea flash DIR                           # into RAM, until power goes; BOOT1 at 1
fovea flash DIR --persistent --fsbl FILE  # signed, into external flash; then BOOT1 to 0, power off and on
```

do what follows, after the board has said that it is the one; weights in external flash are written when they have changed. Nobody
has run the command lines on a board; they are those of ST's documents and of published logs. Nothing in them writes OTP or option bytes.

*Development mode*: BOOT1 at 1, power off and on. A debugger loads the ELF file; power, the reset button or the watchdog takes it away again.

<#list load.weights as stored>
`${stored.section}` lies in external flash. Write it once, and again when the weights have changed:

```sh
arm-none-eabi-objcopy -O binary -j ${stored.section} build/firmware.elf build/${stored.file}.bin
STM32_Programmer_CLI -c port=SWD ${load.connect} -el ${load.loader} -w build/${stored.file}.bin ${stored.address} -v
```

Then unplug the board, and plug it in again, still with BOOT1 at 1 (`fovea flash` resets it by its pin instead).

</#list>
```sh
arm-none-eabi-objcopy<#list load.weights as stored> -R ${stored.section}</#list> build/firmware.elf build/ram.elf
ST-LINK_gdbserver -p 61234 -d -m 1 -cp FOLDER_OF_STM32_PROGRAMMER_CLI &
arm-none-eabi-gdb build/ram.elf -ex "target remote :61234" -ex load -ex continue
```

*From flash*: ST's first-stage boot loader (Template_FSBL_LRUN of STM32CubeN6) copies an image of its application's place to 0x34000000, a
header of 1 KiB first, so that it comes to lie where this firmware is linked. It must be built with `NO_OTP_FUSE` defined: otherwise **it burns
fuses**, which lasts. Sign the image, then write it:

```sh
arm-none-eabi-objcopy -O binary<#list load.weights as stored> -R ${stored.section}</#list> build/firmware.elf build/firmware.bin
STM32_SigningTool_CLI -bin build/firmware.bin -nk -of 0x80000000 -t ssbl -hv 2.3 -align -o build/firmware-signed.bin
STM32_Programmer_CLI -c port=SWD ${load.connect} -el ${load.loader} -w build/firmware-signed.bin 0x70100000 -v
```

Releases of the signing tool before 2.21 pad unasked, and do not know `-align`. The boot loader itself, signed with `-t fsbl`, belongs at
0x70000000; its `EXTMEM_LRUN_SOURCE_SIZE`, 64 KiB in ST's template, must be at least the size of `firmware-signed.bin`. Then BOOT1 at 0, power
off and on. Signed images are untested here: begin with development mode. `fovea recover BOARD` has the board's notes on booting, and the way back.

</#list>
## Run

`fovea emulate DIR` or your programmer starts it; `fovea run DIR photo.jpg --port PORT` sends photos and draws boxes.

## Debug

- `cmake --preset debug && cmake --build --preset debug` makes `build-debug/firmware.elf`: network and harness line by line (`-Og -g3`), kernels as fast as ever.
- In VS Code with the extension cortex-debug press F5: `.vscode/launch.json` ${view.debugServers}.
- Without it: `gdb-multiarch -x .gdbinit build-debug/firmware.elf`, then `help fovea-start` says what to start beside it.

## Where to look

| file | what it is |
|---|---|
| `generated/fv_network.c` | the network: buffers, steps, one commented entry per layer |
| `generated/fv_weights.c` | weights, biases, multipliers, tables |
| `generated/firmware.ld` | where everything lies |
| `generated/fv_config.h` | stacks, hashes, linker sections |
| `fovea/kernels/` | the operators, one a file |
| `fovea/runtime/` | steps, serial protocol; no hardware |
| `fovea/harness/` | tasks or main loop, and the supervisor that watches them |
| `fovea/ports/` | startup, UART, memory protection, counter, watchdog |
| `stack-allowances.csv` | stack use of functions that gcc did not compile: add your libraries |
| `deployment.json` | what a host must know: input, outputs, memory plan |

In your own application, `fv_begin`, `fv_push_row` and `fv_output` of `fovea/runtime/fv_net.h` are all you need; they know
nothing of the serial link. Where there is a `generated/fv_head.c`,
`fv_boxes` of `fovea/runtime/fv_boxes.h` then turns the outputs into boxes.

## Licence

Fovea's files are under the Apache License 2.0, see LICENSE and NOTICE. The weights carry the licence of the model they came from.
