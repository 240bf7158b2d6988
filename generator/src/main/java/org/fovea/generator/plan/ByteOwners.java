package org.fovea.generator.plan;

import java.util.Map;
import java.util.TreeMap;

/** Who wrote each byte of the arena last. */
final class ByteOwners {
  private record Stretch(long end, long owner) {}

  private final TreeMap<Long, Stretch> stretches = new TreeMap<>();

  /** {@code owner} writes the bytes {@code from..to - 1}. */
  void write(long from, long to, long owner) {
    split(from);
    split(to);
    stretches.subMap(from, to).clear();
    stretches.put(from, new Stretch(to, owner));
  }

  private void split(long at) {
    Map.Entry<Long, Stretch> before = stretches.lowerEntry(at);
    if (before != null && before.getValue().end > at) {
      stretches.put(before.getKey(), new Stretch(at, before.getValue().owner));
      stretches.put(at, before.getValue());
    }
  }

  /** Whether every byte of {@code from..to - 1} still is what {@code owner} wrote. */
  boolean holds(long from, long to, long owner) {
    long at = from;
    while (at < to) {
      Map.Entry<Long, Stretch> here = stretches.floorEntry(at);
      if (here == null || here.getValue().end <= at || here.getValue().owner != owner) {
        return false;
      }
      at = here.getValue().end;
    }
    return true;
  }
}
