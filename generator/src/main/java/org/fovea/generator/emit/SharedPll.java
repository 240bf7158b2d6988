package org.fovea.generator.emit;

import java.util.Optional;

/**
 * Dividers of the one PLL of an STM32N6 that core and buses share: from the oscillator by {@code
 * m}, times {@code n}, by {@code core} to the core and by {@code axi} to the buses. Source: RM0486,
 * reset and clock control.
 */
record SharedPll(int m, int n, int core, int axi) {
  private static final long MHZ = 1_000_000;

  /** ST's projects have 16 MHz. */
  private static final long MOST_INPUT = 16 * MHZ;

  private static final long LEAST_INPUT = 8 * MHZ;
  private static final long LEAST_OSCILLATION = 800 * MHZ;
  private static final long MOST_OSCILLATION = 1600 * MHZ;
  private static final int MOST_M = 63;
  private static final int MOST_N = 2500;
  private static final int LEAST_N = 10;
  private static final int MOST_DIVIDER = 256;

  /**
   * Exactly the wanted clocks; the fastest input and the slowest oscillation of those that give
   * them. Empty when none does.
   */
  static Optional<SharedPll> of(long oscillator, long coreHertz, long axiHertz) {
    for (int m = 1; m <= MOST_M; m++) {
      boolean inRange = oscillator <= MOST_INPUT * m && oscillator >= LEAST_INPUT * m;
      for (int core = 1; inRange && core <= MOST_DIVIDER; core++) {
        long oscillation = coreHertz * core;
        long axi = oscillation / axiHertz;
        boolean possible = oscillation >= LEAST_OSCILLATION && oscillation <= MOST_OSCILLATION;
        long n = oscillation * m / oscillator;
        if (possible
            && axi * axiHertz == oscillation
            && axi <= MOST_DIVIDER
            && n * oscillator == oscillation * m
            && n >= LEAST_N
            && n <= MOST_N) {
          return Optional.of(new SharedPll(m, (int) n, core, (int) axi));
        }
      }
    }
    return Optional.empty();
  }
}
