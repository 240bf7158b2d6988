package org.fovea.generator.emit;

import java.util.List;

/**
 * The machine that firmware is made for, as its build needs it.
 *
 * @param port folder under {@code firmware-templates/ports}
 * @param cpuFlags of gcc
 * @param counter what fv_port_ticks counts
 * @param clockHertz of that counter
 * @param systickHertz of the core's SysTick
 * @param priorityBits of an interrupt priority
 * @param freertosPort folder of the kernel's port, inside the kernel's sources
 * @param freertosSources files of the kernel that are compiled
 * @param vectorsRegion linker region of the vector table
 * @param regions memory that the linker fills
 * @param mpu what the firmware may touch, ready for the registers
 * @param application what it leaves to the user's application
 */
public record Target(
    String boardId,
    String boardName,
    String port,
    List<String> cpuFlags,
    Counter counter,
    long clockHertz,
    long systickHertz,
    int priorityBits,
    String freertosPort,
    List<String> freertosSources,
    String vectorsRegion,
    List<LinkRegion> regions,
    List<MpuRegion> mpu,
    List<Kept> application) {

  /** What a tick is. */
  public enum Counter {
    CYCLES(1),
    INSTRUCTIONS(2);

    private final int code;

    Counter(int code) {
      this.code = code;
    }

    int code() {
      return code;
    }
  }

  /**
   * A region of the linker script.
   *
   * @param attributes as in MEMORY, such as {@code rx}
   */
  public record LinkRegion(String name, String attributes, long base, long bytes) {}

  /** Addresses of a region from {@code start} up to, not including, {@code end}. */
  public record Kept(String region, long start, long end) {}

  /** One entry of fv_mpu_regions. */
  public record MpuRegion(long rbar, long attributes, String comment) {}
}
