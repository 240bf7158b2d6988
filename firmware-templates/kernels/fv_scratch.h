/* Scratch memory of the kernels, in bytes: the one declaration. The C code asserts with it, and the
 * generator reads these lines to plan the arena, so each macro is an expression of its parameters with
 * + - * / ( ) and decimal constants only, named FV_<KERNEL>_SCRATCH_<VARIANT>.
 */
#ifndef FV_SCRATCH_H
#define FV_SCRATCH_H

/* One row of convolution results per row of the fused pool's window; pool_height is 0 without a pool. */
#define FV_CONV2D_S8_SCRATCH_PORTABLE(pool_height, conv_width, channels, in_channels, kernel_height, kernel_width) \
  ((pool_height) * (conv_width) * (channels))
#define FV_DEPTHWISE_CONV2D_S8_SCRATCH_PORTABLE(pool_height, conv_width, channels, in_channels, kernel_height, \
                                                kernel_width)                                                  \
  ((pool_height) * (conv_width) * (channels))

/* fv_conv2d_gemm_s8: weights, bytes of two windows, padding, sums and pixels. block_pairs: pairs of pixels that are
 * computed at a time; units: a filter's weights divided by 4, rounded up, or a slice of them; out_block: output channels
 * whose sums are kept; sparse: 1 where the weights are (fv_sparse.h), else 0. */
#define FV_CONV2D_GEMM_S8_SCRATCH_ARMV7EM(block_pairs, units, in_channels, out_block, sparse) \
  ((units) * 40 + ((in_channels) + 7) / 8 * 8 + (block_pairs) * ((units) * 16 + (out_block) * 8) + 16 + 8 * (sparse))

/* fv_conv2d_winograd_s8: transformed weights and pixels, products, sums. block_tiles: tiles of 4 x 4 pixels that are
 * computed at a time; in_block, out_block: channels at a time; sum_block: output channels whose sums are kept; sparse: as
 * above. */
#define FV_CONV2D_WINOGRAD_S8_SCRATCH_ARMV7EM(block_tiles, in_block, out_block, sum_block, sparse) \
  (288 * (in_block) + ((block_tiles) + 1) / 2 * (144 * (in_block) + 288 * (out_block)) +           \
   64 * (block_tiles) * (sum_block) + 16 + 136 * (sparse))

/* fv_depthwise_conv2d_dsp_s8: pairs of rows under a row of windows, four channels; sums. */
#define FV_DEPTHWISE_CONV2D_DSP_S8_SCRATCH_ARMV7EM(conv_width, stride_x, kernel_width, kernel_height) \
  (16 * (((conv_width) - 1) * (stride_x) + (kernel_width)) * (((kernel_height) + 1) / 2) + 4 * (conv_width))

/* fv_conv2d_mve_s8: sums, pairs of windows, and where they are copied (1, else 0) three channels' weights and the
 * windows. block_pixels: of the convolution that are computed at a time; segments: classes of rows times those of
 * columns; runs: of a window, kernel_height or 1; vectors: a filter's weights divided by 16, rounded up. */
#define FV_CONV2D_MVE_S8_SCRATCH_HELIUM(block_pixels, segments, runs, vectors, sum_channels, copies_weights, gathers) \
  (((block_pixels) + 1) / 2 * (8 * (runs) + 8) + (segments) * (8 * (runs) + 32) +                                    \
   (block_pixels) * (((sum_channels) + 3) / 4 * 16 + 16 * (vectors) * (gathers)) + 48 * (vectors) * (copies_weights))

/* fv_depthwise_conv2d_mve_s8: pointers to rows, a row of padding, and a copy of a window that reaches beyond it. */
#define FV_DEPTHWISE_CONV2D_MVE_S8_SCRATCH_HELIUM(in_width, channels, kernel_width, kernel_height) \
  ((kernel_height) * (8 + (kernel_width) * (channels)) + (in_width) * (channels))

/* fv_conv2d_neon_s8, for each of two parts: a window, padding, sums and windows. block_pixels: pixels before the pool
 * that are computed at a time; units: a filter's weights divided by 16, rounded up. */
#define FV_CONV2D_NEON_S8_SCRATCH_NEON(block_pixels, units, in_channels) \
  (2 * ((units) * 16 + ((in_channels) + 15) / 16 * 16 + ((block_pixels) + 3) / 4 * 4 * (32 + (units) * 16)))

/* fv_conv2d_winograd_neon_s8: transformed pixels; for each of two parts transformed weights, products and sums.
 * block_tiles: tiles of 4 x 4 pixels that are computed at a time; in_block: input channels that are multiplied at a
 * time. */
#define FV_CONV2D_WINOGRAD_NEON_S8_SCRATCH_NEON(block_tiles, in_channels, in_block) \
  (((block_tiles) + 3) / 4 * 4 * (72 * (in_channels) + 2 * (1152 + 512)) + 2 * 576 * (in_block))

#endif
