package org.fovea.generator.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Cuts of the layers into segments. No cut of the same work has a lower peak of live bytes, and
 * none of the same peak has less work: dynamic programming over the layers for each peak that
 * occurs.
 */
final class Cuts {
  private final int layers;
  private final List<SegmentCost> costs;
  private final long[] peaks;
  private final Map<Range, SortedMap<Integer, SegmentCost>> byLayers = new HashMap<>();

  private record Range(int firstLayer, int lastLayer) {}

  /**
   * @param costs by first layer
   */
  Cuts(int layers, List<SegmentCost> costs) {
    this.layers = layers;
    this.costs = costs;
    this.peaks = costs.stream().mapToLong(SegmentCost::peakBytes).sorted().distinct().toArray();
    for (SegmentCost cost : costs) {
      byLayers
          .computeIfAbsent(layers(cost.segment()), range -> new TreeMap<>())
          .put(cost.segment().bandRows(), cost);
    }
  }

  /** Segments in order, with the peak that they must not exceed and their work. */
  record Cut(List<Segment> segments, long peakBytes, long work) {}

  /** Peaks that segments have, ascending. */
  long[] peaks() {
    return peaks.clone();
  }

  /** The cut of least work whose segments stay within {@code peak} bytes; short ones at a tie. */
  Optional<Cut> leastWork(long peak) {
    return leastWork(List.of(), peak);
  }

  /** The same among those that begin with these segments, whatever their own peaks are. */
  Optional<Cut> leastWork(List<Segment> first, long peak) {
    Cut begun = of(first);
    int start = first.isEmpty() ? 0 : first.get(first.size() - 1).lastLayer() + 1;
    long[] best = new long[layers + 1];
    SegmentCost[] chosen = new SegmentCost[layers + 1];
    java.util.Arrays.fill(best, Long.MAX_VALUE);
    best[start] = begun.work();
    for (SegmentCost cost : costs) {
      int from = cost.segment().firstLayer();
      int to = cost.segment().lastLayer() + 1;
      if (cost.peakBytes() <= peak
          && best[from] != Long.MAX_VALUE
          && best[from] + cost.work() <= best[to]) {
        best[to] = best[from] + cost.work();
        chosen[to] = cost;
      }
    }
    return best[layers] == Long.MAX_VALUE
        ? Optional.empty()
        : Optional.of(cut(begun, start, chosen, best[layers]));
  }

  private Cut cut(Cut begun, int start, SegmentCost[] chosen, long work) {
    List<Segment> segments = new ArrayList<>();
    long peak = begun.peakBytes();
    for (int end = layers; end > start; end = chosen[end].segment().firstLayer()) {
      segments.add(chosen[end].segment());
      peak = Math.max(peak, chosen[end].peakBytes());
    }
    Collections.reverse(segments);
    segments.addAll(0, begun.segments());
    return new Cut(segments, peak, work);
  }

  /** A cut into these segments, each of which is known. */
  Cut of(List<Segment> segments) {
    long peak = 0;
    long work = 0;
    for (Segment segment : segments) {
      SegmentCost cost = byLayers.get(layers(segment)).get(segment.bandRows());
      peak = Math.max(peak, cost.peakBytes());
      work += cost.work();
    }
    return new Cut(segments, peak, work);
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

  /** Least work of all. */
  Cut fastest() {
    return leastWork(Long.MAX_VALUE).orElseThrow();
  }

  /** Segments that hold the first layers. */
  List<Segment> firstSegments() {
    return costs.stream().map(SegmentCost::segment).filter(s -> s.firstLayer() == 0).toList();
  }

  /** Index into {@link #peaks()} of the lowest peak that some cut of at most this work keeps to. */
  int lowestPeak(long mostWork) {
    return lowestPeak(List.of(), mostWork);
  }

  /** The same for the segments after these. */
  int lowestPeak(List<Segment> first, long mostWork) {
    int low = 0;
    int high = peaks.length - 1;
    while (low < high) {
      int middle = (low + high) / 2;
      if (leastWork(first, peaks[middle]).filter(c -> c.work() <= mostWork).isPresent()) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
