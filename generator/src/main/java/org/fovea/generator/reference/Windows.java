package org.fovea.generator.reference;

import org.fovea.generator.ir.Padding;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.Window;

/** What an int8 convolution sees of its input. */
record Windows(Shape in, Window window, Padding padding, int zeroPoint) {

  /** The input less its zero point. */
  int[] centred(byte[] input) {
    int[] values = new int[input.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = input[i] - zeroPoint;
    }
    return values;
  }

  /**
   * The values under the window of the output pixel ({@code x}, {@code y}): row, column, channel; 0
   * beside the image.
   */
  int[] at(int[] centred, int y, int x) {
    int[] values = new int[window.height() * window.width() * in.channels()];
    int columns = window.dilationX() == 1 ? window.width() : 1;
    int top = y * window.strideY() - padding.top();
    int left = x * window.strideX() - padding.left();
    for (int ky = 0, to = 0; ky < window.height(); ky++) {
      int row = top + ky * window.dilationY();
      for (int kx = 0; kx < window.width(); kx += columns, to += columns * in.channels()) {
        if (row >= 0 && row < in.height()) {
          copy(centred, row, left + kx * window.dilationX(), columns, values, to);
        }
      }
    }
    return values;
  }

  /** Those of the columns from {@code first} on that lie in the image. */
  private void copy(int[] centred, int row, int first, int columns, int[] values, int to) {
    int from = Math.max(0, first);
    int count = Math.min(in.width(), first + columns) - from;
    if (count > 0) {
      int channels = in.channels();
      System.arraycopy(
          centred,
          (row * in.width() + from) * channels,
          values,
          to + (from - first) * channels,
          count * channels);
    }
  }
}
