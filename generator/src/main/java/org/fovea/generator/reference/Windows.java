package org.fovea.generator.reference;

import org.fovea.generator.ir.Padding;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.Window;

/** What an int8 convolution sees of its input. */
record Windows(Shape in, Window window, Padding padding, int zeroPoint) {

  /**
   * The values under the window of the output pixel ({@code x}, {@code y}), less their zero point:
   * row, column, channel; 0 beside the image.
   */
  int[] at(byte[] input, int y, int x) {
    int channels = in.channels();
    int[] values = new int[window.height() * window.width() * channels];
    int top = y * window.strideY() - padding.top();
    int left = x * window.strideX() - padding.left();
    for (int ky = 0, to = 0; ky < window.height(); ky++) {
      int row = top + ky * window.dilationY();
      for (int kx = 0; kx < window.width(); kx++, to += channels) {
        int column = left + kx * window.dilationX();
        if (row >= 0 && row < in.height() && column >= 0 && column < in.width()) {
          int from = (row * in.width() + column) * channels;
          for (int c = 0; c < channels; c++) {
            values[to + c] = input[from + c] - zeroPoint;
          }
        }
      }
    }
    return values;
  }
}
