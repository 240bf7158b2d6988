package org.fovea.generator.ir;

/** Size, stride and dilation of a sliding window, all in rows (y) and columns (x), at least 1. */
public record Window(
    int height, int width, int strideY, int strideX, int dilationY, int dilationX) {

  public static Window of(int size, int stride) {
    return new Window(size, size, stride, stride, 1, 1);
  }
}
