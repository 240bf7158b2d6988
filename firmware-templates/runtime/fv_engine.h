/* A network that somebody else's compiler made, and its engine: what computes it as one step.
 *
 * One engine is linked (engines/<name>/fv_engine.c); the generated fv_network.c calls it from the context that runs steps, and
 * from no other. The input is the whole image, the outputs are int8 in the model's layout, whatever the engine has inside.
 */
#ifndef FV_ENGINE_H
#define FV_ENGINE_H

#include <stdint.h>

enum fv_engine_status {
  FV_ENGINE_OK = 0,
  FV_ENGINE_MISSING = -1,   /* what it needs on this board is not there: a library, a file, a device */
  FV_ENGINE_MISMATCH = -2,  /* the compiled network is not of this model: another file, shape, type or scale */
  FV_ENGINE_FAILED = -3     /* it did not start, or a run failed */
};

/* A tensor of the model that was compiled. Its real values are scale * (value - zero_point). */
struct fv_engine_tensor {
  uint16_t shape[4]; /* batch, rows, columns, channels; 1 in front where there are fewer */
  float scale;
  int16_t zero_point;
  uint8_t is_unsigned; /* values of 0 to 255; else -128 to 127 */
};

/* Generated: what the compiled network must have. An output's values are int8. fv_plan has the sizes in bytes. */
extern const struct fv_engine_tensor fv_engine_model_input;
extern const struct fv_engine_tensor fv_engine_model_outputs[];

/* Generated: what was compiled, in the order of deployment.json. */
struct fv_engine_file {
  uint32_t bytes, crc32;
};
extern const struct fv_engine_file fv_engine_files[];

/* Loads the network, compares its tensors with the model's, and prepares a run. Once, before all that follows. */
int fv_engine_start(void);

/* Where the image goes, rows one after the other; its bytes are those of the model's input. Stays where it is. */
uint8_t *fv_engine_input(void);

/* One inference. */
int fv_engine_run(void);

/* Output i of the last run, int8; stays where it is. */
const void *fv_engine_output(int i);

/* Why the last call was not FV_ENGINE_OK: what, where, and what to do; at most 240 bytes, and its own until the program's end. */
const char *fv_engine_words(void);

#endif
