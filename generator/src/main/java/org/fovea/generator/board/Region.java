package org.fovea.generator.board;

/**
 * One physical memory. Base and size are multiples of {@value #GRANULE} bytes, a cache line and the
 * finest step of a memory protection unit.
 *
 * @param name lower-case, fit for a linker script
 * @param base address of its first byte
 * @param reservedStart bytes at its start that must not be used
 * @param reservedEnd bytes at its end that must not be used
 */
public record Region(
    String name,
    long base,
    long bytes,
    RegionKind kind,
    Bandwidth bandwidth,
    long reservedStart,
    long reservedEnd) {

  /** Bytes. */
  public static final long GRANULE = 32;

  public Region {
    if (base < 0 || bytes < GRANULE || base % GRANULE != 0 || bytes % GRANULE != 0) {
      throw new IllegalArgumentException("region " + name + " of " + bytes + " bytes at " + base);
    }
    if (reservedStart < 0 || reservedEnd < 0 || reservedStart + reservedEnd >= bytes) {
      throw new IllegalArgumentException("region " + name + " is reserved as a whole");
    }
  }

  /** Address after its last byte. */
  public long end() {
    return base + bytes;
  }

  /** Address of the first byte that may be used. */
  public long usableBase() {
    return base + reservedStart;
  }

  /** Bytes that may be used. */
  public long usableBytes() {
    return bytes - reservedStart - reservedEnd;
  }

  boolean overlaps(Region other) {
    return base < other.end() && other.base < end();
  }
}
