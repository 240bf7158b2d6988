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
   * @param busDivider from the core's clock to AXI and AHB: 1 or 2
   * @param secondCoreOff whether a second core must be off
   * @param speed for the core's default clock
   * @param fast for its highest clock, at voltage scale 0
   */
  record Stm32h7(
      int deviceId,
      Converter converter,
      int busDivider,
      boolean secondCoreOff,
      Speed speed,
      Optional<Speed> fast,
      Optional<ExternalFlash> externalFlash)
      implements Startup {
    @Override
    public Optional<Startup> atHighestClock() {
      return fast.map(f -> with(secondCoreOff, f));
    }

    @Override
    public Startup withoutSecondCore() {
      return with(true, speed);
    }

    private Stm32h7 with(boolean off, Speed clocked) {
      return new Stm32h7(deviceId, converter, busDivider, off, clocked, fast, externalFlash);
    }
  }

  /**
   * What goes with a core's clock.
   *
   * @param voltageScale 0 or 1
   * @param voltageBits of the voltage scale, or of scale 1 below the overdrive
   * @param overdriveRevision DBGMCU_IDCODE's upper 16 bits of the first silicon with the overdrive
   *     that makes scale 0 of scale 1; 0: without overdrive
   * @param waitStates of the embedded flash
   * @param programmingDelay of the embedded flash, WRHIGHFREQ
   */
  record Speed(
      int voltageScale,
      int voltageBits,
      int overdriveRevision,
      int waitStates,
      int programmingDelay) {}

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
