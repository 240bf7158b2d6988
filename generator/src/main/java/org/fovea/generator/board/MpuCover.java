package org.fovea.generator.board;

import java.util.ArrayList;
import java.util.List;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault.BoardRejected;

/**
 * The fewest regions of a memory protection unit that grant access to given memories and to no byte
 * beyond them.
 */
public record MpuCover(List<MpuRegion> regions) {
  private static final int MIN_EXPONENT = 5;
  private static final int MIN_EXPONENT_WITH_SUBREGIONS = 8;
  private static final int MAX_EXPONENT = 32;

  public MpuCover {
    regions = List.copyOf(regions);
  }

  /** Bases and ends are multiples of 32. */
  public static MpuCover of(List<AddressRange> ranges, Mpu mpu) {
    List<MpuRegion> regions = new ArrayList<>();
    ranges.forEach(range -> regions.addAll(of(range, mpu.kind())));
    if (regions.size() > mpu.regions()) {
      throw new BoardRejected(
          List.of(
              new Finding(
                  "memory protection",
                  regions.size() + " regions are needed for " + ranges.size() + " memories",
                  "the unit has " + mpu.regions(),
                  "plan with fewer memories, or without a twin")));
    }
    return new MpuCover(regions);
  }

  public boolean covers(long address) {
    return regions.stream().anyMatch(r -> r.covers(address));
  }

  static List<MpuRegion> of(AddressRange range, Mpu.Kind kind) {
    if (range.base() % Region.GRANULE != 0 || range.end() % Region.GRANULE != 0) {
      throw new IllegalArgumentException(range + " is not made of whole granules");
    }
    return kind == Mpu.Kind.PMSAV8
        ? List.of(new MpuRegion(range.base(), range.bytes(), 0))
        : powersOfTwo(range);
  }

  /**
   * Of all regions that hold the first byte still uncovered, takes the one that reaches furthest.
   */
  private static List<MpuRegion> powersOfTwo(AddressRange range) {
    List<MpuRegion> regions = new ArrayList<>();
    long covered = range.base();
    while (covered < range.end()) {
      Reach best = new Reach(new MpuRegion(covered, Region.GRANULE, 0), covered + Region.GRANULE);
      for (int exponent = MIN_EXPONENT; exponent <= MAX_EXPONENT; exponent++) {
        Reach reach = reach(range, covered, exponent);
        best = reach.end > best.end ? reach : best;
      }
      regions.add(best.region);
      covered = best.end;
    }
    return regions;
  }

  /**
   * What the region of 2^exponent bytes around {@code address} can cover without leaving the range.
   */
  private static Reach reach(AddressRange range, long address, int exponent) {
    long size = 1L << exponent;
    long base = address & -size;
    long part = exponent < MIN_EXPONENT_WITH_SUBREGIONS ? size : size / 8;
    long first = Math.max(base, (range.base() + part - 1) & -part);
    long end = Math.min(base + size, range.end() & -part);
    if (first > address || end <= address) {
      return new Reach(new MpuRegion(base, size, 0), 0);
    }
    int disabled = 0;
    for (int i = 0; i < size / part; i++) {
      long at = base + i * part;
      disabled |= at < first || at >= end ? 1 << i : 0;
    }
    return new Reach(new MpuRegion(base, size, disabled), end);
  }

  /** A region and the end of what it covers. */
  private record Reach(MpuRegion region, long end) {}
}
