/* A network that ST Edge AI has compiled for the Neural-ART NPU. Its runtime (ll_aton, with what the NPU cannot compute
 * in NetworkRuntime*.a) is ST's, from the user's installation. Source of the calls: ST's "Embedded ST Neural ART API",
 * and ll_aton_rt_main.c, which is their template.
 *
 * The runtime has no errors but assertions, of its interrupt handler as well. They are caught here, by setjmp: in the
 * handler its interrupts stay off and the run ends; no image after it has results. */
#include "fv_engine.h"
#include <assert.h>
#include <setjmp.h>
#include <string.h>
#include "fv_cache_range.h"
#include "fv_config.h"
#include "fv_crc32.h"
#include "fv_neural_art.h"
#include "fv_npu.h"
#include "fv_port.h"
#include "ll_aton_runtime.h"

#define JOIN(a, b) a##b
#define NAMED(prefix, name) JOIN(prefix, name)
#define DECLARE(name) LL_ATON_DECLARE_NAMED_NN_INSTANCE_AND_INTERFACE(name)

DECLARE(FV_NPU_NETWORK)

#define NETWORK (&NAMED(NN_Instance_, FV_NPU_NETWORK))
#define INPUTS NAMED(LL_ATON_Input_Buffers_Info_, FV_NPU_NETWORK)
#define OUTPUTS NAMED(LL_ATON_Output_Buffers_Info_, FV_NPU_NETWORK)

enum { WORDS = 240, RUN_SECONDS = 10, DIMENSIONS = 4 };

/* The compiled network's number of each output of the model. */
static const uint8_t numbers[] = FV_NPU_OUTPUTS;
enum { COUNT = sizeof numbers };

/* What must lie in flash. */
static const struct {
  uintptr_t address;
  uint8_t file; /* of fv_engine_files */
  const char *what;
} images[] = FV_NPU_IMAGES;

static char words[WORDS + 1];
static const LL_Buffer_InfoTypeDef *inputs, *outputs;
static uint8_t flip; /* xor of each byte: the compiled input may be unsigned where the model's is signed */
static int has_run;

const char *fv_engine_words(void) { return words; }

/* Texts up to NULL. The first failure is the cause. */
static void say(const char *const texts[]) {
  if (words[0] != 0) {
    return;
  }
  size_t n = 0;
  for (; *texts; texts++) {
    const size_t length = strlen(*texts), room = WORDS - n;
    memcpy(words + n, *texts, length < room ? length : room);
    n += length < room ? length : room;
  }
}

static int fail(int status, const char *why, const char *remedy) {
  say((const char *const[]){"the NPU: ", why, remedy, NULL});
  return status;
}

/* Where assertions go on. */
static jmp_buf in_run, in_handler;
static volatile int running, handling;
static volatile int handler_failed;

void __assert_func(const char *file, int line, const char *function, const char *expression) {
  char number[12] = {0};
  char *p = number + sizeof number - 1;
  for (unsigned rest = (unsigned)line; p > number && (rest > 0 || !*p); rest /= 10) {
    *--p = (char)('0' + rest % 10);
  }
  const char *const slash = strrchr(file, '/');
  say((const char *const[]){"the NPU: ST's runtime stopped in ", function ? function : "?", ", ",
                            slash ? slash + 1 : file, ":", p, " (", expression,
                            "): flash the weights of this very network, reset the board", NULL});
  if (handling) {
    longjmp(in_handler, 1);
  }
  if (running) {
    longjmp(in_run, 1);
  }
  __builtin_trap();
}

/* ST's handler of line 0; absent from its headers. */
void CDNN0_IRQHandler(void);

void fv_npu_handler(void);
void fv_npu_handler(void) {
  handling = 1;
  if (setjmp(in_handler) == 0) {
    CDNN0_IRQHandler();
  } else {
    fv_npu_interrupt(0, 0);
    handler_failed = 1;
  }
  handling = 0;
}

static int is_of(const LL_Buffer_InfoTypeDef *buffer, const struct fv_engine_tensor *tensor, int *is_flipped) {
  const int is_unsigned = buffer->type == DataType_UINT8;
  const int zero_point = tensor->zero_point + 128 * (is_unsigned - tensor->is_unsigned);
  const int given = buffer->mem_ndims;
  int same = (is_unsigned || buffer->type == DataType_INT8) && given <= DIMENSIONS && buffer->scale && buffer->offset &&
             buffer->offset[0] == zero_point;
  for (int i = 0; same && i < DIMENSIONS; i++) {
    const int from = i - (DIMENSIONS - given);
    same = tensor->shape[i] == (from < 0 ? 1u : buffer->mem_shape[from]);
  }
  const float difference = same ? buffer->scale[0] - tensor->scale : 0;
  *is_flipped = is_unsigned != tensor->is_unsigned;
  return same && difference <= tensor->scale * 1e-6f && -difference <= tensor->scale * 1e-6f;
}

static int compare(void) {
  static const char *const remedy = ": generate the project again, with the folder that was compiled from its model";
  int is_flipped, n = 0;
  while (outputs[n].name) {
    n++;
  }
  const int one_input = inputs[0].name && (!inputs[1].name || inputs[1].is_param); /* weights may follow */
  if (!one_input || n != COUNT) {
    return fail(FV_ENGINE_MISMATCH, "the compiled network has other inputs and outputs than the model", remedy);
  }
  if (!is_of(&inputs[0], &fv_engine_model_input, &is_flipped)) {
    return fail(FV_ENGINE_MISMATCH, "the compiled network's input is not the model's", remedy);
  }
  flip = is_flipped ? 0x80 : 0;
  for (int i = 0; i < COUNT; i++) {
    if (!is_of(&outputs[numbers[i]], &fv_engine_model_outputs[i], &is_flipped) || is_flipped) {
      return fail(FV_ENGINE_MISMATCH, "an output of the compiled network is not the model's", remedy);
    }
  }
  return FV_ENGINE_OK;
}

/* Weights of another network would give boxes, too. */
static int check_flash(void) {
  for (size_t i = 0; i < sizeof images / sizeof images[0]; i++) {
    const struct fv_engine_file *const file = &fv_engine_files[images[i].file];
    if (fv_crc32(0, (const uint8_t *)images[i].address, file->bytes) != file->crc32) {
      return fail(FV_ENGINE_MISSING, "the flash does not hold the network's weights: write ", images[i].what);
    }
  }
  return FV_ENGINE_OK;
}

int fv_engine_start(void) {
  const char *const wrong = fv_npu_on();
  if (wrong) {
    return fail(FV_ENGINE_MISSING, wrong, ": reset the board");
  }
  if (check_flash() != FV_ENGINE_OK) {
    return FV_ENGINE_MISSING;
  }
  if (setjmp(in_run) != 0) {
    running = 0;
    return FV_ENGINE_FAILED;
  }
  running = 1;
  inputs = INPUTS();
  outputs = OUTPUTS();
  const int status = compare();
  if (status == FV_ENGINE_OK) {
    LL_ATON_RT_RuntimeInit();
    LL_ATON_RT_Init_Network(NETWORK);
  }
  running = 0;
  return status;
}

uint8_t *fv_engine_input(void) { return LL_Buffer_addr_start(&inputs[0]); }

const void *fv_engine_output(int i) { return LL_Buffer_addr_start(&outputs[numbers[i]]); }

/* The rows are written by the core: into memory with them. */
static void give_input(void) {
  uint8_t *const bytes = fv_engine_input();
  const uint32_t n = LL_Buffer_len(&inputs[0]);
  for (uint32_t i = 0; flip && i < n; i++) {
    bytes[i] ^= flip;
  }
  fv_cache_clean((uintptr_t)bytes, n);
}

/* Epoch by epoch: some the NPU computes, while the core sleeps, some the core. */
static int run_epochs(void) {
  const uint64_t end = fv_port_ticks() + RUN_SECONDS * FV_CLOCK_HERTZ;
  LL_ATON_RT_RetValues_t state;
  do {
    state = LL_ATON_RT_RunEpochBlock(NETWORK);
    if (handler_failed) {
      return FV_ENGINE_FAILED;
    }
    if (state == LL_ATON_RT_WFE) {
      if (fv_port_ticks() > end) {
        return fail(FV_ENGINE_FAILED, "no interrupt for 10 s",
                    ": flash the weights of this very network, reset the board");
      }
      LL_ATON_OSAL_WFE();
    }
  } while (state != LL_ATON_RT_DONE);
  return FV_ENGINE_OK;
}

int fv_engine_run(void) {
  if (setjmp(in_run) != 0) {
    running = 0;
    return FV_ENGINE_FAILED;
  }
  running = 1;
  give_input();
  if (has_run) {
    LL_ATON_RT_Reset_Network(NETWORK);
  }
  has_run = 1;
  const int status = run_epochs();
  running = 0;
  for (int i = 0; i < COUNT; i++) {
    fv_cache_drop((uintptr_t)fv_engine_output(i), LL_Buffer_len(&outputs[numbers[i]]));
  }
  return status;
}
