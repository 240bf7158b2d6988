package org.fovea.generator.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * The 0/1 knapsack by dynamic programming: which layers' constants to put into a memory. Exact
 * while layers times memory stay within {@link #MOST_CELLS}; beyond, sizes are rounded up to a
 * coarser step, and the choice still fits.
 */
final class Knapsack {
  private static final long MOST_CELLS = 1L << 26;

  private Knapsack() {}

  /**
   * The layers of the greatest sum of values whose bytes fit. Of equal choices, the one that leaves
   * the later layers out.
   *
   * @param capacity bytes
   * @return in the order given
   */
  static List<LayerReads> choose(
      List<LayerReads> layers, long capacity, ToLongFunction<LayerReads> value) {
    if (layers.isEmpty() || capacity <= 0) {
      return List.of();
    }
    if (layers.stream().mapToLong(LayerReads::bytes).sum() <= capacity) {
      return List.copyOf(layers);
    }
    long unit = unit(layers.size(), capacity);
    int units = (int) (capacity / unit);
    long[] best = new long[units + 1];
    List<BitSet> taken = new ArrayList<>();
    for (LayerReads layer : layers) {
      taken.add(take(best, units(layer, unit), value.applyAsLong(layer)));
    }
    return chosen(layers, taken, units, unit);
  }

  private static long unit(int layers, long capacity) {
    long most = Math.max(1, MOST_CELLS / layers);
    long needed = (capacity + most - 1) / most;
    return Math.max(MemoryPlan.ALIGNMENT, MemoryPlan.align(needed));
  }

  private static long units(LayerReads layer, long unit) {
    return (layer.bytes() + unit - 1) / unit;
  }

  /** One item, for every capacity: the capacities at which it is worth taking. */
  private static BitSet take(long[] best, long size, long value) {
    BitSet at = new BitSet();
    for (int c = best.length - 1; c >= size; c--) {
      long with = best[c - (int) size] + value;
      if (with > best[c]) {
        best[c] = with;
        at.set(c);
      }
    }
    return at;
  }

  private static List<LayerReads> chosen(
      List<LayerReads> layers, List<BitSet> taken, int units, long unit) {
    List<LayerReads> chosen = new ArrayList<>();
    int left = units;
    for (int i = layers.size() - 1; i >= 0; i--) {
      if (taken.get(i).get(left)) {
        chosen.add(0, layers.get(i));
        left -= (int) units(layers.get(i), unit);
      }
    }
    return chosen;
  }
}
