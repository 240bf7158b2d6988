package org.fovea.generator.board;

import java.util.List;
import java.util.Optional;

/**
 * What start-up code must know of a chip that leaves reset slowly and with its external memory
 * closed. For the core's default clock at voltage scale 1, which every silicon revision and supply
 * allows.
 */
public sealed interface Startup {

  /** Of the chip's identity register: firmware for another chip goes no further. */
  int deviceId();

  Optional<ExternalFlash> externalFlash();

  /** The same at the board's highest clock; empty when no way there is known to be safe. */
  default Optional<Startup> atHighestClock() {
    return Optional.empty();
  }

  /** The same where the chip's other core must be off, and the firmware looks whether it is. */
  default Startup withoutSecondCore() {
    return this;
  }

  /**
   * An STM32H7, or STM32H7R or STM32H7S.
   *
   * @param converter whether the chip has a step-down converter of its own, wired or not
   * @param voltageScale bits that mean VOS1
   * @param waitStates of the embedded flash
   * @param programmingDelay of the embedded flash, WRHIGHFREQ
   * @param busDivider from the core's clock to AXI and AHB: 1 or 2
   * @param secondCoreOff whether a second core must be off
   * @param overdriveRevision DBGMCU_IDCODE's upper 16 bits of the first silicon that goes to
   *     voltage scale 0 by the regulator's overdrive; 0 at voltage scale 1
   * @param fast what is otherwise at the highest clock
   */
  record Stm32h7(
      int deviceId,
      Converter converter,
      int voltageScale,
      int waitStates,
      int programmingDelay,
      int busDivider,
      boolean secondCoreOff,
      int overdriveRevision,
      Optional<Fast> fast,
      Optional<ExternalFlash> externalFlash)
      implements Startup {
    @Override
    public Optional<Startup> atHighestClock() {
      return fast.map(
          f ->
              new Stm32h7(
                  deviceId,
                  converter,
                  voltageScale,
                  f.waitStates(),
                  f.programmingDelay(),
                  busDivider,
                  secondCoreOff,
                  f.revision(),
                  Optional.empty(),
                  externalFlash));
    }

    @Override
    public Startup withoutSecondCore() {
      return new Stm32h7(
          deviceId,
          converter,
          voltageScale,
          waitStates,
          programmingDelay,
          busDivider,
          true,
          overdriveRevision,
          fast,
          externalFlash);
    }
  }

  /** Of an STM32H7 at voltage scale 0: the silicon that has it, and the flash there. */
  record Fast(int revision, int waitStates, int programmingDelay) {}

  /**
   * An STM32N6, which has no embedded flash and keeps the voltage of reset.
   *
   * @param axiHertz of the buses and of the RAMs; AHB and APB run at half of it
   */
  record Stm32n6(int deviceId, long axiHertz, Optional<ExternalFlash> externalFlash)
      implements Startup {}

  /** Whether a chip can make its core voltage by switching. */
  enum Converter {
    NONE,
    SMPS
  }

  /**
   * How external flash is mapped into memory.
   *
   * @param region its name among the board's
   * @param manufacturer first byte of each chip's identity
   * @param prescaler from the AHB clock to the chips'
   * @param fastPrescaler the same where the chip's fuses let its pins be fast
   * @param millivolts of the chips and of the pins
   */
  record ExternalFlash(
      Interface kind,
      String region,
      int manufacturer,
      int prescaler,
      int fastPrescaler,
      int millivolts,
      List<Pin> pins) {
    public ExternalFlash {
      pins = List.copyOf(pins);
    }
  }

  /** What the chips are wired to. */
  enum Interface {
    /** Two chips of four lines side by side on QUADSPI. */
    DUAL_QUADSPI,
    /** One chip of eight lines on OCTOSPI1, of Macronix' command set. */
    OCTOSPI,
    /** The same on XSPI2. */
    XSPI
  }
}
