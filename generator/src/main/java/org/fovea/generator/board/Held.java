package org.fovea.generator.board;

/**
 * A part of a board's region whose place somebody else has fixed.
 *
 * @param region its name
 * @param name what its owner calls it: untrusted text
 * @param writable whether the owner writes there
 */
public record Held(String region, String name, AddressRange range, boolean writable) {
  public long bytes() {
    return range.bytes();
  }
}
