/* ${view.model}: the network: its plan, its layers, their order.
<#list view.provenance as line>
 * ${line}
</#list>
 *
<#list view.summary as line>
 * ${line}
</#list>
 */
#include "fv_network.h"
#include "fv_config.h"
#include "fv_net.h"
#include "fv_weights.h"
<#list view.kernelHeaders as header>
#include "${header}"
</#list>

_Static_assert(FV_RUNTIME_ABI == ${view.runtimeAbi}u, "this file was generated for another fovea/runtime: generate again");
<#list view.scratchAsserts as assertion>
_Static_assert(${assertion}, "scratch is smaller than the kernel declares");
</#list>

/* Activations and scratch, overlaid by lifetime. Offsets are planned; deployment.json lists them. */
FV_ARENA_MEMORY static int8_t arena[FV_ARENA_BYTES];

static const struct fv_buffer buffers[FV_BUFFERS] = {
<#list view.buffers as buffer>
  {arena + ${buffer.offset}, ${buffer.rowBytes}, ${buffer.height}, ${buffer.ringRows}}, /* ${buffer.index}: ${buffer.comment} */
</#list>
};

/* layer, first row, rows, first channel, channels, image rows that must be there */
static const struct fv_step steps[FV_STEPS] = {
<#list view.steps as step>
  {${step.layer}, ${step.firstRow}, ${step.rows}, ${step.firstChannel}, ${step.channels}, ${step.inputRows}},
</#list>
};

<#if view.runsAhead>
/* Steps of the last image that must be done before each of these steps of the next one. */
static const uint16_t after[FV_AHEAD] = {
<#list view.after as line>
  ${line},
</#list>
};

</#if>
static const uint16_t layer_buffer[FV_LAYERS] = {
<#list view.layerBuffers as line>
  ${line},
</#list>
};
static const uint16_t layer_channels[FV_LAYERS] = {
<#list view.layerChannels as line>
  ${line},
</#list>
};
static const struct fv_output outputs[FV_OUTPUTS] = {
<#list view.outputs as output>
  {${output.buffer}, ${output.bytes}}, /* ${output.comment} */
</#list>
};

const struct fv_plan fv_plan = {
  .buffers = buffers,
  .steps = steps,
<#if view.runsAhead>
  .after = after,
</#if>
  .layer_buffer = layer_buffer,
  .layer_channels = layer_channels,
  .outputs = outputs,
  .n_buffers = FV_BUFFERS,
  .n_steps = FV_STEPS,
  .n_layers = FV_LAYERS,
  .n_outputs = FV_OUTPUTS,
  .n_ahead = FV_AHEAD,
  .arena = arena,
  .arena_bytes = FV_ARENA_BYTES,
  .input_flip = ${view.inputFlip},
};
<#list view.layers as layer>

/* ${layer.title}
<#list layer.notes as note>
 * ${note}
</#list>
 */
<#list layer.parameters as parameters>
<#list parameters.arrays as array>
static const uint16_t ${array.name}[] = {
${array.values}
};
</#list>
static const struct ${parameters.type} ${parameters.name} = {
<#list parameters.fields as field>
  .${field.name} = ${field.value},
</#list>
};
</#list>
</#list>

/* Rows of the current step. Only one step runs at a time. */
static const int8_t *in[FV_ROW_POINTERS];
<#if view.twoInputs>
static const int8_t *in2[FV_ROW_POINTERS];
</#if>
static int8_t *out[FV_ROW_POINTERS];

void fv_run_step(const struct fv_step *step) {
  const int32_t first = step->first_row;
  const int32_t rows = step->rows;

  fv_out_rows(&buffers[layer_buffer[step->layer]], first, rows, out);
  switch (step->layer) {
<#list view.layers as layer>
  case ${layer.index}: /* ${layer.title} */
<#list layer.calls as call>
    ${call}
</#list>
    break;
</#list>
  default:
    break;
  }
}
