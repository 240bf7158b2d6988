package org.fovea.generator.reference;

import java.util.List;

/** From the sums of a convolution to its int8 outputs, a factor for each output channel. */
final class Requantization {
  private final int[] factors;
  private final int[] lefts;
  private final int[] rights;
  private final int zeroPoint;
  private final FixedPoint.Range range;

  Requantization(List<QuantizedMultiplier> multipliers, int zeroPoint, FixedPoint.Range range) {
    this.factors = multipliers.stream().mapToInt(QuantizedMultiplier::value).toArray();
    this.lefts = multipliers.stream().mapToInt(QuantizedMultiplier::left).toArray();
    this.rights = multipliers.stream().mapToInt(QuantizedMultiplier::right).toArray();
    this.zeroPoint = zeroPoint;
    this.range = range;
  }

  /** Writes one pixel's channels from {@code output[at]} on. */
  void pixel(int[] sums, byte[] output, int at) {
    for (int c = 0; c < sums.length; c++) {
      int scaled = QuantizedMultiplier.times(sums[c], factors[c], lefts[c], rights[c]);
      output[at + c] = range.clamp(zeroPoint + scaled);
    }
  }
}
