package org.fovea.generator.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Gives every extent an offset so that no byte is in use twice at a time. Places them one by one at
 * the lowest offset that is free for all their rows, in a few orders; then moves what lies on top
 * to earlier places of the best order, as long as its counted work allows. Always the same result
 * for the same extents.
 */
final class OffsetAllocator {
  private static final List<Comparator<Extent>> ORDERS =
      List.of(
          Comparator.comparingLong(Extent::bytes).reversed(),
          Comparator.comparingInt(Extent::lastStep).reversed(),
          Comparator.comparingInt(Extent::firstStep),
          Comparator.comparingLong(Extent::area).reversed(),
          Comparator.comparingInt(Extent::lastStep),
          Comparator.comparingInt(Extent::firstStep).reversed());

  /** How long to look for something better. */
  enum Effort {
    SKETCH(200_000, 600),
    FULL(4_000_000, 3000);

    private final long comparisons;
    private final int moves;

    Effort(long comparisons, int moves) {
      this.comparisons = comparisons;
      this.moves = moves;
    }
  }

  private final List<Extent> extents;
  private final long goal;
  private final Effort effort;
  private final List<Map<Integer, List<Extent.Gap>>> forbidden = new ArrayList<>();

  private OffsetAllocator(List<Extent> extents, InFlight flight, long goal, Effort effort) {
    this.extents = extents;
    this.goal = goal;
    this.effort = effort;
    for (Extent from : extents) {
      Map<Integer, List<Extent.Gap>> gaps = new HashMap<>();
      for (int to = 0; to < extents.size(); to++) {
        List<Extent.Gap> between = from.forbidden(extents.get(to), flight);
        if (!between.isEmpty()) {
          gaps.put(to, between);
        }
      }
      forbidden.add(gaps);
    }
  }

  /**
   * Offsets in the order of the extents.
   *
   * @param flight what is in use at one time
   * @param goal an end of the arena that cannot be improved on
   */
  static List<Long> place(List<Extent> extents, InFlight flight, long goal, Effort effort) {
    return new OffsetAllocator(extents, flight, goal, effort).place();
  }

  /** An order of placing and what came of it. */
  private record Try(List<Integer> order, List<Long> offsets, long end) {}

  private List<Long> place() {
    Try best = null;
    for (Comparator<Extent> by : ORDERS) {
      List<Integer> order = new ArrayList<>();
      for (int i = 0; i < extents.size(); i++) {
        order.add(i);
      }
      order.sort(Comparator.comparing(extents::get, by).thenComparing(i -> i));
      Try next = attempt(order);
      best = best == null || next.end < best.end ? next : best;
    }
    return improved(best).offsets;
  }

  private Try improved(Try start) {
    Random random = new Random(extents.size());
    long pairs = Math.max(1, (long) extents.size() * extents.size());
    long moves = Math.min(effort.moves, effort.comparisons / pairs);
    Try best = start;
    for (long move = 0; move < moves && best.end > goal; move++) {
      Try next = attempt(moved(best, random));
      best = next.end <= best.end ? next : best;
    }
    return best;
  }

  /** Mostly what ends last goes to an earlier place; else two change places. */
  private List<Integer> moved(Try best, Random random) {
    List<Integer> order = new ArrayList<>(best.order);
    int at = random.nextInt(order.size());
    if (random.nextInt(4) > 0) {
      for (int i = 0; i < order.size(); i++) {
        if (end(order.get(i), best.offsets.get(order.get(i))) == best.end) {
          at = i;
        }
      }
      Integer top = order.remove(at);
      order.add(random.nextInt(at + 1), top);
    } else {
      Collections.swap(order, at, random.nextInt(order.size()));
    }
    return order;
  }

  private long end(int extent, long offset) {
    return offset + extents.get(extent).bytes();
  }

  private Try attempt(List<Integer> order) {
    long[] offsets = new long[extents.size()];
    long end = 0;
    for (int i = 0; i < order.size(); i++) {
      int extent = order.get(i);
      offsets[extent] = lowest(extent, order.subList(0, i), offsets);
      end = Math.max(end, end(extent, offsets[extent]));
    }
    return new Try(order, Arrays.stream(offsets).boxed().toList(), end);
  }

  private long lowest(int extent, List<Integer> placed, long[] offsets) {
    List<Extent.Gap> taken = new ArrayList<>();
    for (int other : placed) {
      for (Extent.Gap gap : forbidden.get(other).getOrDefault(extent, List.of())) {
        long high = offsets[other] + gap.high();
        if (high > 0) {
          taken.add(new Extent.Gap(offsets[other] + gap.low(), high));
        }
      }
    }
    taken.sort(Comparator.comparingLong(Extent.Gap::low));
    long offset = 0;
    for (Extent.Gap gap : taken) {
      if (gap.low() >= offset) {
        return offset;
      }
      offset = Math.max(offset, MemoryPlan.align(gap.high()));
    }
    return offset;
  }
}
