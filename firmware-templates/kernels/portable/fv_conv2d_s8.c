/* The specification of fv_conv2d_s8.h in plain loops. */
#include "fv_conv2d_s8.h"

#include "fv_fused.h"

#include <stddef.h>
#include <string.h>

/* Channels computed together: they share the loads of the input. */
enum { LANES = 4 };

/* acc[0] += sum of (x[i] - zero_point) * w[i] */
static inline void dot(const int8_t *x, const int8_t *w, int32_t n, int32_t zero_point, int32_t *acc) {
  int32_t sum = acc[0];
  for (const int8_t *const end = x + n; x != end; x++, w++) {
    sum += (*x - zero_point) * *w;
  }
  acc[0] = sum;
}

/* The same for four channels, whose weights are filter_bytes apart. */
static inline void dot_lanes(const int8_t *x, const int8_t *w, int32_t n, int32_t zero_point, int32_t filter_bytes,
                             int32_t *acc) {
  const int8_t *w1 = w + filter_bytes, *w2 = w1 + filter_bytes, *w3 = w2 + filter_bytes;
  int32_t sum0 = acc[0], sum1 = acc[1], sum2 = acc[2], sum3 = acc[3];
  for (const int8_t *const end = x + n; x != end; x++) {
    const int32_t value = *x - zero_point;
    sum0 += value * *w++;
    sum1 += value * *w1++;
    sum2 += value * *w2++;
    sum3 += value * *w3++;
  }
  acc[0] = sum0;
  acc[1] = sum1;
  acc[2] = sum2;
  acc[3] = sum3;
}

/* The sums of one window for `lanes` channels, 1 or LANES. rows[0] is the input row of its first tap, `left` the
 * column, which may lie outside the image; `taps` are those inside. Undilated taps lie side by side in memory and make
 * one long run. */
static inline void window_sums(const struct fv_conv2d_s8 *conv, const int8_t *const rows[], int32_t left,
                               struct fv_taps taps, int32_t channel, int32_t lanes, int32_t *acc) {
  const int32_t kernel_row_bytes = conv->kernel_width * conv->in_channels;
  const int32_t filter_bytes = conv->kernel_height * kernel_row_bytes;
  const int32_t run_taps = conv->dilation_x == 1 ? taps.hi - taps.lo : 1;
  const int32_t run = run_taps * conv->in_channels;
  const int8_t *kernel_row = conv->weights + channel * filter_bytes;
  for (int32_t ky = 0; ky < conv->kernel_height; ky++, kernel_row += kernel_row_bytes) {
    const int8_t *row = rows[ky * conv->dilation_y];
    for (int32_t kx = row != NULL ? taps.lo : taps.hi; kx < taps.hi; kx += run_taps) {
      const int8_t *x = row + (left + kx * conv->dilation_x) * conv->in_channels;
      const int8_t *w = kernel_row + kx * conv->in_channels;
      if (lanes == LANES) {
        dot_lanes(x, w, run, conv->in_zero_point, filter_bytes, acc);
      } else {
        dot(x, w, run, conv->in_zero_point, acc);
      }
    }
  }
}

/* One row of the convolution, channels first .. first + n - 1. rows[0] is the input row of the window's first tap;
 * pixels of `out` are `pixel_bytes` apart. */
static void conv_row(const struct fv_conv2d_s8 *conv, const int8_t *const rows[], int8_t *out, int32_t pixel_bytes,
                     int32_t first, int32_t n) {
  for (int32_t x = 0; x < conv->conv_width; x++, out += pixel_bytes) {
    const int32_t left = x * conv->stride_x - conv->pad_left;
    const struct fv_taps taps = fv_taps_inside(left, conv->in_width, conv->kernel_width, conv->dilation_x);
    int32_t o = 0;
    for (; o + LANES <= n; o += LANES) {
      int32_t acc[LANES];
      memcpy(acc, conv->bias + first + o, sizeof acc);
      window_sums(conv, rows, left, taps, first + o, LANES, acc);
      for (int32_t lane = 0; lane < LANES; lane++) {
        out[o + lane] = fv_fused_output(conv, first + o + lane, acc[lane]);
      }
    }
    for (; o < n; o++) {
      int32_t acc = conv->bias[first + o];
      window_sums(conv, rows, left, taps, first + o, 1, &acc);
      out[o] = fv_fused_output(conv, first + o, acc);
    }
  }
}

void fv_conv2d_s8(const struct fv_conv2d_s8 *conv, const int8_t *const rows[], int8_t *const out[], int32_t first_row,
                  int32_t n_rows, int32_t first_channel, int32_t n_channels, void *scratch) {
  const struct fv_fused_pool *pool = &conv->pool;
  if (!fv_has_pool(pool)) {
    for (int32_t r = 0; r < n_rows; r++) {
      conv_row(conv, rows + r * conv->stride_y, out[r] + first_channel, conv->out_channels, first_channel, n_channels);
    }
    return;
  }
  const struct fv_pool_ring ring = {conv, scratch, first_row * pool->stride_y - pool->pad_top, n_channels};
  int32_t c = 0;
  for (int32_t r = 0; r < n_rows; r++) {
    const int32_t window = r * pool->stride_y;
    for (c = c > window ? c : window; c < window + pool->height; c++) {
      if (fv_pool_row_exists(&ring, c)) {
        conv_row(conv, rows + c * conv->stride_y, fv_pool_slot(&ring, c), n_channels, first_channel, n_channels);
      }
    }
    fv_pool_row(&ring, window, out[r] + first_channel);
  }
}
