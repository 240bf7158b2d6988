package org.fovea.generator.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault;
import org.fovea.generator.kernel.KernelChoice;
import org.fovea.generator.lower.Network;

/**
 * Searches the plan of a goal: cuts by their estimated work and by the bytes that live at a time,
 * then the offsets of the few best.
 */
public final class Planner {
  /** Plans within this of the least work count as fast as it. */
  private static final int TIME_PERCENT = 103;

  private static final int RAM_PERCENT = 200;

  /** Cuts whose offsets are searched. */
  private static final int MOST_PLANS = 6;

  private final PlanGoal goal;
  private final PlanBuilder builder;
  private final Cuts cuts;

  private Planner(Network network, List<KernelChoice> kernels, PlanGoal goal) {
    this.goal = goal;
    this.builder = new PlanBuilder(network, kernels);
    this.cuts =
        new Cuts(
            network.layers().size(),
            SegmentCosts.of(
                builder.flow(), WorkEstimate.of(network), builder.scratchBytes(), goal.input()));
  }

  /**
   * The plan of a goal.
   *
   * @param kernels one per layer
   * @throws UserFault.DoesNotFit when no plan keeps to the goal's bytes; it says how many would do
   */
  public static Planned plan(Network network, List<KernelChoice> kernels, PlanGoal goal) {
    Planner planner = new Planner(network, kernels, goal);
    return planner.planned(
        goal.maxArenaBytes().isPresent()
            ? planner.within(goal.maxArenaBytes().getAsLong())
            : planner.best());
  }

  /** The whole image first, then each layer by itself over whole tensors. */
  public static MemoryPlan layerByLayer(Network network, List<KernelChoice> kernels) {
    PlanBuilder builder = new PlanBuilder(network, kernels);
    List<Segment> segments = new ArrayList<>();
    for (int layer = 0; layer < network.layers().size(); layer++) {
      int height = builder.flow().height(layer + 1);
      segments.add(new Segment(layer, layer, SegmentCosts.wholeBand(height)));
    }
    return builder.build(segments, InputMode.FRAME);
  }

  /** A cut with its offsets. */
  private record Candidate(Cuts.Cut cut, MemoryPlan plan) {
    long bytes() {
      return plan.arenaBytes();
    }
  }

  private Candidate candidate(Cuts.Cut cut) {
    return new Candidate(cut, builder.build(cut.segments(), goal.input()));
  }

  private Candidate best() {
    long fast = percent(cuts.fastest().work(), TIME_PERCENT);
    int time = cuts.lowestPeak(fast);
    if (goal.objective() == Objective.TIME) {
      return smallest(time);
    }
    long slow = percent(cuts.leastWork(cuts.peaks()[time]).orElseThrow().work(), RAM_PERCENT);
    int ram = cuts.lowestPeak(slow);
    return smallest(goal.objective() == Objective.RAM ? ram : knee(ram, time));
  }

  private static long percent(long value, int percent) {
    return value / 100 * percent;
  }

  /** Where peak times work is least. */
  private int knee(int ram, int time) {
    int best = time;
    double least = Double.MAX_VALUE;
    for (int i = time; i >= ram; i--) {
      Cuts.Cut cut = cuts.leastWork(cuts.peaks()[i]).orElseThrow();
      double product = (double) cut.peakBytes() * cut.work();
      if (product < least) {
        least = product;
        best = i;
      }
      i = indexOf(cut.peakBytes());
    }
    return best;
  }

  private int indexOf(long peak) {
    return java.util.Arrays.binarySearch(cuts.peaks(), peak);
  }

  /** The smallest arena among the cuts of this peak and the next higher ones. */
  private Candidate smallest(int from) {
    List<List<Segment>> seen = new ArrayList<>();
    Candidate best = null;
    long[] peaks = cuts.peaks();
    for (int i = from; i < peaks.length && seen.size() < MOST_PLANS; i++) {
      if (best != null && peaks[i] >= best.bytes()) {
        break;
      }
      Cuts.Cut cut = cuts.leastWork(peaks[i]).orElseThrow();
      if (!seen.contains(cut.segments())) {
        seen.add(cut.segments());
        Candidate next = candidate(cut);
        best = best == null || next.bytes() < best.bytes() ? next : best;
      }
    }
    return best;
  }

  private Candidate within(long most) {
    long peak = most;
    for (int tries = 0; tries < MOST_PLANS; tries++) {
      Optional<Cuts.Cut> cut = cuts.leastWork(peak);
      if (cut.isEmpty()) {
        break;
      }
      Candidate candidate = candidate(cut.get());
      if (candidate.bytes() <= most) {
        return candidate;
      }
      peak = cut.get().peakBytes() - 1;
    }
    Candidate floor = smallest(cuts.lowestPeak(Long.MAX_VALUE));
    if (floor.bytes() <= most) {
      return floor;
    }
    throw new UserFault.DoesNotFit(List.of(tooLittle(most, floor.bytes())));
  }

  private Finding tooLittle(long most, long floor) {
    return new Finding(
        "--max-ram",
        "is below what the model needs",
        String.format(
            Locale.ROOT, "%d bytes are allowed, the smallest plan found has %d", most, floor),
        String.format(
            Locale.ROOT,
            "allow %dK%s, or take a smaller input image",
            (floor + 1023) / 1024,
            goal.input() == InputMode.FRAME ? ", let the image come in rows" : ""));
  }

  private Planned planned(Candidate chosen) {
    return new Planned(
        chosen.plan(),
        new PlanSummary(
            goal,
            chosen.cut().segments(),
            chosen.bytes(),
            chosen.plan().peak().bytes(),
            wholeTensors(),
            chosen.cut().work(),
            cuts.fastest().work()));
  }

  /** Most bytes of whole tensors and scratch that one layer and what outlasts it need. */
  private long wholeTensors() {
    Dataflow flow = builder.flow();
    long most = 0;
    for (int layer = 0; layer < flow.layers(); layer++) {
      long bytes = builder.scratchBytes()[layer] + flow.bytes(layer + 1);
      for (int t = 0; t <= layer; t++) {
        bytes += flow.outlives(t, layer - 1) ? flow.bytes(t) : 0;
      }
      most = Math.max(most, bytes);
    }
    return most;
  }
}
