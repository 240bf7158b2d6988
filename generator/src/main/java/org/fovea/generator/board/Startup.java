package org.fovea.generator.board;

import java.util.List;
import java.util.Optional;

/**
 * What start-up code must know of a chip that leaves reset slowly and with its external memory
 * closed. For the core's default clock at voltage scale 1, which every silicon revision and supply
 * allows.
 *
 * @param deviceId of the chip's identity register: firmware for another chip goes no further
 * @param converter whether the chip has a step-down converter of its own, wired or not
 * @param voltageScale bits that mean VOS1
 * @param waitStates of the embedded flash
 * @param programmingDelay of the embedded flash, WRHIGHFREQ
 * @param busDivider from the core's clock to AXI and AHB: 1 or 2
 */
public record Startup(
    int deviceId,
    Converter converter,
    int voltageScale,
    int waitStates,
    int programmingDelay,
    int busDivider,
    Optional<ExternalFlash> externalFlash) {

  /** Whether a chip can make its core voltage by switching. */
  public enum Converter {
    NONE,
    SMPS
  }

  /**
   * How external flash is mapped into memory.
   *
   * @param region its name among the board's
   * @param manufacturer first byte of each chip's identity
   * @param prescaler from the AHB clock to the chips'
   */
  public record ExternalFlash(
      Interface kind, String region, int manufacturer, int prescaler, List<Pin> pins) {
    public ExternalFlash {
      pins = List.copyOf(pins);
    }
  }

  /** What the chips are wired to. */
  public enum Interface {
    /** Two chips of four lines side by side on QUADSPI. */
    DUAL_QUADSPI,
    /** One chip of eight lines on OCTOSPI1, of Macronix' command set. */
    OCTOSPI
  }
}
