package org.fovea.generator.emit;

import java.util.Optional;

/**
 * Dividers of an STM32H7's first PLL: from the oscillator by {@code m}, times {@code n}, by {@code
 * p} to the core. Source: RM0433, 8.5.5.
 *
 * @param range code of the PLL's input frequency
 */
public record Pll(int m, int n, int p, int range) {
  private static final int MHZ = 1_000_000;
  private static final long LEAST_INPUT = 4L * MHZ;
  private static final long MOST_INPUT = 8L * MHZ;

  /** Of the wide oscillator of an STM32H7. */
  static final long LEAST_OSCILLATION = 192L * MHZ;

  /** The same of an STM32H7R or STM32H7S. */
  static final long LEAST_OSCILLATION_H7RS = 400L * MHZ;

  /** Of every silicon. */
  static final long MOST_OSCILLATION = 836L * MHZ;

  /** Of silicon revision V and later: STM32H743's data sheet (DS12110), table of the PLL. */
  static final long MOST_OSCILLATION_V = 960L * MHZ;

  private static final int MOST_M = 63;
  private static final int MOST_N = 512;
  private static final int LEAST_N = 4;
  private static final int MOST_P = 128;

  /** Of inputs from 4 MHz to below 8 MHz. */
  private static final int RANGE = 2;

  /**
   * Exactly the wanted clock; the fastest input and the slowest oscillation of those that give it.
   * Empty when none does.
   *
   * @param least oscillation
   * @param most oscillation
   * @param leastP 1 where the core's divider may be one; else 2, and it is even
   */
  static Optional<Pll> of(long oscillator, long core, long least, long most, int leastP) {
    for (int m = 1; m <= MOST_M; m++) {
      boolean inRange = oscillator >= LEAST_INPUT * m && oscillator < MOST_INPUT * m;
      for (int p = leastP; inRange && p <= MOST_P; p += p == 1 ? 1 : 2) {
        long oscillation = core * p;
        boolean possible = oscillation >= least && oscillation <= most;
        long n = oscillation * m / oscillator;
        if (possible && n * oscillator == oscillation * m && n >= LEAST_N && n <= MOST_N) {
          return Optional.of(new Pll(m, (int) n, p, RANGE));
        }
      }
    }
    return Optional.empty();
  }
}
