package org.fovea.generator.reference;

import org.fovea.generator.ir.Quantization.PerTensor;

/**
 * 1 / (1 + exp(-x)) of int8 values, at the scale 1/256 and zero point -128 (reference_integer_ops
 * Logistic).
 */
final class Logistic {
  private static final int INTEGER_BITS = 4;
  private static final int OUTPUT_BITS = 8;
  private static final int OUTPUT_ZERO_POINT = -128;

  private Logistic() {}

  /** Entry {@code q + 128} belongs to the stored value {@code q}. */
  static byte[] table(PerTensor in) {
    QuantizedMultiplier multiplier =
        QuantizedMultiplier.of(Math.scalb((double) in.scale(), 31 - INTEGER_BITS));
    int radius = Gemmlowp.inputRadius(INTEGER_BITS, multiplier.shift());
    byte[] table = new byte[256];
    for (int q = -128; q <= 127; q++) {
      table[q + 128] = of(q - in.zeroPoint(), multiplier, radius);
    }
    return table;
  }

  private static byte of(int x, QuantizedMultiplier multiplier, int radius) {
    if (x <= -radius) {
      return -128;
    }
    if (x >= radius) {
      return 127;
    }
    int real = Gemmlowp.logistic(multiplier.times(x), INTEGER_BITS);
    int stored = FixedPoint.roundingDivideByPot(real, 31 - OUTPUT_BITS) + OUTPUT_ZERO_POINT;
    return FixedPoint.Range.INT8.clamp(stored);
  }
}
