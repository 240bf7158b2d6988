package org.fovea.generator.emit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PllTest {

  @ParameterizedTest
  @CsvSource({
    "8_000_000, 400_000_000, 2, 200, 2",
    "24_000_000, 400_000_000, 6, 200, 2",
    "24_000_000, 225_000_000, 4, 75, 2",
    "25_000_000, 400_000_000, 4, 128, 2",
    "16_000_000, 96_000_000, 3, 36, 2",
    "8_000_000, 48_000_000, 2, 48, 4",
  })
  void isExact(String oscillator, String core, int m, int n, int p) {
    assertThat(
            Pll.of(hertz(oscillator), hertz(core), Pll.LEAST_OSCILLATION, Pll.MOST_OSCILLATION, 2))
        .contains(new Pll(m, n, p, 2));
  }

  @Test
  void refusesWhatItCannotMakeExactly() {
    assertThat(Pll.of(8_000_000, 400_000_001, Pll.LEAST_OSCILLATION, Pll.MOST_OSCILLATION, 2))
        .isEmpty();
    assertThat(Pll.of(0, 400_000_000, Pll.LEAST_OSCILLATION, Pll.MOST_OSCILLATION, 2)).isEmpty();
    assertThat(Pll.of(8_000_000, 900_000_000, Pll.LEAST_OSCILLATION, Pll.MOST_OSCILLATION, 2))
        .isEmpty();
  }

  private static long hertz(String text) {
    return Long.parseLong(text.replace("_", ""));
  }

  @Test
  void theFasterOscillatorOfLaterSilicon() {
    long least = Pll.LEAST_OSCILLATION;
    assertThat(Pll.of(8_000_000, 480_000_000, least, Pll.MOST_OSCILLATION, 2)).isEmpty();
    assertThat(Pll.of(8_000_000, 480_000_000, least, Pll.MOST_OSCILLATION_V, 2))
        .contains(new Pll(2, 240, 2, 2));
  }

  @Test
  void aDividerOfOne() {
    long least = Pll.LEAST_OSCILLATION;
    assertThat(Pll.of(25_000_000, 520_000_000, least, Pll.MOST_OSCILLATION, 2)).isEmpty();
    assertThat(Pll.of(25_000_000, 520_000_000, least, Pll.MOST_OSCILLATION, 1))
        .contains(new Pll(5, 104, 1, 2));
  }
}
