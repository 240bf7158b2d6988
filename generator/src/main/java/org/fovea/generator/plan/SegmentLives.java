package org.fovea.generator.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fovea.generator.lower.Network;

/**
 * Every segment that a plan of a network may have, played by itself: the bytes in use whatever the
 * kernels are.
 */
public final class SegmentLives {
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

  /**
   * One segment.
   *
   * @param liveBytes most bytes in use at a step of each of its layers, without scratch and with
   *     everything that must outlast the segment
   */
  record Lives(Segment segment, List<Long> liveBytes) {}

  private final Network network;
  private final Dataflow flow;
  private final InputMode input;
  private final List<Lives> all = new ArrayList<>();

  private SegmentLives(Network network, InputMode input) {
    this.network = network;
    this.flow = Dataflow.of(network);
    this.input = input;
  }

  /** Plays them all. */
  public static SegmentLives of(Network network, InputMode input) {
    SegmentLives lives = new SegmentLives(network, input);
    for (int first = 0; first < lives.flow.layers(); first++) {
      lives.from(first);
    }
    return lives;
  }

  Network network() {
    return network;
  }

  Dataflow flow() {
    return flow;
  }

  InputMode input() {
    return input;
  }

  /** By first layer, then last layer, then band. */
  List<Lives> all() {
    return all;
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
        all.add(played(new Segment(first, last, wholeBand(tallest, flow.layers()))));
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
      all.add(played(segment));
    }
  }

  private Lives played(Segment segment) {
    Bands bands = new Bands();
    Interleaving.append(flow, segment, bands);
    int[] arrived = Arrivals.of(flow, bands, input);
    RowLives lives = new RowLives(flow, bands, homes(segment), segment.lastLayer(), arrived);
    long[] live =
        lives.liveBytes(lives::ringRows, new long[flow.layers()], standing(segment, lives));
    long[] most = new long[segment.layers()];
    for (int step = 0; step < live.length; step++) {
      int layer = bands.layer(step) - segment.firstLayer();
      most[layer] = Math.max(most[layer], live[step]);
    }
    return new Lives(segment, Arrays.stream(most).boxed().toList());
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
}
