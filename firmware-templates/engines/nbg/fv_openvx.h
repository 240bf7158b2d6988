/* What is used of OpenVX 1.3 and its import of compiled networks: the names, numbers and layouts of Khronos' specification,
 * and of the quantisation that Vivante adds. A library is loaded when the program runs; none of its headers is needed.
 */
#ifndef FV_OPENVX_H
#define FV_OPENVX_H

#include <stddef.h>
#include <stdint.h>

typedef struct vx_object *vx_object; /* a context, graph, kernel, node, parameter, meta format or tensor */
typedef int32_t vx_enum;
typedef vx_enum vx_status;

enum { VX_SUCCESS = 0 };

enum { VX_INPUT = 0, VX_OUTPUT = 1, VX_READ_ONLY = 0x11001, VX_WRITE_ONLY = 0x11002 };

enum { VX_TYPE_INT8 = 2, VX_TYPE_UINT8 = 3, VX_TYPE_FLOAT32 = 10, VX_TYPE_TENSOR = 0x815 };

enum { VX_QUANT_NONE = 0, VX_QUANT_AFFINE_SCALE = 2 };

enum {
  VX_REFERENCE_TYPE = 0x80001,
  VX_KERNEL_PARAMETERS = 0x80400,
  VX_PARAMETER_DIRECTION = 0x80501,
  VX_PARAMETER_META_FORMAT = 0x80505,
  VX_TENSOR_NUMBER_OF_DIMS = 0x81500,
  VX_TENSOR_DIMS = 0x81501,
  VX_TENSOR_DATA_TYPE = 0x81502,
  VX_TENSOR_QUANT_FORMAT = 0x781500,
  VX_TENSOR_ZERO_POINT = 0x781501,
  VX_TENSOR_SCALE = 0x781502
};

enum { VX_MOST_DIMS = 6 };

/* How vxImportKernelFromURL reads its third argument: as the path of a file. */
#define VX_FROM_FILE "vx_vivante_file"

/* vx_tensor_create_params_t. */
struct vx_tensor_params {
  uint32_t dims;
  uint32_t *sizes; /* innermost first */
  vx_enum data_type, quant_format;
  union {
    struct {
      float scale;
      int32_t zero_point;
    } affine;
    struct { /* not used; it makes the union as large as the library's */
      uint32_t dim, scales_count;
      float *scales;
      uint32_t zero_points_count;
      int32_t *zero_points;
    } per_channel;
  } quant;
};

/* Every function that is used: result, name, arguments. */
#define FV_OPENVX_FUNCTIONS(F)                                                                                  \
  F(vx_object, vxCreateContext, (void))                                                                         \
  F(vx_object, vxCreateGraph, (vx_object context))                                                              \
  F(vx_object, vxImportKernelFromURL, (vx_object context, const char *type, const char *url))                   \
  F(vx_status, vxGetStatus, (vx_object reference))                                                              \
  F(vx_object, vxCreateGenericNode, (vx_object graph, vx_object kernel))                                        \
  F(vx_status, vxQueryKernel, (vx_object kernel, vx_enum attribute, void *value, size_t bytes))                 \
  F(vx_object, vxGetKernelParameterByIndex, (vx_object kernel, uint32_t index))                                 \
  F(vx_status, vxQueryParameter, (vx_object parameter, vx_enum attribute, void *value, size_t bytes))           \
  F(vx_status, vxQueryMetaFormatAttribute, (vx_object meta, vx_enum attribute, void *value, size_t bytes))      \
  F(vx_object, vxCreateTensor2, (vx_object context, const struct vx_tensor_params *params, size_t bytes))       \
  F(vx_status, vxSetParameterByIndex, (vx_object node, uint32_t index, vx_object value))                        \
  F(vx_status, vxVerifyGraph, (vx_object graph))                                                                \
  F(vx_status, vxProcessGraph, (vx_object graph))                                                               \
  F(vx_status, vxCopyTensorPatch,                                                                               \
    (vx_object tensor, size_t dims, const size_t *start, const size_t *end, const size_t *stride, void *memory, \
     vx_enum usage, vx_enum memory_type))

#define FV_OPENVX_POINTER(result, name, arguments) result(*name) arguments;
struct fv_openvx {
  FV_OPENVX_FUNCTIONS(FV_OPENVX_POINTER)
};
#undef FV_OPENVX_POINTER

/* Loads the library. Returns 0; else writes why not into words. */
int fv_openvx_load(struct fv_openvx *vx, char *words, size_t bytes);

#endif
