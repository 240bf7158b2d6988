package org.fovea.generator.reference;

import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Quantization.PerTensor;

/**
 * The softmax of each pixel's channels, at the scale 1/256 and zero point -128 (reference_ops
 * Softmax for int8).
 */
public final class Softmax {
  private static final int INTEGER_BITS = 5;
  private static final int SUM_BITS = 12;

  private final int[] exp;
  private final int channels;

  private Softmax(int[] exp, int channels) {
    this.exp = exp;
    this.channels = channels;
  }

  public static Softmax of(Graph graph, Op.Softmax op) {
    PerTensor in = (PerTensor) graph.tensor(op.input()).quantization();
    int channels = graph.tensor(op.input()).shape().channels();
    return new Softmax(
        exp(Math.scalb((double) op.beta() * in.scale(), 31 - INTEGER_BITS)), channels);
  }

  private static int[] exp(double factor) {
    QuantizedMultiplier multiplier = QuantizedMultiplier.of(Math.min(factor, Integer.MAX_VALUE));
    int radius = Gemmlowp.inputRadius(INTEGER_BITS, multiplier.shift());
    int[] exp = new int[256];
    for (int distance = 0; distance < exp.length && distance <= radius; distance++) {
      exp[distance] = Gemmlowp.expOnNegative(multiplier.times(-distance), INTEGER_BITS);
    }
    return exp;
  }

  /** exp(-i) in units of the input, with no integer bits; 0 where it does not count. */
  public int[] exp() {
    return exp.clone();
  }

  byte[] run(byte[] in) {
    byte[] out = new byte[in.length];
    for (int pixel = 0; pixel < in.length; pixel += channels) {
      pixel(in, out, pixel);
    }
    return out;
  }

  private void pixel(byte[] in, byte[] out, int first) {
    int largest = -128;
    for (int c = 0; c < channels; c++) {
      largest = Math.max(largest, in[first + c]);
    }
    int sum = 0;
    for (int c = 0; c < channels; c++) {
      sum += FixedPoint.roundingDivideByPot(exp[largest - in[first + c]], SUM_BITS);
    }
    int zeros = Integer.numberOfLeadingZeros(sum);
    int scale = Gemmlowp.oneOverOnePlus((sum << zeros) - Integer.MIN_VALUE);
    int shift = SUM_BITS - zeros + 31 - 8;
    for (int c = 0; c < channels; c++) {
      int share = FixedPoint.saturatingRoundingDoublingHighMul(scale, exp[largest - in[first + c]]);
      out[first + c] =
          FixedPoint.Range.INT8.clamp(FixedPoint.roundingDivideByPot(share, shift) - 128);
    }
  }
}
