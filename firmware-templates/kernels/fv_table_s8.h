/* Any operator with one int8 input and one int8 output, element by element: y = table[x + 128].
 * LeakyReLU, ReLU, a change of scale. The generator computes the table with TFLite's arithmetic.
 */
#ifndef FV_TABLE_S8_H
#define FV_TABLE_S8_H

#include <stdint.h>

struct fv_table_s8 {
  const int8_t *table; /* [256] */
  uint32_t row_bytes;  /* width * channels */
};

/* rows[i], out[i]: rows first_row + i. They may be the same. */
void fv_table_s8(const struct fv_table_s8 *table, const int8_t *const rows[], int8_t *const out[], int32_t n_rows);

#endif
