package org.fovea.generator.board;

import java.util.List;

/**
 * The processor. The default clock is the conservative one, which needs no special supply, fuse or
 * silicon revision; it never exceeds the highest.
 *
 * @param count identical cores
 * @param gccFlags choose the instruction set for arm-none-eabi-gcc or the Linux cross compiler
 * @param icacheBytes of one core, 0 without
 * @param dcacheBytes of one core, 0 without
 * @param otherCores that do not run the network
 */
public record Cpu(
    Core core,
    int count,
    List<String> gccFlags,
    long defaultHertz,
    long maxHertz,
    Fpu fpu,
    long icacheBytes,
    long dcacheBytes,
    List<String> otherCores) {

  /** Widest floating-point type in hardware. */
  public enum Fpu {
    NONE,
    SINGLE,
    DOUBLE
  }

  public Cpu {
    gccFlags = List.copyOf(gccFlags);
    otherCores = List.copyOf(otherCores);
    if (count < 1 || defaultHertz < 1 || defaultHertz > maxHertz) {
      throw new IllegalArgumentException(count + " cores at " + defaultHertz + " Hz");
    }
  }

  /** The same at its highest clock. */
  Cpu atHighestClock() {
    return new Cpu(
        core, count, gccFlags, maxHertz, maxHertz, fpu, icacheBytes, dcacheBytes, otherCores);
  }
}
