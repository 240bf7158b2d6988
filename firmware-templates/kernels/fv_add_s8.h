/* Sum of two int8 tensors of one shape, each with its own scale.
 *
 *   a' = requantise((a - first_zero_point) << left_shift, first_multiplier, first_shift)   b' likewise
 *   y  = clamp(out_zero_point + requantise(a' + b', out_multiplier, out_shift), act_min, act_max)
 *
 * Source: TFLite reference_integer_ops/add.h; left_shift is 20 there.
 */
#ifndef FV_ADD_S8_H
#define FV_ADD_S8_H

#include <stdint.h>

struct fv_add_s8 {
  int32_t first_multiplier, second_multiplier, out_multiplier; /* Q31 */
  int8_t first_shift, second_shift, out_shift;                 /* left when positive */
  int8_t left_shift;
  int16_t first_zero_point, second_zero_point, out_zero_point;
  int8_t act_min, act_max;
  uint32_t row_bytes; /* width * channels */
};

/* first[i], second[i], out[i]: rows first_row + i of each tensor. out may be one of the inputs. */
void fv_add_s8(const struct fv_add_s8 *add, const int8_t *const first[], const int8_t *const second[],
               int8_t *const out[], int32_t n_rows);

#endif
