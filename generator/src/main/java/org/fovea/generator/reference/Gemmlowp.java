package org.fovea.generator.reference;

/**
 * Functions of fixed-point numbers after gemmlowp's fixedpoint.h: a number with n integer bits is
 * the integer that it is 2^(31 - n) times of.
 */
final class Gemmlowp {
  private static final int ONE_IN_Q0 = Integer.MAX_VALUE;

  private Gemmlowp() {}

  /** exp(x) with no integer bits, for x below or at 0 with {@code integerBits}. */
  static int expOnNegative(int x, int integerBits) {
    int fractionBits = 31 - integerBits;
    int quarter = 1 << (fractionBits - 2);
    int whole = (x & (quarter - 1)) - quarter;
    int result = expOnQuarter(whole << integerBits);
    int remainder = whole - x;
    int[] factors = {1672461947, 1302514674, 790015084, 290630308, 39332535, 720401, 242};
    for (int i = 0; i < factors.length; i++) {
      int exponent = i - 2;
      if (integerBits > exponent && (remainder & (1 << (fractionBits + exponent))) != 0) {
        result = FixedPoint.saturatingRoundingDoublingHighMul(result, factors[i]);
      }
    }
    return x == 0 ? ONE_IN_Q0 : result;
  }

  /** exp(x) for x from -1/4 to 0, both with no integer bits. */
  private static int expOnQuarter(int a) {
    int x = a + (1 << 28);
    int x2 = multiply(x, x);
    int x3 = multiply(x2, x);
    int x4 = multiply(x2, x2);
    int x4Over4 = FixedPoint.roundingDivideByPot(x4, 2);
    int sum = FixedPoint.roundingDivideByPot(multiply(x4Over4 + x3, 715827883) + x2, 1);
    return saturate(1895147668L + multiply(1895147668, x + sum));
  }

  /** 1 / (1 + x) for x from 0 to 1, both with no integer bits. */
  static int oneOverOnePlus(int a) {
    long total = (long) a + ONE_IN_Q0;
    int half = (int) ((total + (total >= 0 ? 1 : -1)) / 2);
    int x = 1515870810 + multiply(half, -1010580540);
    for (int i = 0; i < 3; i++) {
      int rest = (1 << 29) - multiply(half, x);
      x += shiftLeft(multiply(x, rest), 2);
    }
    return shiftLeft(x, 1);
  }

  /** 1 / (1 + exp(-x)) with no integer bits, for x with {@code integerBits}. */
  static int logistic(int x, int integerBits) {
    if (x == 0) {
      return 1 << 30;
    }
    int positive = oneOverOnePlus(expOnNegative(x > 0 ? -x : x, integerBits));
    return x > 0 ? positive : ONE_IN_Q0 - positive;
  }

  private static int multiply(int a, int b) {
    return FixedPoint.saturatingRoundingDoublingHighMul(a, b);
  }

  static int shiftLeft(int x, int bits) {
    return saturate((long) x << bits);
  }

  private static int saturate(long x) {
    return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, x));
  }

  /**
   * How far from 0 an input may be before its scaled value overflows {@code integerBits}
   * (CalculateInputRadius).
   */
  static int inputRadius(int integerBits, int leftShift) {
    double most = ((1 << integerBits) - 1) * (double) (1L << (31 - integerBits));
    return (int) Math.floor(Math.scalb(most, -leftShift));
  }
}
