package org.fovea.generator.reference;

import java.util.Arrays;
import org.fovea.generator.ir.Padding;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.Window;

/** The maximum of each window, per channel; padding never wins. */
record MaxPool(Shape in, Shape out, Window window, Padding padding, FixedPoint.Range range) {

  byte[] run(byte[] input) {
    byte[] output = new byte[(int) out.elements()];
    Arrays.fill(output, (byte) -128);
    for (int y = 0; y < out.height(); y++) {
      for (int x = 0; x < out.width(); x++) {
        maximum(input, output, y, x);
      }
    }
    for (int i = 0; i < output.length; i++) {
      output[i] = range.clamp(output[i]);
    }
    return output;
  }

  private void maximum(byte[] input, byte[] output, int y, int x) {
    int channels = out.channels();
    int to = (y * out.width() + x) * channels;
    int top = y * window.strideY() - padding.top();
    int left = x * window.strideX() - padding.left();
    int bottom = Math.min(in.height(), top + window.height());
    int right = Math.min(in.width(), left + window.width());
    for (int row = Math.max(0, top); row < bottom; row++) {
      for (int column = Math.max(0, left); column < right; column++) {
        int from = (row * in.width() + column) * channels;
        for (int c = 0; c < channels; c++) {
          output[to + c] = (byte) Math.max(output[to + c], input[from + c]);
        }
      }
    }
  }
}
