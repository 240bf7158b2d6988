package org.fovea.generator.reference;

import org.fovea.generator.ir.FusedActivation;

/** The roundings of gemmlowp and the clamps of TFLite, with their names. */
public final class FixedPoint {
  private FixedPoint() {}

  /** Bounds, inclusive, of an int8 result. */
  public record Range(int min, int max) {
    public static final Range INT8 = new Range(-128, 127);

    public byte clamp(int value) {
      return (byte) Math.max(min, Math.min(max, value));
    }
  }

  /** Upper 32 bits of {@code 2 * a * b}, rounded to nearest, ties upwards. */
  public static int saturatingRoundingDoublingHighMul(int a, int b) {
    if (a == Integer.MIN_VALUE && b == Integer.MIN_VALUE) {
      return Integer.MAX_VALUE;
    }
    return (int) (((long) a * b + (1L << 30)) >> 31);
  }

  /** {@code x / 2^exponent}, rounded half away from zero; exponent 0 .. 31. */
  public static int roundingDivideByPot(int x, int exponent) {
    return (int) ((2L * x + (1L << exponent) + (x >> 31)) >> (exponent + 1));
  }

  public static int multiplyByQuantizedMultiplier(int x, int multiplier, int shift) {
    return new QuantizedMultiplier(multiplier, shift).times(x);
  }

  /** Where an int8 output of this scale and zero point is clamped. */
  public static Range activationRange(FusedActivation activation, float scale, int zeroPoint) {
    return switch (activation) {
      case NONE -> Range.INT8;
      case RELU -> range(stored(0, scale, zeroPoint), 127);
      case RELU6 -> range(stored(0, scale, zeroPoint), stored(6, scale, zeroPoint));
      case RELU_N1_TO_1 -> range(stored(-1, scale, zeroPoint), stored(1, scale, zeroPoint));
    };
  }

  private static Range range(long min, long max) {
    return new Range((int) Math.max(-128, min), (int) Math.min(127, max));
  }

  /** The int8 value nearest to {@code real} (AffineQuantize). */
  public static byte quantize(float real, float scale, int zeroPoint) {
    return (byte) Math.max(-128, Math.min(127, stored(real, scale, zeroPoint)));
  }

  /** The real value of a stored one (Dequantize). */
  public static float dequantize(byte stored, float scale, int zeroPoint) {
    return (float) ((double) scale * (stored - zeroPoint));
  }

  private static long stored(float real, float scale, int zeroPoint) {
    return zeroPoint + (long) (int) roundHalfAway(real / scale);
  }

  /** C's round(): half away from zero, in float. */
  static float roundHalfAway(float x) {
    float whole = (float) (x < 0 ? Math.ceil(x) : Math.floor(x));
    return Math.abs(x - whole) >= 0.5f ? whole + Math.signum(x) : whole;
  }
}
