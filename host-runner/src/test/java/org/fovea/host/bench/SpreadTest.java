package org.fovea.host.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpreadTest {
  @Test
  void theMiddleOfAnEvenNumberIsTheMeanOfTwo() {
    assertThat(Spread.of(new double[] {9, 1, 4, 2})).isEqualTo(new Spread(1, 3, 9, 9));
    assertThat(Spread.of(new double[] {5, 1, 4})).isEqualTo(new Spread(1, 4, 5, 5));
    assertThat(Spread.of(new double[] {7})).isEqualTo(new Spread(7, 7, 7, 7));
  }

  /** Ranks are rounded up: of 21 values 19.95 are meant, which is the 20th. */
  @Test
  void ninetyFiveOfAHundred() {
    assertThat(Spread.of(numbers(100)).p95()).isEqualTo(95);
    assertThat(Spread.of(numbers(20)).p95()).isEqualTo(19);
    assertThat(Spread.of(numbers(21)).p95()).isEqualTo(20);
    assertThat(Spread.of(numbers(10)).p95()).isEqualTo(10);
  }

  @Test
  void valuesKeepTheirOrderAndNoneIsNoSpread() {
    double[] values = {3, 1, 2};
    Spread.of(values);
    assertThat(values).containsExactly(3, 1, 2);
    assertThatThrownBy(() -> Spread.of(new double[0])).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aSeriesGrows() {
    Series series = new Series();
    IntStream.range(0, 1_000).forEach(series::add);
    assertThat(series.size()).isEqualTo(1_000);
    assertThat(series.get(999)).isEqualTo(999);
    assertThat(series.toArray()).hasSize(1_000).startsWith(0, 1, 2);
    assertThatThrownBy(() -> series.get(1_000)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static double[] numbers(int n) {
    return IntStream.rangeClosed(1, n).mapToDouble(i -> n + 1 - i).toArray();
  }
}
