/* A stand-in for the OpenVX of an STM32MP2, for tests: it runs the same model with Fovea's own kernels, compiled into this
 * library. Its network binary graphs are the tests' own: the header of the real ones, then what OpenVX tells of each tensor.
 *
 * FAKE_OPENVX in the environment gives outputs another type, "uint8" or "float32", or makes it misbehave: "shape", "scale", "outputs" or "type" (tensors of another model), "import",
 * "verify", "run" (a call fails), "noise" (some values one step off), "damage" (outputs of nothing), "restless" (each run
 * differs).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "fv_net.h"
#include "fv_network.h"
#include "fv_openvx.h"
#include "fv_port.h"

#define API __attribute__((visibility("default")))

enum { HEADER_BYTES = 92, INPUTS_AT = 84, OUTPUTS_AT = 88, MOST_TENSORS = 8, FAILED = -1 };

/* As the file has it, little endian. */
struct record {
  uint32_t dims, sizes[VX_MOST_DIMS], type, quant;
  float scale;
  int32_t zero_point;
};

static struct record records[MOST_TENSORS];
static uint32_t inputs, outputs;

/* Any of the API's objects; of a tensor also its values. */
struct vx_object {
  uint32_t index;
  uint8_t *data;
  size_t bytes;
};
static struct vx_object one, kernel, parameters[MOST_TENSORS], tensors[MOST_TENSORS];

static int asked(const char *mischief) {
  const char *set = getenv("FAKE_OPENVX");
  return set && strcmp(set, mischief) == 0;
}

uint64_t fv_port_ticks(void) { return 0; }

#define FAKE(result, name, arguments) API result name arguments;
FV_OPENVX_FUNCTIONS(FAKE)
#undef FAKE

vx_object vxCreateContext(void) { return &one; }
vx_object vxCreateGraph(vx_object context) { return context; }
vx_object vxCreateGenericNode(vx_object graph, vx_object imported) { return imported == &kernel ? graph : NULL; }
vx_status vxGetStatus(vx_object reference) { return reference ? VX_SUCCESS : FAILED; }
vx_status vxVerifyGraph(vx_object graph) { return graph && !asked("verify") ? VX_SUCCESS : FAILED; }

vx_object vxImportKernelFromURL(vx_object context, const char *type, const char *url) {
  uint8_t header[HEADER_BYTES];
  FILE *file = fopen(url, "rb");
  if (!context || strcmp(type, VX_FROM_FILE) != 0 || !file || asked("import") ||
      fread(header, 1, sizeof header, file) != sizeof header || memcmp(header, "VPMN", 4) != 0) {
    return NULL;
  }
  memcpy(&inputs, header + INPUTS_AT, sizeof inputs);
  memcpy(&outputs, header + OUTPUTS_AT, sizeof outputs);
  const size_t count = inputs + outputs;
  if (count > MOST_TENSORS || fread(records, sizeof records[0], count, file) != count) {
    return NULL;
  }
  fclose(file);
  struct record *last = &records[count - 1];
  if (asked("uint8")) {
    last->type = VX_TYPE_UINT8;
    last->zero_point += 128;
  } else if (asked("float32")) {
    last->type = VX_TYPE_FLOAT32;
    last->quant = VX_QUANT_NONE;
  }
  records[0].sizes[1] += asked("shape") ? 1 : 0;
  last->scale *= asked("scale") ? 2 : 1;
  last->type = asked("type") ? 4 : last->type;
  outputs += asked("outputs") ? 1 : 0;
  return &kernel;
}

vx_status vxQueryKernel(vx_object imported, vx_enum attribute, void *value, size_t bytes) {
  const uint32_t count = inputs + outputs;
  if (imported != &kernel || attribute != VX_KERNEL_PARAMETERS || bytes != sizeof count) {
    return FAILED;
  }
  memcpy(value, &count, sizeof count);
  return VX_SUCCESS;
}

vx_object vxGetKernelParameterByIndex(vx_object imported, uint32_t index) {
  parameters[index].index = index;
  return imported == &kernel ? &parameters[index] : NULL;
}

vx_status vxQueryParameter(vx_object parameter, vx_enum attribute, void *value, size_t bytes) {
  const vx_enum direction = parameter->index < inputs ? VX_INPUT : VX_OUTPUT;
  if (attribute == VX_PARAMETER_DIRECTION && bytes == sizeof direction) {
    memcpy(value, &direction, bytes);
    return VX_SUCCESS;
  }
  if (attribute == VX_PARAMETER_META_FORMAT && bytes == sizeof parameter) {
    memcpy(value, &parameter, bytes);
    return VX_SUCCESS;
  }
  return FAILED;
}

vx_status vxQueryMetaFormatAttribute(vx_object meta, vx_enum attribute, void *value, size_t bytes) {
  const struct record *record = &records[meta->index];
  const vx_enum tensor = VX_TYPE_TENSOR;
  const size_t dims = record->dims;
  size_t sizes[VX_MOST_DIMS];
  for (int i = 0; i < VX_MOST_DIMS; i++) {
    sizes[i] = record->sizes[i];
  }
  const struct {
    vx_enum attribute;
    const void *value;
    size_t bytes;
  } known[] = {{VX_REFERENCE_TYPE, &tensor, sizeof tensor},
               {VX_TENSOR_NUMBER_OF_DIMS, &dims, sizeof dims},
               {VX_TENSOR_DIMS, sizes, sizeof sizes},
               {VX_TENSOR_DATA_TYPE, &record->type, sizeof record->type},
               {VX_TENSOR_QUANT_FORMAT, &record->quant, sizeof record->quant},
               {VX_TENSOR_SCALE, &record->scale, sizeof record->scale},
               {VX_TENSOR_ZERO_POINT, &record->zero_point, sizeof record->zero_point}};
  for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
    if (known[i].attribute == attribute && known[i].bytes == bytes) {
      memcpy(value, known[i].value, bytes);
      return VX_SUCCESS;
    }
  }
  return FAILED;
}

vx_object vxCreateTensor2(vx_object context, const struct vx_tensor_params *params, size_t bytes) {
  static uint32_t made;
  if (!context || bytes != sizeof *params || made == MOST_TENSORS) {
    return NULL;
  }
  struct vx_object *tensor = &tensors[made];
  tensor->index = made++;
  tensor->bytes = params->data_type == VX_TYPE_FLOAT32 ? sizeof(float) : 1;
  for (uint32_t i = 0; i < params->dims; i++) {
    tensor->bytes *= params->sizes[i];
  }
  tensor->data = calloc(1, tensor->bytes);
  return tensor;
}

vx_status vxSetParameterByIndex(vx_object node, uint32_t index, vx_object value) {
  return node && value == &tensors[index] ? VX_SUCCESS : FAILED;
}

vx_status vxCopyTensorPatch(vx_object tensor, size_t dims, const size_t *start, const size_t *end, const size_t *stride,
                            void *memory, vx_enum usage, vx_enum memory_type) {
  const size_t bytes = dims > 0 && start[0] == 0 ? end[dims - 1] * stride[dims - 1] : 0;
  if (bytes != tensor->bytes || memory_type != 0) {
    return FAILED;
  }
  memcpy(usage == VX_WRITE_ONLY ? tensor->data : memory, usage == VX_WRITE_ONLY ? memory : tensor->data, bytes);
  return usage == VX_WRITE_ONLY || usage == VX_READ_ONLY ? VX_SUCCESS : FAILED;
}

/* An output as the network has it: the model's are int8. */
static void give(uint32_t output, const int8_t *values, uint32_t run) {
  const struct record *record = &records[inputs + output];
  const struct vx_object *tensor = &tensors[inputs + output];
  for (uint32_t i = 0; i < fv_plan.outputs[output].bytes; i++) {
    int8_t value = values[i];
    value = asked("noise") && i % 16 == 0 ? (int8_t)(value + (value < 127 ? 1 : -1)) : value;
    value = asked("damage") ? (int8_t)(i * 7) : value;
    value = asked("restless") && i == 0 ? (int8_t)run : value;
    if (record->type == VX_TYPE_FLOAT32) {
      const float real = record->scale * (float)(value - record->zero_point);
      memcpy(tensor->data + i * sizeof real, &real, sizeof real);
    } else {
      tensor->data[i] = (uint8_t)value ^ (record->type == VX_TYPE_UINT8 ? 0x80u : 0);
    }
  }
}

vx_status vxProcessGraph(vx_object graph) {
  static uint64_t ticks[FV_LAYERS];
  static uint32_t crcs[FV_LAYERS], run;
  struct fv_image image = {.ticks = ticks, .crc = crcs};
  struct fv_net net = {.images = &image, .n_images = 1};
  enum fv_status status = FV_OK;
  if (!graph || asked("run")) {
    return FAILED;
  }
  fv_begin(&net, 0);
  for (int row = 0; row < FV_INPUT_HEIGHT && status == FV_OK; row++) {
    status = fv_push_row(&net, tensors[0].data + (size_t)row * FV_INPUT_WIDTH * FV_INPUT_CHANNELS);
  }
  run++;
  for (uint32_t i = 0; i < outputs && status == FV_IMAGE_DONE; i++) {
    give(i, fv_output(&net, (int)i), run);
  }
  return status == FV_IMAGE_DONE ? VX_SUCCESS : FAILED;
}
