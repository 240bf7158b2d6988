package org.fovea.generator.reference;

import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Quantization.PerTensor;

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
    PerTensor a = (PerTensor) graph.tensor(op.first()).quantization();
    PerTensor b = (PerTensor) graph.tensor(op.second()).quantization();
    PerTensor y = (PerTensor) graph.tensor(op.output()).quantization();
    double common = 2.0 * Math.max(a.scale(), b.scale());
    return new Addition(
        a.zeroPoint(),
        b.zeroPoint(),
        y.zeroPoint(),
        QuantizedMultiplier.of(a.scale() / common),
        QuantizedMultiplier.of(b.scale() / common),
        QuantizedMultiplier.of(common / ((1 << LEFT_SHIFT) * (double) y.scale())),
        FixedPoint.activationRange(op.activation(), y.scale(), y.zeroPoint()));
  }

  byte[] run(byte[] a, byte[] b) {
    byte[] sum = new byte[a.length];
    for (int i = 0; i < sum.length; i++) {
      int x = first.times((a[i] - firstZeroPoint) << LEFT_SHIFT);
      int y = second.times((b[i] - secondZeroPoint) << LEFT_SHIFT);
      sum[i] = range.clamp(outZeroPoint + out.times(x + y));
    }
    return sum;
  }
}
