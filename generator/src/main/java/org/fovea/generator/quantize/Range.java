package org.fovea.generator.quantize;

import org.fovea.generator.ir.Quantization.PerTensor;

/** Real values that int8 has to cover; zero is always among them. */
record Range(double low, double high) {
  private static final int LEAST = Byte.MIN_VALUE;
  private static final int GREATEST = Byte.MAX_VALUE;

  /** 2^-28 is the least scale that the checker takes. */
  private static final double NARROWEST = 255 * 0x1p-27;

  Range {
    low = Math.min(low, 0);
    high = Math.max(high, 0);
    if (high - low < NARROWEST) {
      high = low + NARROWEST;
    }
  }

  /**
   * As TFLite (tools/optimize/quantization_utils.cc): the zero point is taken from the end that
   * rounding moves least.
   */
  PerTensor scale() {
    float least = (float) low;
    float greatest = (float) high;
    float scale = (greatest - least) / (GREATEST - LEAST);
    float fromLeast = LEAST - least / scale;
    float fromGreatest = GREATEST - greatest / scale;
    boolean first =
        Math.abs(LEAST) + Math.abs(least / scale) < Math.abs(GREATEST) + Math.abs(greatest / scale);
    float real = first ? fromLeast : fromGreatest;
    int zeroPoint = Math.round(Math.max(LEAST, Math.min(GREATEST, real)));
    return new PerTensor(scale, zeroPoint);
  }

  Range scaled(double factor) {
    return new Range(low * factor, high * factor);
  }
}
