package org.fovea.generator.reference;

/**
 * A non-negative real factor as TFLite stores it: {@code value / 2^31 * 2^shift}.
 *
 * @param value 0, or 2^30 .. 2^31 - 1
 * @param shift left when positive; -31 at least
 */
public record QuantizedMultiplier(int value, int shift) {

  /** The nearest one to {@code factor}; factors below 2^-32 become 0 (QuantizeMultiplier). */
  public static QuantizedMultiplier of(double factor) {
    if (!(factor >= 0 && factor < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("not a finite non-negative factor: " + factor);
    }
    int exponent = Math.getExponent(factor) + 1;
    long rounded = Math.round(Math.scalb(factor, 31 - exponent));
    boolean carried = rounded == 1L << 31;
    int value = (int) (carried ? rounded / 2 : rounded);
    int shift = carried ? exponent + 1 : exponent;
    return shift < -31 ? new QuantizedMultiplier(0, 0) : new QuantizedMultiplier(value, shift);
  }

  /** Bits by which a number goes left before it is multiplied. */
  int left() {
    return Math.max(shift, 0);
  }

  /** Bits by which the product goes right. */
  int right() {
    return Math.max(-shift, 0);
  }

  /** {@code x} times this factor, rounded twice (MultiplyByQuantizedMultiplier). */
  public int times(int x) {
    return times(x, value, left(), right());
  }

  static int times(int x, int value, int left, int right) {
    return FixedPoint.roundingDivideByPot(
        FixedPoint.saturatingRoundingDoublingHighMul(x << left, value), right);
  }
}
