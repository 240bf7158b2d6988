package org.fovea.generator.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.fovea.generator.ir.FusedActivation;
import org.junit.jupiter.api.Test;

class FixedPointTest {
  private static final BigDecimal TWO_31 = BigDecimal.valueOf(1L << 31);

  @Test
  void highMulIsTheExactProductRoundedHalfAwayFromZero() {
    Random random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      int a = random.nextInt() >> random.nextInt(31);
      int b = random.nextInt() >> random.nextInt(31);
      BigDecimal exact = BigDecimal.valueOf((long) a * b).divide(TWO_31);
      // Ties go upwards on both sides of zero.
      RoundingMode half = exact.signum() < 0 ? RoundingMode.HALF_DOWN : RoundingMode.HALF_UP;
      assertThat(FixedPoint.saturatingRoundingDoublingHighMul(a, b))
          .as("%d * %d", a, b)
          .isEqualTo(exact.setScale(0, half).intValueExact());
    }
    assertThat(FixedPoint.saturatingRoundingDoublingHighMul(Integer.MIN_VALUE, Integer.MIN_VALUE))
        .isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void divisionRoundsHalfAwayFromZero() {
    Random random = new Random(2);
    for (int i = 0; i < 100_000; i++) {
      int x = random.nextInt() >> random.nextInt(31);
      int exponent = random.nextInt(32);
      BigDecimal exact = BigDecimal.valueOf(x).divide(BigDecimal.valueOf(1L << exponent));
      assertThat(FixedPoint.roundingDivideByPot(x, exponent))
          .as("%d / 2^%d", x, exponent)
          .isEqualTo(exact.setScale(0, RoundingMode.HALF_UP).intValueExact());
    }
  }

  @Test
  void multiplierIsTheNearestOne() {
    Random random = new Random(3);
    for (int i = 0; i < 100_000; i++) {
      double factor = Math.scalb(0.5 + random.nextDouble() / 2, random.nextInt(60) - 30);
      QuantizedMultiplier m = QuantizedMultiplier.of(factor);
      assertThat(m.value()).isBetween(1 << 30, Integer.MAX_VALUE);
      assertThat(Math.scalb((double) m.value(), m.shift() - 31) / factor - 1)
          .isBetween(-0x1p-31, 0x1p-31);
    }
  }

  @Test
  void multiplierAtItsEdges() {
    assertThat(QuantizedMultiplier.of(0)).isEqualTo(new QuantizedMultiplier(0, 0));
    assertThat(QuantizedMultiplier.of(1)).isEqualTo(new QuantizedMultiplier(1 << 30, 1));
    assertThat(QuantizedMultiplier.of(Math.nextDown(1.0)))
        .isEqualTo(new QuantizedMultiplier(1 << 30, 1));
    assertThat(QuantizedMultiplier.of(0x1p-32)).isEqualTo(new QuantizedMultiplier(1 << 30, -31));
    assertThat(QuantizedMultiplier.of(0x1p-33)).isEqualTo(new QuantizedMultiplier(0, 0));
    assertThat(QuantizedMultiplier.of(Math.nextDown(0x1p-32)))
        .isEqualTo(new QuantizedMultiplier(1 << 30, -31));
    assertThatThrownBy(() -> QuantizedMultiplier.of(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void productRoundsTwice() {
    // 3 * 0.25 = 0.75; the first rounding happens at 2^-0 after the doubling high multiply.
    assertThat(FixedPoint.multiplyByQuantizedMultiplier(3, 1 << 30, -1)).isEqualTo(1);
    assertThat(FixedPoint.multiplyByQuantizedMultiplier(-3, 1 << 30, -1)).isEqualTo(-1);
    assertThat(FixedPoint.multiplyByQuantizedMultiplier(100, 1 << 30, 2)).isEqualTo(200);
  }

  @Test
  void activationRanges() {
    assertThat(FixedPoint.activationRange(FusedActivation.NONE, 0.1f, 3))
        .isEqualTo(FixedPoint.Range.INT8);
    assertThat(FixedPoint.activationRange(FusedActivation.RELU, 0.1f, -20))
        .isEqualTo(new FixedPoint.Range(-20, 127));
    assertThat(FixedPoint.activationRange(FusedActivation.RELU6, 0.1f, -20))
        .isEqualTo(new FixedPoint.Range(-20, 40));
    assertThat(FixedPoint.activationRange(FusedActivation.RELU6, 1e-30f, 127))
        .isEqualTo(new FixedPoint.Range(127, 127));
    assertThat(FixedPoint.activationRange(FusedActivation.RELU_N1_TO_1, 0.4f, 0))
        .isEqualTo(new FixedPoint.Range(-3, 3));
  }

  @Test
  void floatsRoundHalfAwayFromZero() {
    assertThat(FixedPoint.roundHalfAway(2.5f)).isEqualTo(3f);
    assertThat(FixedPoint.roundHalfAway(-2.5f)).isEqualTo(-3f);
    assertThat(FixedPoint.roundHalfAway(Math.nextDown(0.5f))).isEqualTo(0f);
    assertThat(FixedPoint.roundHalfAway(8388609f)).isEqualTo(8388609f);
  }
}
