package org.fovea.generator.board;

/**
 * How the core is powered as the board is wired. A wrong setting can lock the debugger out, so
 * firmware takes it from here and never guesses.
 *
 * @param highestVoltageScale the strongest setting allowed on this board
 * @param note empty when there is nothing to add
 */
public record Supply(Kind kind, VoltageScale highestVoltageScale, String note) {

  /** Source of the core voltage. */
  public enum Kind {
    /** Nothing to configure: an emulated board. */
    NONE,
    LDO,
    /** The chip's own step-down converter, feeding the core directly. */
    SMPS_DIRECT,
    /** A regulator on the board. */
    EXTERNAL,
    /** A power-management chip that the boot chain configures. */
    PMIC
  }

  /** Core voltage setting of STM32; a lower number is a higher voltage. */
  public enum VoltageScale {
    NONE,
    VOS0,
    VOS1,
    VOS2,
    VOS3
  }
}
