package org.fovea.generator.board;

/**
 * The high-speed external oscillator.
 *
 * @param hseHertz 0 exactly when the mode is NONE
 */
public record Clocks(long hseHertz, HseMode hseMode) {

  /** What drives the oscillator input. */
  public enum HseMode {
    /** Not used by firmware: emulated, or set up by the boot chain. */
    NONE,
    CRYSTAL,
    /** A clock signal from elsewhere on the board. */
    BYPASS
  }

  public Clocks {
    if ((hseHertz == 0) != (hseMode == HseMode.NONE)) {
      throw new IllegalArgumentException(hseMode + " at " + hseHertz + " Hz");
    }
  }
}
