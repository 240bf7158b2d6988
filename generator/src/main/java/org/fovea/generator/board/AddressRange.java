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

  public long bytes() {
    return end - base;
  }
}
