package org.fovea.generator.reference;

import org.fovea.generator.ir.FusedActivation;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Quantization.PerTensor;
import org.fovea.generator.ir.TensorId;

/**
 * An int8 operator with one input, element by element, as the table of its 256 results. Entry
 * {@code q + 128} belongs to the stored value {@code q}.
 */
public final class OpTable {
  private OpTable() {}

  /**
   * The table of a LEAKY_RELU, RELU, RELU6, LOGISTIC, QUANTIZE, or DEQUANTIZE and QUANTIZE whose
   * input is int8, or of a QUANTIZE whose input is uint8: then the entry belongs to the stored byte
   * read as uint8, so entry {@code u} to the value {@code u}.
   */
  public static byte[] of(Graph graph, Op op) {
    if (op instanceof Op.LeakyRelu leaky) {
      return leakyRelu(scale(graph, leaky.input()), scale(graph, leaky.output()), leaky.alpha());
    }
    if (op instanceof Op.Relu relu) {
      return relu(scale(graph, relu.input()), scale(graph, relu.output()), relu.activation());
    }
    if (op instanceof Op.Quantize quantize) {
      return quantize(graph, quantize);
    }
    if (op instanceof Op.Logistic logistic) {
      return Logistic.table(scale(graph, logistic.input()));
    }
    if (op instanceof Op.ThroughFloat t) {
      return throughFloat(scale(graph, t.input()), scale(graph, t.output()));
    }
    throw new IllegalArgumentException(op.kind() + " is no table");
  }

  /** Multipliers come from float32 quotients (LeakyReluPrepare). */
  private static byte[] leakyRelu(PerTensor in, PerTensor out, float alpha) {
    QuantizedMultiplier positive = QuantizedMultiplier.of(in.scale() / out.scale());
    QuantizedMultiplier negative = QuantizedMultiplier.of(in.scale() * alpha / out.scale());
    byte[] table = new byte[256];
    for (int q = -128; q <= 127; q++) {
      int x = q - in.zeroPoint();
      QuantizedMultiplier factor = x >= 0 ? positive : negative;
      table[q + 128] = FixedPoint.Range.INT8.clamp(out.zeroPoint() + factor.times(x));
    }
    return table;
  }

  /** The multiplier comes from a float32 quotient (ReluPrepare). */
  private static byte[] relu(PerTensor in, PerTensor out, FusedActivation activation) {
    FixedPoint.Range range = FixedPoint.activationRange(activation, out.scale(), out.zeroPoint());
    return rescale(-128, in, out, in.scale() / out.scale(), range);
  }

  private static byte[] quantize(Graph graph, Op.Quantize op) {
    PerTensor in = scale(graph, op.input());
    PerTensor out = scale(graph, op.output());
    int first =
        switch (graph.tensor(op.input()).type()) {
          case INT8 -> -128;
          case UINT8 -> 0;
          default -> throw new IllegalArgumentException("QUANTIZE of more than 256 values");
        };
    return rescale(first, in, out, (double) in.scale() / out.scale(), FixedPoint.Range.INT8);
  }

  private static byte[] throughFloat(PerTensor in, PerTensor out) {
    byte[] table = new byte[256];
    for (int q = -128; q <= 127; q++) {
      float real = FixedPoint.dequantize((byte) q, in.scale(), in.zeroPoint());
      table[q + 128] = FixedPoint.quantize(real, out.scale(), out.zeroPoint());
    }
    return table;
  }

  private static byte[] rescale(
      int first, PerTensor in, PerTensor out, double factor, FixedPoint.Range range) {
    QuantizedMultiplier multiplier = QuantizedMultiplier.of(factor);
    byte[] table = new byte[256];
    for (int i = 0; i < 256; i++) {
      int x = first + i - in.zeroPoint();
      table[i] = range.clamp(out.zeroPoint() + multiplier.times(x));
    }
    return table;
  }

  private static PerTensor scale(Graph graph, TensorId id) {
    if (graph.tensor(id).quantization() instanceof PerTensor quantization) {
      return quantization;
    }
    throw new IllegalArgumentException("tensor " + id.index() + " has no single scale");
  }
}
