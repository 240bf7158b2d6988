package org.fovea.generator.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Plays every segment that a plan may have, by itself. */
final class SegmentCosts {
  private static final List<Integer> BANDS = List.of(1, 2, 4, 8);

  /** Rows of a step of a layer that runs alone: short lists of row pointers, visible progress. */
  static final int WHOLE_BAND = 16;

  /** Tall images take longer steps rather than more. */
  private static final int MOST_STEPS_OF_A_LAYER = 256;

  /** The device counts them in 16 bits. */
  private static final int MOST_STEPS_OF_A_PLAN = 65_535;

  private static final int LONGEST_SEGMENT = 32;

  /** First layers times lengths of segments: networks of many layers get shorter segments. */
  private static final int MOST_SEGMENTS = 4096;

  private static final int MOST_STEPS = 8192;

  /** Layers times steps of one segment. */
  private static final int MOST_LAYER_STEPS = 1 << 20;

  private final Dataflow flow;
  private final List<WorkEstimate> work;
  private final long[] scratchBytes;
  private final InputMode input;
  private final List<SegmentCost> costs = new ArrayList<>();

  private SegmentCosts(
      Dataflow flow, List<WorkEstimate> work, long[] scratchBytes, InputMode input) {
    this.flow = flow;
    this.work = work;
    this.scratchBytes = scratchBytes;
    this.input = input;
  }

  /** All of them, by first layer, then last layer, then band. */
  static List<SegmentCost> of(
      Dataflow flow, List<WorkEstimate> work, long[] scratchBytes, InputMode input) {
    SegmentCosts all = new SegmentCosts(flow, work, scratchBytes, input);
    for (int first = 0; first < flow.layers(); first++) {
      all.from(first);
    }
    return all.costs;
  }

  /** Rows of a step of a layer by itself. */
  static int wholeBand(int height, int layers) {
    int most = Math.min(MOST_STEPS_OF_A_LAYER, shareOfSteps(layers));
    return Math.max(WHOLE_BAND, (height + most - 1) / most);
  }

  /** Steps that each layer may have, so that all of them can be counted. */
  private static int shareOfSteps(int layers) {
    return MOST_STEPS_OF_A_PLAN / layers;
  }

  private void from(int first) {
    int longest = Math.max(2, Math.min(LONGEST_SEGMENT, MOST_SEGMENTS / flow.layers()));
    int end = Math.min(flow.layers(), first + longest);
    for (int last = first; last < end; last++) {
      int tallest = 1;
      for (int layer = first; layer <= last; layer++) {
        tallest = Math.max(tallest, flow.height(layer + 1));
      }
      for (int band : BANDS) {
        add(new Segment(first, last, band), tallest);
      }
      if (first == last || tallest <= WHOLE_BAND) {
        costs.add(cost(new Segment(first, last, wholeBand(tallest, flow.layers()))));
      }
    }
  }

  private void add(Segment segment, int tallest) {
    long steps = 0;
    for (int layer = segment.firstLayer(); layer <= segment.lastLayer(); layer++) {
      steps += (flow.height(layer + 1) + segment.bandRows() - 1) / segment.bandRows();
    }
    boolean same = segment.bandRows() > 1 && segment.bandRows() / 2 >= tallest;
    int most = Math.min(MOST_STEPS, MOST_LAYER_STEPS / flow.layers());
    most = Math.min(most, segment.layers() * shareOfSteps(flow.layers()));
    if (steps <= most && !same) {
      costs.add(cost(segment));
    }
  }

  private SegmentCost cost(Segment segment) {
    Bands bands = new Bands();
    Interleaving.append(flow, segment, bands);
    int[] arrived = Arrivals.of(flow, bands, input);
    RowLives lives = new RowLives(flow, bands, homes(segment), segment.lastLayer(), arrived);
    long[] live = lives.liveBytes(lives::ringRows, scratchBytes, standing(segment, lives));
    return new SegmentCost(segment, Arrays.stream(live).max().orElse(0), work(segment));
  }

  private int[] homes(Segment segment) {
    int[] homes = new int[flow.tensors()];
    Arrays.fill(homes, 0, segment.firstLayer() + 1, -1);
    Arrays.fill(homes, segment.firstLayer() + 1, homes.length, segment.lastLayer());
    if (segment.firstLayer() == 0) {
      homes[Dataflow.IMAGE] = segment.lastLayer();
    }
    return homes;
  }

  private long standing(Segment segment, RowLives lives) {
    return flow.passing(segment.firstLayer(), segment.lastLayer()).stream()
        .filter(t -> !lives.isTouched(t))
        .mapToLong(flow::bytes)
        .sum();
  }

  private long work(Segment segment) {
    long sum = 0;
    for (int layer = segment.firstLayer(); layer <= segment.lastLayer(); layer++) {
      sum += work.get(layer).layer(flow.height(layer + 1), segment.bandRows());
    }
    return sum;
  }
}
