package org.fovea.generator.emit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharedPllTest {
  private static final long MHZ = 1_000_000;

  @ParameterizedTest
  @CsvSource({
    "48, 600, 400, 3, 75, 2, 3",
    "24, 400, 400, 2, 100, 3, 3",
    "16, 300, 200, 1, 75, 4, 6"
  })
  void makesBothClocksExactly(int oscillator, int core, int axi, int m, int n, int p, int q) {
    assertThat(SharedPll.of(oscillator * MHZ, core * MHZ, axi * MHZ))
        .contains(new SharedPll(m, n, p, q));
  }

  @Test
  void refusesWhatItCannotMakeExactly() {
    assertThat(SharedPll.of(48 * MHZ, 600 * MHZ + 1, 400 * MHZ)).isEmpty();
    assertThat(SharedPll.of(48 * MHZ, 600 * MHZ, 350 * MHZ)).isEmpty();
    assertThat(SharedPll.of(0, 600 * MHZ, 400 * MHZ)).isEmpty();
  }
}
