package org.fovea.generator.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HistogramTest {
  @Test
  void growsWithoutLosingAValue() {
    Histogram seen = new Histogram(2);
    seen.add(new float[] {0.001f, -3, 0, 100, -0.5f, 0});
    assertThat(seen.min(0)).isEqualTo(-0.5f);
    assertThat(seen.max(1)).isEqualTo(100);
    double[] bins = new double[Histogram.BINS];
    seen.addTo(bins, new double[] {1, 1}, 1, seen.bound());
    assertThat(Arrays.stream(bins).sum()).isEqualTo(6);
    assertThat(Arrays.stream(bins, 0, Histogram.BINS / 2).sum()).isEqualTo(2);
    assertThat(bins[Histogram.BINS / 2 + 100 * Histogram.BINS / 2 / 128]).isEqualTo(1);
  }

  @Test
  void negativeValuesMayWeighLess() {
    Histogram seen = new Histogram(1);
    seen.add(new float[] {-1, 1});
    double[] bins = new double[Histogram.BINS];
    seen.addTo(bins, new double[] {2}, 0.01, seen.bound());
    assertThat(Arrays.stream(bins).filter(b -> b > 0)).containsExactly(0.02, 2.0);
  }

  @Test
  void infinitiesAreRefused() {
    assertThatThrownBy(() -> new Histogram(1).add(new float[] {Float.NaN}))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> new Histogram(1).add(new float[] {Float.NEGATIVE_INFINITY}))
        .isInstanceOf(ArithmeticException.class);
  }
}
