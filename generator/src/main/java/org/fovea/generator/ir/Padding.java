package org.fovea.generator.ir;

/**
 * Rows and columns that a window operator adds around its input. TFLite's SAME padding puts the odd
 * one below and right.
 */
public record Padding(int top, int bottom, int left, int right) {
  public static final Padding VALID = new Padding(0, 0, 0, 0);

  /** SAME padding of TFLite (kernels/padding.h): out = ceil(in / stride). */
  public static Padding same(int height, int width, Window window) {
    int rows = total(height, window.height(), window.strideY(), window.dilationY());
    int cols = total(width, window.width(), window.strideX(), window.dilationX());
    return new Padding(rows / 2, rows - rows / 2, cols / 2, cols - cols / 2);
  }

  private static int total(int in, int size, int stride, int dilation) {
    int out = (in + stride - 1) / stride;
    int reach = (size - 1) * dilation + 1;
    return Math.max(0, (out - 1) * stride + reach - in);
  }
}
