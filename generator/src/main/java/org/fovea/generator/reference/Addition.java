package org.fovea.generator.reference;

import org.fovea.generator.ir.FusedActivation;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Quantization.PerTensor;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.Tensor;
import org.fovea.generator.ir.TensorId;

/**
 * The integers of an int8 ADD: both inputs are brought to twice the larger scale, with {@link
 * #LEFT_SHIFT} more bits, then added and brought to the output's scale.
 */
public record Addition(
    int firstZeroPoint,
    int secondZeroPoint,
    int outZeroPoint,
    QuantizedMultiplier first,
    QuantizedMultiplier second,
    QuantizedMultiplier out,
    FixedPoint.Range range) {

  public static final int LEFT_SHIFT = 20;

  public static Addition of(Graph graph, Op.Add op) {
    return of(graph, op.first(), op.second(), op.output(), op.activation());
  }

  /** The constant comes second: the order of a sum's operands changes nothing. */
  public static Addition of(Graph graph, Op.AddConstant op) {
    return of(graph, op.input(), op.constant(), op.output(), op.activation());
  }

  private static Addition of(
      Graph graph, TensorId first, TensorId second, TensorId out, FusedActivation activation) {
    PerTensor a = (PerTensor) graph.tensor(first).quantization();
    PerTensor b = (PerTensor) graph.tensor(second).quantization();
    PerTensor y = (PerTensor) graph.tensor(out).quantization();
    double common = 2.0 * Math.max(a.scale(), b.scale());
    return new Addition(
        a.zeroPoint(),
        b.zeroPoint(),
        y.zeroPoint(),
        QuantizedMultiplier.of(a.scale() / common),
        QuantizedMultiplier.of(b.scale() / common),
        QuantizedMultiplier.of(common / ((1 << LEFT_SHIFT) * (double) y.scale())),
        FixedPoint.activationRange(activation, y.scale(), y.zeroPoint()));
  }

  /** What is added to each row of an image: the constant, repeated along the axes that it lacks. */
  public static byte[] constantRow(Graph graph, Op.AddConstant op) {
    Tensor constant = graph.tensor(op.constant());
    Shape image = graph.tensor(op.output()).shape();
    byte[] row = new byte[Math.multiplyExact(image.width(), image.channels())];
    int channels = lastDim(constant.shape(), 1);
    int columns = lastDim(constant.shape(), 2);
    for (int i = 0; i < row.length; i++) {
      int column = columns == 1 ? 0 : i / image.channels();
      int channel = channels == 1 ? 0 : i % image.channels();
      row[i] = constant.data().orElseThrow().byteAt(column * channels + channel);
    }
    return row;
  }

  private static int lastDim(Shape shape, int fromEnd) {
    return shape.rank() < fromEnd ? 1 : shape.dim(shape.rank() - fromEnd);
  }

  /**
   * @param b as long as {@code a}, or one row of it that stands for all
   */
  byte[] run(byte[] a, byte[] b) {
    byte[] sum = new byte[a.length];
    for (int i = 0; i < sum.length; i++) {
      int x = first.times((a[i] - firstZeroPoint) << LEFT_SHIFT);
      int y = second.times((b[i % b.length] - secondZeroPoint) << LEFT_SHIFT);
      sum[i] = range.clamp(outZeroPoint + out.times(x + y));
    }
    return sum;
  }
}
