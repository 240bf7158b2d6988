package org.fovea.host.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.fovea.host.frame.Bytes;
import org.fovea.host.manifest.Output;
import org.junit.jupiter.api.Test;

class TensorDifferenceTest {
  private static final Output OUTPUT = new Output("out", List.of(1, 4), 4, "int8", 0.5, 10);

  @Test
  void equalTensorsHaveNoNoise() {
    TensorDifference none = of(new byte[] {1, 2, 3, 4}, new byte[] {1, 2, 3, 4});
    assertThat(none.isEqual()).isTrue();
    assertThat(none.isClose()).isTrue();
    assertThat(none.decibels()).isEqualTo(200);
    assertThat(none.text()).isEqualTo("equal, 4 values");
  }

  /** Real values are relative to the zero point: 40, -20, 0, 0 steps, so a power of 2000. */
  @Test
  void decibelsArePowerOverThatOfTheDifference() {
    TensorDifference some = of(new byte[] {50, -10, 10, 10}, new byte[] {52, -10, 10, 6});
    assertThat(some.decibels()).isCloseTo(10 * Math.log10(2000 / 20.0), within(1e-9));
    assertThat(some.isClose()).isTrue();
    assertThat(some.steps()).isEqualTo(4);
    assertThat(some.differing()).isEqualTo(2);
    assertThat(some.text()).isEqualTo("20.0 dB, at most 4 steps, 50.00 % of the values differ");
  }

  @Test
  void aTenthOfTheSignalIsTheBound() {
    assertThat(of(new byte[] {110, 10, 10, 10}, new byte[] {99, 10, 10, 10}).isClose()).isFalse();
    assertThat(of(new byte[] {110, 10, 10, 10}, new byte[] {100, 10, 10, 10}).isClose()).isTrue();
  }

  @Test
  void theLargestStepsAndSilenceAreNumbers() {
    TensorDifference most = of(new byte[] {-128, 127, 0, 0}, new byte[] {127, -128, 0, 0});
    assertThat(most.steps()).isEqualTo(255);
    TensorDifference silent = of(new byte[] {10, 10, 10, 10}, new byte[] {11, 10, 10, 10});
    assertThat(silent.decibels()).isEqualTo(-200);
    assertThat(silent.isClose()).isFalse();
  }

  @Test
  void tensorsOfOtherLengthsAreNoComparison() {
    assertThatThrownBy(() -> of(new byte[3], new byte[4]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static TensorDifference of(byte[] expected, byte[] found) {
    return TensorDifference.of(
            List.of(OUTPUT), List.of(Bytes.of(expected)), List.of(Bytes.of(found)))
        .get(0);
  }
}
