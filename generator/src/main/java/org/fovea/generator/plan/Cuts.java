package org.fovea.generator.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Cuts of the layers into segments, each layer with the fastest kernel that fits beside what is
 * live. No cut of the same work needs fewer bytes at a time, and none of the same bytes has less
 * work: dynamic programming over the layers.
 */
final class Cuts {
  private final int layers;
  private final List<SegmentCost> costs;
  private final long fairScratch;
  private final Map<Range, SortedMap<Integer, SegmentCost>> byLayers = new HashMap<>();

  private record Range(int firstLayer, int lastLayer) {}

  Cuts(SegmentLives lives, KernelPrices prices) {
    this.layers = lives.flow().layers();
    this.fairScratch = prices.fairScratch();
    this.costs = lives.all().stream().map(l -> new SegmentCost(l, prices)).toList();
    for (SegmentCost cost : costs) {
      byLayers
          .computeIfAbsent(layers(cost.segment()), range -> new TreeMap<>())
          .put(cost.segment().bandRows(), cost);
    }
  }

  /**
   * Segments in order.
   *
   * @param allowedBytes that live bytes and scratch were given at a time
   * @param peakBytes of them that are in use
   */
  record Cut(List<Segment> segments, long allowedBytes, long peakBytes, long work) {}

  /** The cut of least work that stays within so many bytes; short segments at a tie. */
  Optional<Cut> leastWork(long bytes) {
    return leastWork(List.of(), bytes);
  }

  /** The same among those that begin with these segments, whatever bytes they need. */
  Optional<Cut> leastWork(List<Segment> first, long bytes) {
    int start = first.isEmpty() ? 0 : first.get(first.size() - 1).lastLayer() + 1;
    long[] best = new long[layers + 1];
    SegmentCost[] chosen = new SegmentCost[layers + 1];
    Arrays.fill(best, SegmentCost.IMPOSSIBLE);
    best[start] = 0;
    for (SegmentCost cost : costs) {
      int from = cost.segment().firstLayer();
      int to = cost.segment().lastLayer() + 1;
      if (best[from] != SegmentCost.IMPOSSIBLE) {
        long work = cost.work(bytes);
        if (work != SegmentCost.IMPOSSIBLE && best[from] + work <= best[to]) {
          best[to] = best[from] + work;
          chosen[to] = cost;
        }
      }
    }
    if (best[layers] == SegmentCost.IMPOSSIBLE) {
      return Optional.empty();
    }
    List<Segment> rest = new ArrayList<>();
    for (int end = layers; end > start; end = chosen[end].segment().firstLayer()) {
      rest.add(chosen[end].segment());
    }
    Collections.reverse(rest);
    return of(first, Long.MAX_VALUE).flatMap(f -> of(rest, bytes).map(r -> joined(f, r)));
  }

  private static Cut joined(Cut first, Cut rest) {
    List<Segment> segments = new ArrayList<>(first.segments());
    segments.addAll(rest.segments());
    return new Cut(
        segments,
        rest.allowedBytes(),
        Math.max(first.peakBytes(), rest.peakBytes()),
        first.work() + rest.work());
  }

  /** A cut into these segments, each of which is known; empty when one needs more bytes. */
  Optional<Cut> of(List<Segment> segments, long bytes) {
    long peak = 0;
    long work = 0;
    for (Segment segment : segments) {
      SegmentCost cost = cost(segment);
      long own = cost.work(bytes);
      if (own == SegmentCost.IMPOSSIBLE) {
        return Optional.empty();
      }
      peak = Math.max(peak, cost.peakBytes(bytes));
      work += own;
    }
    return Optional.of(new Cut(segments, bytes, peak, work));
  }

  /** The fastest kernel of each layer within so many bytes, which the segments can do with. */
  List<KernelPrices.Offer> kernels(List<Segment> segments, long bytes) {
    return segments.stream().flatMap(s -> cost(s).kernels(bytes).stream()).toList();
  }

  private SegmentCost cost(Segment segment) {
    return byLayers.get(layers(segment)).get(segment.bandRows());
  }

  /** Segments of these layers, with every band. */
  List<Segment> segments(int firstLayer, int lastLayer) {
    return byLayers
        .getOrDefault(new Range(firstLayer, lastLayer), new TreeMap<>())
        .values()
        .stream()
        .map(SegmentCost::segment)
        .toList();
  }

  boolean knows(Segment segment) {
    return byLayers.getOrDefault(layers(segment), new TreeMap<>()).containsKey(segment.bandRows());
  }

  private static Range layers(Segment segment) {
    return new Range(segment.firstLayer(), segment.lastLayer());
  }

  /** Least work of all cuts whose kernels have a fair scratch. */
  long fairWork() {
    long[] best = new long[layers + 1];
    Arrays.fill(best, 1, best.length, SegmentCost.IMPOSSIBLE);
    for (SegmentCost cost : costs) {
      int to = cost.segment().lastLayer() + 1;
      long work = best[cost.segment().firstLayer()] + cost.workWithScratch(fairScratch);
      best[to] = Math.min(best[to], work);
    }
    return best[layers];
  }

  /** Segments that hold the first layers. */
  List<Segment> firstSegments() {
    return costs.stream().map(SegmentCost::segment).filter(s -> s.firstLayer() == 0).toList();
  }

  /** The fewest bytes with which some cut has at most this work. */
  Cut fewestBytes(long mostWork) {
    return fewestBytes(List.of(), mostWork).orElseThrow();
  }

  /** The same for cuts that begin with these segments; empty when they have more work. */
  Optional<Cut> fewestBytes(List<Segment> first, long mostWork) {
    Optional<Cut> best = leastWork(first, Long.MAX_VALUE).filter(c -> c.work() <= mostWork);
    long low = 0;
    long high = best.map(Cut::peakBytes).orElse(0L);
    while (low < high) {
      long middle = (low + high) / 2;
      Optional<Cut> less = leastWork(first, middle).filter(c -> c.work() <= mostWork);
      best = less.isPresent() ? less : best;
      low = less.isPresent() ? low : middle + 1;
      high = less.isPresent() ? middle : high;
    }
    return best;
  }
}
