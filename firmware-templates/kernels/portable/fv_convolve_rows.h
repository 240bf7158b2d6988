/* What the portable ordinary and depthwise convolutions share: the max-pool behind them. */
#ifndef FV_CONVOLVE_ROWS_H
#define FV_CONVOLVE_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include "fv_conv2d_s8.h"
#include "fv_requant.h"

/* Turns an accumulator into a stored value: requantise, clamp, table. */
static inline int8_t fv_finish(const struct fv_conv2d_s8 *conv, int32_t acc, int32_t channel)
{
  const int32_t scaled = fv_requantise(acc, conv->multiplier[channel], conv->shift[channel]);
  const int8_t y = fv_clamp_s8(scaled + conv->out_zero_point, conv->act_min, conv->act_max);
  return conv->table ? conv->table[y + 128] : y;
}

static inline bool fv_has_pool(const struct fv_conv2d_s8 *conv)
{
  return conv->pool.height > 1 || conv->pool.width > 1;
}

/* Input rows between the first rows of neighbouring convolution rows start at rows[]: the first row of convolution
 * row `row`, when rows[0] belongs to convolution row `first`. */
static inline const int8_t *const *fv_rows_of(const struct fv_conv2d_s8 *conv, const int8_t *const rows[],
                                              int32_t first, int32_t row)
{
  return rows + (row - first) * conv->stride_y;
}

/* One pooled row from the convolution rows held in scratch: row r lies at (r % pool.height) * conv_width * n_channels.
 * Rows and columns outside the convolution's result are skipped. */
void fv_pool_row(const struct fv_conv2d_s8 *conv, const int8_t *scratch, int32_t row, int8_t *out,
                 int32_t first_channel, int32_t n_channels);

#endif
