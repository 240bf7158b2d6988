package org.fovea.generator.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.fovea.generator.kernel.KernelChoice;
import org.fovea.generator.lower.Network;

/**
 * Searches the plan of {@link Objective#THROUGHPUT}. Rows come at the pace at which all of them
 * take as long as the least work: a slower line leaves more room, a faster one waits for the work.
 *
 * <p>A candidate is a first segment, which runs while rows arrive, cuts of the layers behind it, a
 * number of steps that may run ahead, and a gate: how many steps of the last image must be done
 * before the next one's rows come in. A late gate shares more memory and makes rows wait. What the
 * steps themselves must wait for, and the time between results, are known without offsets; offsets
 * are searched for the few smallest.
 */
final class OverlapSearch {
  /** Times between results within this of the least count as equal. */
  private static final int INTERVAL_PERCENT = 105;

  private static final int WORK_PERCENT = 105;

  /** Of all work, one step at most. */
  private static final int LONGEST_STEP_SHARE = 64;

  private static final int MOST_ROW_SLOTS = 16;
  private static final int MOST_GATES = 8;
  private static final int MOST_SLOTTED = 24;
  private static final int MOST_PLANS = 6;

  /** Steps of all candidates together. */
  private static final long MOST_STEPS = 2_000_000;

  private final PlanBuilder builder;
  private final Cuts cuts;
  private final InputMode input;
  private final ChannelParts parts;
  private final int height;
  private final int rowBytes;
  private final long leastWork;
  private final long rowPeriod;

  OverlapSearch(
      Network network,
      List<KernelChoice> kernels,
      PlanBuilder builder,
      Cuts cuts,
      InputMode input) {
    this.builder = builder;
    this.cuts = cuts;
    this.input = input;
    this.height = builder.flow().height(Dataflow.IMAGE);
    this.rowBytes = builder.flow().rowBytes(Dataflow.IMAGE);
    this.leastWork = cuts.fairWork();
    this.rowPeriod = Math.max(1, leastWork / height);
    this.parts = new ChannelParts(network, kernels, Math.max(1, leastWork / LONGEST_STEP_SHARE));
  }

  /**
   * A plan and its pace.
   *
   * @param interval estimated work between two results
   */
  record Found(Cuts.Cut cut, MemoryPlan plan, long interval) {
    long bytes() {
      return plan.arenaBytes()
          + (long) plan.overlap().rowSlots() * plan.buffers().get(Dataflow.IMAGE).rowBytes();
    }
  }

  /**
   * A candidate without offsets.
   *
   * @param bytes that it needs at least
   */
  private record Candidate(Cuts.Cut cut, Overlap overlap, long interval, long bytes) {
    Candidate with(Overlap other, long otherInterval, long otherBytes) {
      return new Candidate(cut, other, otherInterval, otherBytes);
    }
  }

  /** Empty when the steps are too many to count. */
  Optional<Found> best() {
    List<Candidate> all = candidates();
    if (all.isEmpty()) {
      return Optional.empty();
    }
    long least = all.stream().mapToLong(Candidate::interval).min().orElseThrow();
    long most = least / 100 * INTERVAL_PERCENT;
    return all.stream()
        .filter(c -> c.interval() <= most)
        .sorted(Comparator.comparingLong(Candidate::bytes))
        .limit(MOST_SLOTTED)
        .map(c -> withFewestSlots(c, most))
        .sorted(Comparator.comparingLong(Candidate::bytes))
        .limit(MOST_PLANS)
        .map(c -> found(c, OffsetAllocator.Effort.SKETCH))
        .min(Comparator.comparingLong(Found::bytes))
        .map(f -> new Candidate(f.cut(), f.plan().overlap(), f.interval(), f.bytes()))
        .map(c -> found(c, OffsetAllocator.Effort.FULL));
  }

  private Found found(Candidate c, OffsetAllocator.Effort effort) {
    return new Found(c.cut(), builder.place(layout(c.cut()), c.overlap(), effort), c.interval());
  }

  private Layout layout(Cuts.Cut cut) {
    return builder.layout(cut.segments(), input, parts::of);
  }

  private List<Candidate> candidates() {
    List<Candidate> all = new ArrayList<>();
    long steps = 0;
    for (Cuts.Cut cut : worthTrying()) {
      if (steps < MOST_STEPS) {
        Layout layout = layout(cut);
        steps += layout.bands().size();
        if (layout.bands().size() <= OverlapProof.MOST_STEPS) {
          for (int ahead : aheads(cut, layout)) {
            all.addAll(gated(cut, layout, ahead));
          }
        }
      }
    }
    return all;
  }

  /** With each first segment, the cuts of least work and those of the lowest peak behind it. */
  private List<Cuts.Cut> worthTrying() {
    long most = leastWork / 100 * WORK_PERCENT;
    List<Cuts.Cut> all = new ArrayList<>();
    for (Segment segment : cuts.firstSegments()) {
      List<Segment> first = List.of(segment);
      cuts.leastWork(first, Long.MAX_VALUE).filter(c -> c.work() <= most).ifPresent(all::add);
      cuts.fewestBytes(first, most)
          .filter(c -> all.stream().noneMatch(a -> a.segments().equals(c.segments())))
          .ifPresent(all::add);
    }
    return all.isEmpty() ? List.of(cuts.fewestBytes(Long.MAX_VALUE)) : all;
  }

  /** The steps of the first segment, or those of them that rows still wait for. */
  private List<Integer> aheads(Cuts.Cut cut, Layout layout) {
    int lastLayer = cut.segments().get(0).lastLayer();
    int end = 0;
    while (end < layout.bands().size() && layout.bands().layer(end) <= lastLayer) {
      end++;
    }
    int waiting = 0;
    while (layout.arrived()[waiting] < height) {
      waiting++;
    }
    return waiting > 0 && waiting < end ? List.of(waiting, end) : List.of(end);
  }

  private List<Candidate> gated(Cuts.Cut cut, Layout layout, int ahead) {
    int[] waits = InFlight.leastWaits(layout.extents(), ahead, layout.bands().size());
    List<Candidate> all = new ArrayList<>();
    for (int gate : gates(layout.bands(), ahead)) {
      List<Integer> after = Arrays.stream(waits).map(w -> Math.max(w, gate)).boxed().toList();
      Overlap overlap = new Overlap(after, MOST_ROW_SLOTS);
      all.add(new Candidate(cut, overlap, interval(layout, overlap), bytes(layout, overlap)));
    }
    return all;
  }

  /** Ends of layers behind the steps that run ahead, and the release. */
  private static List<Integer> gates(Bands bands, int ahead) {
    List<Integer> ends =
        IntStream.range(ahead + 1, bands.size())
            .filter(i -> bands.layer(i) != bands.layer(i - 1))
            .boxed()
            .toList();
    List<Integer> gates = new ArrayList<>(List.of(ahead));
    for (int i = 0; i < Math.min(MOST_GATES, ends.size()); i++) {
      gates.add(ends.get((int) ((long) i * ends.size() / Math.min(MOST_GATES, ends.size()))));
    }
    gates.add(bands.size() + 1);
    Collections.sort(gates);
    return gates;
  }

  private long interval(Layout layout, Overlap overlap) {
    return IntervalEstimate.of(
        parts.steps(layout.bands()), layout.arrived(), overlap, height, rowPeriod);
  }

  private long bytes(Layout layout, Overlap overlap) {
    long arena =
        InFlight.of(overlap, layout.bands().size()).most(layout.live(), builder.outputBytes());
    return arena + (long) overlap.rowSlots() * rowBytes;
  }

  private Candidate withFewestSlots(Candidate c, long mostInterval) {
    Layout layout = layout(c.cut());
    for (int slots = 1; slots < MOST_ROW_SLOTS; slots *= 2) {
      Overlap overlap = new Overlap(c.overlap().after(), slots);
      long interval = interval(layout, overlap);
      if (interval <= mostInterval) {
        return c.with(overlap, interval, bytes(layout, overlap));
      }
    }
    return c;
  }

  /** Work between two results when each image waits for the last one's release. */
  long oneAfterTheOther(Cuts.Cut cut) {
    Layout layout = builder.layout(cut.segments(), input, bands -> bands);
    return interval(layout, Overlap.NONE);
  }
}
