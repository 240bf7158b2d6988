package org.fovea.generator.emit;

import java.util.ArrayList;
import java.util.List;
import org.fovea.generator.emit.Target.MpuRegion;

/**
 * Register values that let firmware reach a stretch of memory and not one byte more. Sources:
 * Armv7-M Architecture Reference Manual B3.5 (power-of-two regions of eight subregions), Armv8-M
 * Architecture Reference Manual B8 (32-byte granules).
 */
final class MpuRegions {

  /** What firmware may do there. */
  enum Access {
    CODE,
    CONSTANTS,
    DATA,
    DEVICE
  }

  private static final int SUBREGIONS = 8;
  private static final long SMALLEST_WITH_SUBREGIONS = 256;

  private MpuRegions() {}

  /**
   * The fewest power-of-two regions, from the base upward: each as large as the alignment of its
   * base allows, cut by switching off subregions at its end.
   */
  static List<MpuRegion> armv7m(long base, long bytes, Access access, String comment) {
    List<MpuRegion> regions = new ArrayList<>();
    long at = base;
    long end = base + bytes;
    while (at < end) {
      long size = largest(at, end);
      long covered = Math.min(size, cover(size, end - at));
      regions.add(new MpuRegion(at, rasr(size, covered, access), comment));
      at += covered;
    }
    return regions;
  }

  /** The smallest aligned power of two that reaches the end, or the largest that is aligned. */
  private static long largest(long at, long end) {
    long size = 32;
    while (at % (size * 2) == 0 && size < end - at && size < 1L << 31) {
      size *= 2;
    }
    return size;
  }

  /** Whole subregions within what is left; all of a region that has none. */
  private static long cover(long size, long left) {
    if (left >= size) {
      return size;
    }
    if (size < SMALLEST_WITH_SUBREGIONS || left < size / SUBREGIONS) {
      throw new IllegalArgumentException("the MPU cannot end a region there");
    }
    return left / (size / SUBREGIONS) * (size / SUBREGIONS);
  }

  private static long rasr(long size, long covered, Access access) {
    int log2 = 63 - Long.numberOfLeadingZeros(size);
    int on = (int) (covered * SUBREGIONS / size);
    long disabled = size == covered ? 0 : (0xffL << on) & 0xff;
    long attributes =
        switch (access) {
          case CODE -> 0x060b0000L; // read-only, executable, cached
          case CONSTANTS -> 0x160b0000L; // read-only, never executed, cached
          case DATA -> 0x130b0000L; // read-write, never executed, cached
          case DEVICE -> 0x13050000L; // read-write, never executed, device
        };
    return attributes | (disabled << 8) | ((log2 - 1L) << 1) | 1;
  }

  static List<MpuRegion> armv8m(long base, long bytes, Access access, String comment) {
    long flags =
        switch (access) {
          case CODE -> 0b00110; // inner shareable off, read-only, executable
          case CONSTANTS -> 0b00111;
          case DATA, DEVICE -> 0b00011;
        };
    long attribute = access == Access.DEVICE ? 2 : 0;
    long limit = (base + bytes - 1) & ~31L;
    return List.of(new MpuRegion(base | flags, limit | (attribute << 1) | 1, comment));
  }
}
