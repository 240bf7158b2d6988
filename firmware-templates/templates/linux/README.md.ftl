# ${view.model} on ${view.boardName}

<#list view.provenance as line>
${line}
</#list>

A small program that runs the model above under Linux. It takes image rows over a serial device, TCP or its standard input, runs
the network, and answers with its output tensors, the time of each layer and a checksum of each layer's result.

<#if view.ownKernels>
Its memory plan, whose work is an estimate:
<#else>
Its memory plan:
</#if>

<#list view.plan as line>
- ${line}
</#list>

## Build

```sh
cmake --preset default && cmake --build --preset default
```

<#if view.ownKernels>
needs `${view.compiler}`, CMake 3.22 and Ninja, and makes `build/detector`, linked statically. In the environment of an SDK
(OpenSTLinux: `source environment-setup-...`) its compiler is taken, and the program uses the board's C library; so it does with a
toolchain file that `CMAKE_TOOLCHAIN_FILE` names. `fovea build DIR` does the same and writes down what was planned beside what
was linked.
<#else>
needs `${view.compiler}`, CMake 3.22 and Ninja, and makes `build/detector`, linked dynamically, and the compiled network beside
it<#list view.compiled as file> as `build/detector${file.suffix}`</#list>. In the environment of an SDK (OpenSTLinux: `source environment-setup-...`) its
compiler is taken. `fovea build DIR` does the same and writes down what was planned beside what was linked.

The network is computed by ${view.engine}. The program loads that engine's library on the board, compares the
compiled network with the model, and says to the host what is missing or wrong. It has run with a stand-in for
that library only, and on no board.
</#if>

## Run

```sh
./detector --tty /dev/ttySTM0             # at ${view.baud} baud, --baud says otherwise
./detector --tcp 5555                     # at 127.0.0.1; --address 0.0.0.0: for the whole network
./detector --stdio                        # for ssh: ssh board ./detector --stdio
```

and on the PC `fovea run DIR photo.jpg --port PORT`, with a serial port or `tcp:HOST:PORT`. `fovea run DIR photo.jpg --ssh root@board`
copies the program, starts it, and stops it again.

- A serial console occupies its device: `systemctl stop serial-getty@ttySTM0` first, or take another UART.
- The protocol has no password. Whoever reaches the TCP port may use the detector, so it listens at 127.0.0.1 only.
- SIGTERM ends it. One host at a time; after it has gone the next one is waited for.

Times are nanoseconds of the monotonic clock: wall time, in which other programs may have run, too.

## What is proven, and what is not

<#if view.ownKernels>
Sizes of weights, tables, activations, link buffers and stacks are asserted by the linker. How deep the stacks get is not
proven: the C library is not measured, and kernels are called through a pointer by the threads. Each stack has a size of
its own, a closed page below it, and a high-water mark that the report shows.
<#else>
Sizes of image and outputs, link buffers and stacks are asserted by the linker. What the engine's library takes beside them is not
planned by anybody. The results are not bit for bit those of TFLite: a host compares the output tensors, in dB.
</#if>

## Where to look

| file | what it is |
|---|---|
<#if view.ownKernels>
| `generated/fv_network.c` | the network: buffers, steps, one commented entry per layer |
| `generated/fv_weights.c` | weights, biases, multipliers, tables |
<#else>
| `generated/fv_network.c` | what the compiled network must have, and its one step |
| `compiled/` | the network as another compiler made it |
| `fovea/engines/` | how it is called |
</#if>
| `generated/sections.ld` | where they lie |
| `generated/fv_config.h` | stacks, hashes, sections |
<#if view.ownKernels>
| `fovea/kernels/` | the operators, one a file |
</#if>
| `fovea/runtime/` | steps, serial protocol |
| `fovea/harness/` | threads |
| `fovea/ports/` | line to the host, lock, clock |
| `deployment.json` | what a host must know: input, outputs, memory plan |

In your own application, `fv_begin`, `fv_push_row` and `fv_output` of `fovea/runtime/fv_net.h` are all you need; they know
nothing of the link. Where there is a `generated/fv_head.c`,
`fv_boxes` of `fovea/runtime/fv_boxes.h` then turns the outputs into boxes.

## Licence

Fovea's files are under the Apache License 2.0, see LICENSE and NOTICE. The weights carry the licence of the model they came from.
