package org.fovea.generator.board;

/**
 * One region of a memory protection unit.
 *
 * @param base its first address, a multiple of {@code bytes} on PMSAv7
 * @param bytes its size, a power of two on PMSAv7
 * @param disabledSubregions bit i set switches off the i-th eighth; 0 on PMSAv8
 */
public record MpuRegion(long base, long bytes, int disabledSubregions) {

  /** True when the region grants access to this byte. */
  public boolean covers(long address) {
    if (address < base || address >= base + bytes) {
      return false;
    }
    long eighth = disabledSubregions == 0 ? 0 : (address - base) / (bytes / 8);
    return (disabledSubregions >> eighth & 1) == 0;
  }
}
