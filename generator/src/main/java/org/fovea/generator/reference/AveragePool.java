package org.fovea.generator.reference;

import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Padding;
import org.fovea.generator.ir.Quantization.PerTensor;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.Window;

/**
 * The mean of each window, per channel, rounded half away from zero; only pixels inside the image
 * count (reference_integer_ops AveragePool).
 */
record AveragePool(Shape in, Shape out, Window window, Padding padding, FixedPoint.Range range) {

  static AveragePool of(Graph graph, Op.AveragePool2d op) {
    PerTensor scale = (PerTensor) graph.tensor(op.output()).quantization();
    return new AveragePool(
        graph.tensor(op.input()).shape(),
        graph.tensor(op.output()).shape(),
        op.window(),
        op.padding(),
        FixedPoint.activationRange(op.activation(), scale.scale(), scale.zeroPoint()));
  }

  byte[] run(byte[] input) {
    byte[] output = new byte[(int) out.elements()];
    for (int y = 0; y < out.height(); y++) {
      for (int x = 0; x < out.width(); x++) {
        for (int c = 0; c < out.channels(); c++) {
          output[(y * out.width() + x) * out.channels() + c] = mean(input, y, x, c);
        }
      }
    }
    return output;
  }

  private byte mean(byte[] input, int y, int x, int channel) {
    int top = y * window.strideY() - padding.top();
    int left = x * window.strideX() - padding.left();
    int bottom = Math.min(in.height(), top + window.height());
    int right = Math.min(in.width(), left + window.width());
    int sum = 0;
    int count = 0;
    for (int row = Math.max(0, top); row < bottom; row++) {
      for (int column = Math.max(0, left); column < right; column++) {
        sum += input[(row * in.width() + column) * in.channels() + channel];
        count++;
      }
    }
    return range.clamp((sum > 0 ? sum + count / 2 : sum - count / 2) / count);
  }
}
