package org.fovea.generator.board;

/** Addresses from {@code base} up to, not including, {@code end}. */
public record AddressRange(long base, long end) {
  public AddressRange {
    if (base < 0 || end <= base) {
      throw new IllegalArgumentException("addresses " + base + " to " + end);
    }
  }

  public static AddressRange of(Region region) {
    return new AddressRange(region.base(), region.end());
  }

  /** Widened to whole {@link Region#GRANULE granules}. */
  public AddressRange granules() {
    long last = Region.GRANULE - 1;
    return new AddressRange(base & ~last, (end + last) & ~last);
  }

  public long bytes() {
    return end - base;
  }
}
