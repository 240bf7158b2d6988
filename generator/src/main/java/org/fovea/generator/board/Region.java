package org.fovea.generator.board;

/**
 * One physical memory.
 *
 * @param base address, in the core's view
 * @param bytes of it
 * @param reserved bytes at its end that firmware must not use
 * @param megabytesPerSecond peak bandwidth of external memory, inferred from bus width and clock; 0
 *     when unknown or irrelevant
 */
public record Region(
    String name, long base, long bytes, Kind kind, long reserved, long megabytesPerSecond) {

  /** What may lie there. */
  public enum Kind {
    ITCM,
    DTCM,
    RAM,
    FLASH,
    EXTERNAL_FLASH,
    EXTERNAL_RAM;

    /** Whether the device can write to it while it runs. */
    public boolean isWritable() {
      return this == ITCM || this == DTCM || this == RAM || this == EXTERNAL_RAM;
    }

    public boolean isExternal() {
      return this == EXTERNAL_FLASH || this == EXTERNAL_RAM;
    }
  }

  public long end() {
    return base + bytes;
  }

  public long usable() {
    return bytes - reserved;
  }
}
