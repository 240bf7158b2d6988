/* ${view.model}: the network, which ${view.engine} computes as a whole.
<#list view.provenance as line>
 * ${line}
</#list>
 *
<#list view.summary as line>
 * ${line}
</#list>
 */
#include "fv_network.h"
#include <stddef.h>
#include "fv_config.h"
#include "fv_engine.h"
#include "fv_net.h"

_Static_assert(FV_RUNTIME_ABI == ${view.runtimeAbi}u, "this file was generated for another fovea/runtime: generate again");

const struct fv_engine_tensor fv_engine_model_input = ${view.input};
const struct fv_engine_tensor fv_engine_model_outputs[FV_OUTPUTS] = {
<#list view.outputTensors as tensor>
  ${tensor},
</#list>
};

const struct fv_engine_file fv_engine_files[] = {
<#list view.files as file>
  {${file.bytes}, ${file.crc32}},
</#list>
};

/* The engine's own: their places are known once it has started. */
static struct fv_buffer buffers[FV_BUFFERS] = {
<#list view.buffers as buffer>
  {NULL, ${buffer.rowBytes}, ${buffer.height}, ${buffer.height}}, /* ${buffer.comment} */
</#list>
};

/* One step, which wants the whole image. */
static const struct fv_step steps[FV_STEPS] = {{.rows = 1, .channels = 1, .input_rows = FV_INPUT_HEIGHT}};
static const uint16_t layer_buffer[FV_LAYERS] = {1};
static const uint16_t layer_channels[FV_LAYERS] = {1};
static const struct fv_output outputs[FV_OUTPUTS] = {
<#list view.outputs as output>
  {${output.buffer}, ${output.bytes}}, /* ${output.comment} */
</#list>
};

static const char *failure;

const struct fv_plan fv_plan = {
  .buffers = buffers,
  .steps = steps,
  .layer_buffer = layer_buffer,
  .layer_channels = layer_channels,
  .outputs = outputs,
  .n_buffers = FV_BUFFERS,
  .n_steps = FV_STEPS,
  .n_layers = FV_LAYERS,
  .n_outputs = FV_OUTPUTS,
  .input_flip = 0,
  .failure = &failure,
};

static int failed(int status) {
  if (status != FV_ENGINE_OK) {
    __atomic_store_n(&failure, fv_engine_words(), __ATOMIC_RELEASE);
  }
  return status != FV_ENGINE_OK;
}

void fv_network_start(void) {
  if (failed(fv_engine_start())) {
    return;
  }
  buffers[0].data = (int8_t *)fv_engine_input();
  for (int i = 0; i < FV_OUTPUTS; i++) {
    buffers[1 + i].data = (int8_t *)(uintptr_t)fv_engine_output(i);
  }
}

void fv_run_step(const struct fv_step *step) {
  (void)step;
  failed(fv_engine_run());
}
