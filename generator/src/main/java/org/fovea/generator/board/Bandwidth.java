package org.fovea.generator.board;

/**
 * Peak read rate of a memory.
 *
 * @param megabytesPerSecond 10^6 bytes; 0 exactly when unknown
 */
public record Bandwidth(int megabytesPerSecond, Basis basis) {

  /** Where the figure comes from. */
  public enum Basis {
    UNKNOWN,
    MEASURED,
    /** Arithmetic from the clock and the bus width: an upper bound. */
    INFERRED,
    /** From memory of a data sheet. */
    UNCHECKED
  }

  public static final Bandwidth UNKNOWN = new Bandwidth(0, Basis.UNKNOWN);

  public Bandwidth {
    if ((megabytesPerSecond == 0) != (basis == Basis.UNKNOWN)) {
      throw new IllegalArgumentException(megabytesPerSecond + " MB/s, " + basis);
    }
  }
}
