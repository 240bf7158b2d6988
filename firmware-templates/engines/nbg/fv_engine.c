/* A network binary graph on the NPU of an STM32MP2, by way of OpenVX: a graph of one node, whose kernel is the file.
 *
 * The file lies beside the program, under its name with .nb, and is the one that the project was generated with. Image and
 * outputs are copied in and out: the address of a mapped tensor is good for one mapping only. */
#include "fv_engine.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "fv_config.h"
#include "fv_crc32.h"
#include "fv_net.h"
#include "fv_network.h"
#include "fv_openvx.h"

enum { PATH_BYTES = 4096, DIMS = 4 };

static const char suffix[] = ".nb";
static char words[241];
static struct fv_openvx vx;
static vx_object context, graph, kernel, node;

/* A tensor of the network. */
struct tensor {
  vx_object object;
  size_t dims, end[VX_MOST_DIMS], stride[VX_MOST_DIMS];
  uint32_t elements;
  vx_enum type;
  int8_t *data; /* as the model has it */
  float *real;  /* as the network has it, when that is float32 */
  const struct fv_engine_tensor *model;
};

/* Image and outputs, int8 or uint8 as the model's. */
FV_ARENA_MEMORY static int8_t arena[FV_ARENA_BYTES];
static struct tensor image, outputs[FV_OUTPUTS];

const char *fv_engine_words(void) { return words; }

__attribute__((format(printf, 2, 3))) static int fail(enum fv_engine_status status, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(words, sizeof words, format, arguments);
  va_end(arguments);
  return status;
}

/* Beside the program, whatever the folder that it was started in. */
static int find_file(char *path) {
  const ssize_t length = readlink("/proc/self/exe", path, PATH_BYTES - sizeof suffix);
  if (length <= 0) {
    return fail(FV_ENGINE_MISSING, "/proc/self/exe does not say where the program is: is /proc mounted?");
  }
  memcpy(path + length, suffix, sizeof suffix);
  return FV_ENGINE_OK;
}

static int check_file(const char *path) {
  const struct fv_engine_file *wanted = &fv_engine_files[0];
  uint8_t part[4096];
  uint32_t bytes = 0, crc = 0;
  FILE *file = fopen(path, "rb");
  if (!file) {
    return fail(FV_ENGINE_MISSING, "%.120s cannot be read: copy the project's compiled network beside the program", path);
  }
  for (size_t n; (n = fread(part, 1, sizeof part, file)) > 0;) {
    crc = fv_crc32(crc, part, n);
    bytes += (uint32_t)n;
  }
  fclose(file);
  if (bytes != wanted->bytes || crc != wanted->crc32) {
    return fail(FV_ENGINE_MISMATCH,
                "%.90s is not the compiled network of this project: %u bytes, CRC-32 %08x, not %u bytes, %08x. Copy"
                " compiled/network.nb anew",
                path, bytes, crc, wanted->bytes, wanted->crc32);
  }
  return FV_ENGINE_OK;
}

static int query(vx_object meta, vx_enum attribute, void *value, size_t bytes) {
  return vx.vxQueryMetaFormatAttribute(meta, attribute, value, bytes) == VX_SUCCESS;
}

/* The sides, innermost first, without those of 1, as text that begins with the outermost. */
static void sides(char *text, size_t bytes, const size_t *side, size_t n) {
  size_t at = 0;
  text[0] = '\0';
  for (size_t i = n; i > 0 && at < bytes; i--) {
    if (side[i - 1] != 1) {
      at += (size_t)snprintf(text + at, bytes - at, at > 0 ? "x%zu" : "%zu", side[i - 1]);
    }
  }
}

/* Innermost first here, outermost first in the model. */
static int same_shape(const char *which, const struct tensor *tensor) {
  size_t wanted[DIMS];
  char found_text[64], wanted_text[64];
  for (int i = 0; i < DIMS; i++) {
    wanted[i] = tensor->model->shape[DIMS - 1 - i];
  }
  sides(found_text, sizeof found_text, tensor->end, tensor->dims);
  sides(wanted_text, sizeof wanted_text, wanted, DIMS);
  if (strcmp(found_text, wanted_text) != 0) {
    return fail(FV_ENGINE_MISMATCH, "%s of the compiled network is %s, of the model %s: it was made of another model", which,
                found_text, wanted_text);
  }
  return FV_ENGINE_OK;
}

/* A byte with its top bit flipped is the same value of the other type; its zero point moves by 128. */
static int flips(const struct tensor *tensor) {
  return (tensor->type == VX_TYPE_UINT8) != (tensor->model->is_unsigned != 0);
}

static int same_values(const char *which, const struct tensor *tensor, vx_enum format, float scale, int32_t zero_point) {
  const struct fv_engine_tensor *model = tensor->model;
  const int32_t moved = flips(tensor) ? (model->is_unsigned ? -128 : 128) : 0;
  const float difference = scale > model->scale ? scale - model->scale : model->scale - scale;
  if (format != VX_QUANT_AFFINE_SCALE || difference > model->scale * 1e-4f || zero_point != model->zero_point + moved) {
    return fail(FV_ENGINE_MISMATCH,
                "%s of the compiled network has scale %g and zero point %d, of the model %g and %d: it was made of another model",
                which, (double)scale, (int)zero_point, (double)model->scale, model->zero_point + (int)moved);
  }
  return FV_ENGINE_OK;
}

static int describe(const char *which, struct tensor *tensor, vx_object meta, struct vx_tensor_params *params) {
  vx_enum object_type = 0;
  size_t dims = 0, ends[VX_MOST_DIMS] = {0};
  float scale = 0;
  int32_t zero_point = 0;
  if (!query(meta, VX_REFERENCE_TYPE, &object_type, sizeof object_type) || object_type != VX_TYPE_TENSOR ||
      !query(meta, VX_TENSOR_NUMBER_OF_DIMS, &dims, sizeof dims) || dims == 0 || dims > VX_MOST_DIMS ||
      !query(meta, VX_TENSOR_DIMS, ends, sizeof ends) ||
      !query(meta, VX_TENSOR_DATA_TYPE, &params->data_type, sizeof params->data_type) ||
      !query(meta, VX_TENSOR_QUANT_FORMAT, &params->quant_format, sizeof params->quant_format)) {
    return fail(FV_ENGINE_MISMATCH, "%s of the compiled network is no tensor of 1 to %d dimensions", which, VX_MOST_DIMS);
  }
  tensor->dims = dims;
  tensor->type = params->data_type;
  tensor->elements = 1;
  for (size_t i = 0; i < dims; i++) {
    tensor->end[i] = ends[i];
    params->sizes[i] = (uint32_t)ends[i];
    tensor->stride[i] = i > 0 ? tensor->stride[i - 1] * ends[i - 1] : tensor->type == VX_TYPE_FLOAT32 ? sizeof(float) : 1;
    tensor->elements *= (uint32_t)ends[i];
  }
  params->dims = (uint32_t)dims;
  const int status = same_shape(which, tensor);
  if (status != FV_ENGINE_OK || (tensor->type == VX_TYPE_FLOAT32 && tensor != &image)) {
    return status;
  }
  if (tensor->type != VX_TYPE_INT8 && tensor->type != VX_TYPE_UINT8) {
    return fail(FV_ENGINE_MISMATCH, "%s of the compiled network has OpenVX's type %d: compile it for int8 or uint8", which,
                (int)tensor->type);
  }
  if (params->quant_format == VX_QUANT_AFFINE_SCALE &&
      (!query(meta, VX_TENSOR_SCALE, &scale, sizeof scale) ||
       !query(meta, VX_TENSOR_ZERO_POINT, &zero_point, sizeof zero_point))) {
    return fail(FV_ENGINE_MISMATCH, "%s of the compiled network does not tell its scale", which);
  }
  params->quant.affine.scale = scale;
  params->quant.affine.zero_point = zero_point;
  return same_values(which, tensor, params->quant_format, scale, zero_point);
}

/* Makes the tensor of one parameter of the kernel, and gives it to the node. */
static int connect(const char *which, struct tensor *tensor, uint32_t index, vx_object parameter) {
  uint32_t sizes[VX_MOST_DIMS];
  struct vx_tensor_params params = {.sizes = sizes};
  vx_object meta = NULL;
  if (vx.vxQueryParameter(parameter, VX_PARAMETER_META_FORMAT, &meta, sizeof meta) != VX_SUCCESS || !meta) {
    return fail(FV_ENGINE_MISMATCH, "%s of the compiled network is not described", which);
  }
  const int status = describe(which, tensor, meta, &params);
  if (status != FV_ENGINE_OK) {
    return status;
  }
  tensor->object = vx.vxCreateTensor2(context, &params, sizeof params);
  if (!tensor->object || vx.vxGetStatus(tensor->object) != VX_SUCCESS ||
      vx.vxSetParameterByIndex(node, index, tensor->object) != VX_SUCCESS) {
    return fail(FV_ENGINE_FAILED, "OpenVX makes no tensor for %s: is memory short?", which);
  }
  tensor->real = tensor->type == VX_TYPE_FLOAT32 ? malloc(tensor->elements * sizeof *tensor->real) : NULL;
  return tensor->type == VX_TYPE_FLOAT32 && !tensor->real ? fail(FV_ENGINE_FAILED, "no memory for %s", which) : FV_ENGINE_OK;
}

/* Inputs come before outputs, each in the order of the model. */
static int connect_all(void) {
  uint32_t count = 0, inputs = 0, found = 0;
  if (vx.vxQueryKernel(kernel, VX_KERNEL_PARAMETERS, &count, sizeof count) != VX_SUCCESS) {
    return fail(FV_ENGINE_FAILED, "OpenVX does not tell the tensors of the compiled network");
  }
  for (uint32_t i = 0; i < count; i++) {
    char which[32];
    vx_enum direction = VX_OUTPUT;
    vx_object parameter = vx.vxGetKernelParameterByIndex(kernel, i);
    if (vx.vxQueryParameter(parameter, VX_PARAMETER_DIRECTION, &direction, sizeof direction) != VX_SUCCESS) {
      return fail(FV_ENGINE_FAILED, "OpenVX does not tell tensor %u of the compiled network", i);
    }
    struct tensor *tensor = NULL;
    if (direction == VX_INPUT) {
      snprintf(which, sizeof which, "the input");
      tensor = inputs++ == 0 ? &image : NULL;
    } else {
      snprintf(which, sizeof which, "output %u", found);
      tensor = found < FV_OUTPUTS ? &outputs[found] : NULL;
      found++;
    }
    const int status = tensor ? connect(which, tensor, i, parameter) : FV_ENGINE_OK;
    if (status != FV_ENGINE_OK) {
      return status;
    }
  }
  return inputs == 1 && found == FV_OUTPUTS ? FV_ENGINE_OK
                                            : fail(FV_ENGINE_MISMATCH,
                                                   "the compiled network has %u inputs and %u outputs, the model 1 and %d:"
                                                   " it was made of another model",
                                                   inputs, found, FV_OUTPUTS);
}

/* Each begins at a multiple of 16 bytes, as planned. */
static void place_tensors(void) {
  int8_t *at = arena;
  image.model = &fv_engine_model_input;
  image.data = at;
  at += (FV_INPUT_HEIGHT * FV_INPUT_WIDTH * FV_INPUT_CHANNELS + 15) / 16 * 16;
  for (int i = 0; i < FV_OUTPUTS; i++) {
    outputs[i].model = &fv_engine_model_outputs[i];
    outputs[i].data = at;
    at += (fv_plan.outputs[i].bytes + 15) / 16 * 16;
  }
}

int fv_engine_start(void) {
  char path[PATH_BYTES];
  int status = find_file(path);
  if (status == FV_ENGINE_OK) {
    status = check_file(path);
  }
  if (status != FV_ENGINE_OK) {
    return status;
  }
  if (fv_openvx_load(&vx, words, sizeof words) != 0) {
    return FV_ENGINE_MISSING;
  }
  place_tensors();
  context = vx.vxCreateContext();
  graph = context ? vx.vxCreateGraph(context) : NULL;
  if (!graph || vx.vxGetStatus(graph) != VX_SUCCESS) {
    return fail(FV_ENGINE_MISSING, "OpenVX has no device: is the NPU's driver loaded (/dev/galcore), and may this user open it?");
  }
  kernel = vx.vxImportKernelFromURL(context, VX_FROM_FILE, path);
  node = kernel && vx.vxGetStatus(kernel) == VX_SUCCESS ? vx.vxCreateGenericNode(graph, kernel) : NULL;
  if (!node || vx.vxGetStatus(node) != VX_SUCCESS) {
    return fail(FV_ENGINE_FAILED,
                "OpenVX does not take the compiled network: it was compiled for another NPU, or for a newer driver than"
                " the board's");
  }
  status = connect_all();
  if (status != FV_ENGINE_OK) {
    return status;
  }
  const vx_status verified = vx.vxVerifyGraph(graph);
  return verified == VX_SUCCESS ? FV_ENGINE_OK : fail(FV_ENGINE_FAILED, "OpenVX refuses the graph with %d", (int)verified);
}

uint8_t *fv_engine_input(void) { return (uint8_t *)image.data; }

const void *fv_engine_output(int i) { return outputs[i].data; }

static int copy(const struct tensor *tensor, vx_enum usage) {
  static const size_t start[VX_MOST_DIMS];
  void *const memory = tensor->real ? (void *)tensor->real : tensor->data;
  return vx.vxCopyTensorPatch(tensor->object, tensor->dims, start, tensor->end, tensor->stride, memory, usage, 0) ==
         VX_SUCCESS;
}

static void flip(const struct tensor *tensor) {
  for (uint32_t i = 0; i < tensor->elements; i++) {
    tensor->data[i] = (int8_t)((uint8_t)tensor->data[i] ^ 0x80u);
  }
}

/* Rounded to the nearest; a value that is not a number has no place. */
static int quantise(const struct tensor *tensor) {
  for (uint32_t i = 0; i < tensor->elements; i++) {
    const float value = tensor->real[i] / tensor->model->scale + (float)tensor->model->zero_point;
    if (!(value > -1e9f && value < 1e9f)) {
      return 0;
    }
    const int32_t nearest = (int32_t)(value + (value < 0 ? -0.5f : 0.5f));
    tensor->data[i] = (int8_t)(nearest < -128 ? -128 : nearest > 127 ? 127 : nearest);
  }
  return 1;
}

int fv_engine_run(void) {
  if (flips(&image)) {
    flip(&image);
  }
  if (!copy(&image, VX_WRITE_ONLY)) {
    return fail(FV_ENGINE_FAILED, "OpenVX does not take the image");
  }
  const vx_status status = vx.vxProcessGraph(graph);
  if (status != VX_SUCCESS) {
    return fail(FV_ENGINE_FAILED, "the NPU's run ended with OpenVX's error %d; `dmesg` may say more", (int)status);
  }
  for (int i = 0; i < FV_OUTPUTS; i++) {
    if (!copy(&outputs[i], VX_READ_ONLY)) {
      return fail(FV_ENGINE_FAILED, "OpenVX does not give output %d", i);
    }
    if (outputs[i].real ? !quantise(&outputs[i]) : 0) {
      return fail(FV_ENGINE_FAILED, "output %d holds values that are no numbers", i);
    }
    if (!outputs[i].real && flips(&outputs[i])) {
      flip(&outputs[i]);
    }
  }
  return FV_ENGINE_OK;
}
