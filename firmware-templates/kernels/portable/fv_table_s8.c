#include "fv_table_s8.h"

void fv_table_s8(const struct fv_table_s8 *table, const int8_t *const rows[], int8_t *const out[], int32_t n_rows)
{
  for (int32_t row = 0; row < n_rows; row++) {
    for (uint32_t i = 0; i < table->row_bytes; i++) {
      out[row][i] = table->table[rows[row][i] + 128];
    }
  }
}
