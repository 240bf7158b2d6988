package org.fovea.generator.board;

import java.util.List;
import java.util.Optional;

/**
 * A board. Facts only.
 *
 * @param verified how far Fovea's firmware has been tried on it
 * @param operatingSystems what its firmware can run under; the first is the default
 * @param port folder of {@code firmware-templates/ports} that has its startup and drivers; absent
 *     while there is none
 * @param twinBase id of the emulated board that can run this board's firmware with this board's
 *     region sizes
 * @param emulator how to start it, when it is an emulated board
 * @param accelerator a neural processing unit that Fovea does not use, if there is one
 * @param notes for the user: safety, boot, errata
 */
public record Board(
    String id,
    String name,
    Verified verified,
    Cpu cpu,
    List<OperatingSystem> operatingSystems,
    List<Region> regions,
    Optional<String> port,
    Optional<String> twinBase,
    Optional<Emulator> emulator,
    Optional<Supply> supply,
    Optional<Uart> uart,
    Optional<String> externalLoader,
    Optional<String> accelerator,
    List<String> notes) {
  public Board {
    operatingSystems = List.copyOf(operatingSystems);
    regions = List.copyOf(regions);
    notes = List.copyOf(notes);
  }

  /** Where Fovea's firmware has run. */
  public enum Verified {
    HARDWARE,
    EMULATOR,
    BUILD,
    NONE
  }

  /** What schedules the firmware. */
  public enum OperatingSystem {
    BARE,
    FREERTOS,
    LINUX
  }

  /** Arm cores that kernels exist for. */
  public enum Core {
    CORTEX_M7,
    CORTEX_M55,
    CORTEX_A7,
    CORTEX_A35;

    public String id() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    public boolean isMicrocontroller() {
      return this == CORTEX_M7 || this == CORTEX_M55;
    }
  }

  /**
   * The processor.
   *
   * @param hertz conservative default clock
   * @param maxHertz the fastest that the manual allows
   */
  public record Cpu(Core core, int count, long hertz, long maxHertz) {}

  /**
   * How the core voltage is made: a wrong setting can lock the debugger out.
   *
   * @param kind such as {@code ldo} or {@code smps-direct}
   * @param highestScale the highest voltage scale that this supply allows
   */
  public record Supply(String kind, String highestScale) {}

  /** The serial port that the host sees. */
  public record Uart(String instance, String tx, String rx, int baud) {}

  /**
   * QEMU's name of the machine.
   *
   * @param systickHertz of the emulated core's SysTick
   */
  public record Emulator(String machine, long systickHertz) {}

  public boolean isEmulated() {
    return emulator.isPresent();
  }
}
