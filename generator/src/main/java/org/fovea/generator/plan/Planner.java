package org.fovea.generator.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
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
  private static final int TIME_PERCENT = 105;

  private static final int RAM_PERCENT = 200;

  /** Cuts whose offsets are searched. */
  private static final int MOST_PLANS = 6;

  private static final int LITTLE_BYTES = 1024;
  private static final int MOST_LAYERS_REFINED = 512;
  private static final int MOST_STEPS_REFINED = 4096;

  // Neighbours that are tried of all starts together: fewer where plans have many steps.
  private static final int MOST_TRIES = 600;
  private static final int LEAST_TRIES = 60;
  private static final int STEPS_OF_A_TRY = 2;

  private final Network network;
  private final List<KernelChoice> kernels;
  private final PlanGoal goal;
  private final PlanBuilder builder;
  private final Cuts cuts;
  private final Neighbours neighbours;

  private Planner(Network network, List<KernelChoice> kernels, PlanGoal goal) {
    this.network = network;
    this.kernels = kernels;
    this.goal = goal;
    this.builder = new PlanBuilder(network, kernels);
    this.cuts =
        new Cuts(
            network.layers().size(),
            SegmentCosts.of(
                builder.flow(),
                WorkEstimate.of(network, kernels),
                builder.scratchBytes(),
                goal.input()));
    this.neighbours = new Neighbours(cuts);
  }

  /**
   * The plan of a goal.
   *
   * @param kernels one per layer
   * @throws UserFault.DoesNotFit when no plan keeps to the goal's bytes; it says how many would do
   */
  public static Planned plan(Network network, List<KernelChoice> kernels, PlanGoal goal) {
    Planner planner = new Planner(network, kernels, goal);
    if (goal.objective() == Objective.THROUGHPUT && goal.maxArenaBytes().isEmpty()) {
      return planner.overlapping();
    }
    return planner.planned(
        goal.maxArenaBytes().isPresent()
            ? planner.within(goal.maxArenaBytes().getAsLong())
            : planner.best());
  }

  /** Bytes of scratch that each layer may have while the arena stays what it is. */
  public static long[] roomForScratch(
      Network network, List<KernelChoice> kernels, Planned planned) {
    PlanSummary summary = planned.summary();
    long[] live =
        new PlanBuilder(network, kernels).liveBytes(summary.segments(), summary.goal().input());
    return Arrays.stream(live).map(bytes -> summary.arenaBytes() - bytes).toArray();
  }

  /** Least estimated work of any plan. */
  public static long leastWork(Network network, List<KernelChoice> kernels, InputMode input) {
    return new Planner(network, kernels, PlanGoal.of(Objective.TIME, input)).cuts.fastest().work();
  }

  /**
   * The steps of a plan with other kernels.
   *
   * @param leastWork of any plan with any kernels
   */
  public static Planned again(
      Network network, List<KernelChoice> kernels, Planned planned, long leastWork) {
    PlanSummary summary = planned.summary();
    PlanBuilder builder = new PlanBuilder(network, kernels);
    MemoryPlan plan =
        builder.build(summary.segments(), summary.goal().input(), OffsetAllocator.Effort.FULL);
    List<WorkEstimate> estimates = WorkEstimate.of(network, kernels);
    long work = 0;
    for (Segment segment : summary.segments()) {
      for (int layer = segment.firstLayer(); layer <= segment.lastLayer(); layer++) {
        work += estimates.get(layer).layer(builder.flow().height(layer + 1), segment.bandRows());
      }
    }
    return new Planned(
        plan,
        new PlanSummary(
            summary.goal(),
            summary.segments(),
            plan.arenaBytes(),
            plan.peak().bytes(),
            summary.layerByLayerBytes(),
            work,
            Math.min(work, leastWork),
            Optional.empty()));
  }

  /** The smallest plan found, however much work it takes. */
  public static Planned smallest(Network network, List<KernelChoice> kernels, InputMode input) {
    Planner planner = new Planner(network, kernels, PlanGoal.of(Objective.RAM, input));
    return planner.planned(planner.floor());
  }

  private Candidate floor() {
    return smallest(cuts.lowestPeak(Long.MAX_VALUE), Long.MAX_VALUE);
  }

  /** The whole image first, then each layer by itself over whole tensors. */
  public static MemoryPlan layerByLayer(Network network, List<KernelChoice> kernels) {
    PlanBuilder builder = new PlanBuilder(network, kernels);
    List<Segment> segments = new ArrayList<>();
    for (int layer = 0; layer < network.layers().size(); layer++) {
      int height = builder.flow().height(layer + 1);
      segments.add(
          new Segment(layer, layer, SegmentCosts.wholeBand(height, builder.flow().layers())));
    }
    return builder.build(segments, InputMode.FRAME, OffsetAllocator.Effort.FULL);
  }

  /** A cut with its offsets. */
  private record Candidate(Cuts.Cut cut, MemoryPlan plan) {
    long bytes() {
      return plan.arenaBytes();
    }
  }

  private Candidate candidate(Cuts.Cut cut, OffsetAllocator.Effort effort) {
    return new Candidate(cut, builder.build(cut.segments(), goal.input(), effort));
  }

  private Candidate best() {
    long fast = percent(cuts.fastest().work(), TIME_PERCENT);
    int time = cuts.lowestPeak(fast);
    if (goal.objective() == Objective.TIME || goal.objective() == Objective.THROUGHPUT) {
      return smallest(time, fast);
    }
    long slow = percent(cuts.leastWork(cuts.peaks()[time]).orElseThrow().work(), RAM_PERCENT);
    int ram = cuts.lowestPeak(slow);
    if (goal.objective() == Objective.RAM) {
      return smallest(ram, slow);
    }
    int knee = knee(ram, time);
    long work = cuts.leastWork(cuts.peaks()[knee]).orElseThrow().work();
    return smallest(knee, percent(work, TIME_PERCENT));
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

  /**
   * The smallest arena found from the cuts of this peak and the next higher ones. No plan of at
   * most this work has a lower peak, so one that comes down to it is the best.
   */
  private Candidate smallest(int from, long mostWork) {
    List<Candidate> starts = new ArrayList<>();
    long[] peaks = cuts.peaks();
    long least = Long.MAX_VALUE;
    for (int i = from; i < peaks.length && starts.size() < MOST_PLANS && peaks[i] < least; i++) {
      Cuts.Cut cut = cuts.leastWork(peaks[i]).orElseThrow();
      if (starts.stream().noneMatch(c -> c.cut().segments().equals(cut.segments()))) {
        starts.add(candidate(cut, OffsetAllocator.Effort.SKETCH));
        least = Math.min(least, starts.get(starts.size() - 1).bytes());
      }
    }
    long enough = enough(peaks[from]);
    int tries = tries(starts) / starts.size();
    return starts.stream()
        .map(start -> refined(start, mostWork, enough, tries))
        .min(Comparator.comparingLong(Candidate::bytes))
        .map(best -> candidate(best.cut(), OffsetAllocator.Effort.FULL))
        .orElseThrow();
  }

  /** One percent above the bound, or a little that decides nothing, is enough. */
  private static long enough(long bound) {
    return MemoryPlan.align(bound) + Math.max(bound / 100, LITTLE_BYTES);
  }

  private int tries(List<Candidate> starts) {
    int steps = starts.get(0).plan().steps().size();
    if (builder.flow().layers() > MOST_LAYERS_REFINED || steps > MOST_STEPS_REFINED) {
      return 0;
    }
    return Math.max(LEAST_TRIES, MOST_TRIES - steps / STEPS_OF_A_TRY);
  }

  /**
   * From neighbour to neighbour until one is within the goal: to the first that is better, else to
   * the least bad one that was not seen.
   */
  private Candidate refined(Candidate start, long mostWork, long enoughBytes, int tries) {
    Set<List<Segment>> seen = new HashSet<>(Set.of(start.cut().segments()));
    Candidate best = start;
    Optional<Candidate> at = Optional.of(start);
    while (at.isPresent() && best.bytes() > enoughBytes) {
      Candidate here = at.get();
      at = Optional.empty();
      for (Cuts.Cut cut :
          neighbours.of(here.cut().segments(), here.plan(), mostWork, best.bytes())) {
        if (seen.size() > tries || at.filter(c -> c.bytes() < here.bytes()).isPresent()) {
          break;
        }
        if (seen.add(cut.segments())) {
          Candidate next = candidate(cut, OffsetAllocator.Effort.SKETCH);
          at = at.filter(c -> c.bytes() <= next.bytes()).or(() -> Optional.of(next));
        }
      }
      best = at.isPresent() && at.get().bytes() < best.bytes() ? at.get() : best;
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
      long work = percent(cut.get().work(), TIME_PERCENT);
      Candidate start = candidate(cut.get(), OffsetAllocator.Effort.FULL);
      Candidate candidate =
          refined(start, work, most, Math.min(LEAST_TRIES, tries(List.of(start))));
      if (candidate.bytes() <= most) {
        return candidate;
      }
      peak = cut.get().peakBytes() - 1;
    }
    Candidate floor = floor();
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

  private Planned overlapping() {
    OverlapSearch search = new OverlapSearch(network, kernels, builder, cuts, goal.input());
    return search
        .best()
        .map(
            f ->
                planned(
                    new Candidate(f.cut(), f.plan()),
                    Optional.of(
                        new PlanSummary.Pace(f.interval(), search.oneAfterTheOther(timeCut())))))
        .orElseGet(() -> planned(best()));
  }

  /** What {@link Objective#TIME} starts from. */
  private Cuts.Cut timeCut() {
    long fast = percent(cuts.fastest().work(), TIME_PERCENT);
    return cuts.leastWork(cuts.peaks()[cuts.lowestPeak(fast)]).orElseThrow();
  }

  private Planned planned(Candidate chosen) {
    return planned(chosen, Optional.empty());
  }

  private Planned planned(Candidate chosen, Optional<PlanSummary.Pace> pace) {
    return new Planned(
        chosen.plan(),
        new PlanSummary(
            goal,
            chosen.cut().segments(),
            chosen.bytes(),
            mostInUse(chosen.plan()),
            wholeTensors(),
            chosen.cut().work(),
            cuts.fastest().work(),
            pace));
  }

  private long mostInUse(MemoryPlan plan) {
    long[] live = plan.liveBytes().stream().mapToLong(Long::longValue).toArray();
    return InFlight.of(plan.overlap(), live.length).most(live, builder.outputBytes());
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
