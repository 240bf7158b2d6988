package org.fovea.generator.estimate;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** How often the steps of one layer do each thing that its kernel repeats. */
public final class Tally {
  private final SortedMap<String, Long> counts = new TreeMap<>();
  private long weightPasses;

  Tally() {}

  /**
   * Counts.
   *
   * @param unit of work, as {@code kernel-costs.csv} names it
   */
  void add(String unit, long times) {
    if (times != 0) {
      counts.merge(unit, times, Long::sum);
    }
  }

  /** The weights of a step's channels are read this many times. */
  void readWeights(long times) {
    weightPasses += times;
  }

  /** Times by unit. */
  public Map<String, Long> counts() {
    return Collections.unmodifiableMap(counts);
  }

  /** Readings of all weights of the layer, whether a cache has them or not. */
  public long weightPasses() {
    return weightPasses;
  }
}
