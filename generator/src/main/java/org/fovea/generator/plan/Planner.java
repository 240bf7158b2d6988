package org.fovea.generator.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
  private static final int TIME_PERCENT = 106;

  /** Of the work of the fast plan, which includes reading weights: about twice its instructions. */
  private static final int RAM_PERCENT = 215;

  /** Cuts whose offsets are searched. */
  private static final int MOST_PLANS = 6;

  /** Of about the same bytes, whose kernels grow into the gaps. */
  private static final int MOST_FINISHED = 3;

  /** From the fewest bytes upward, as offsets may leave gaps. */
  private static final int[] ALLOWED_PERCENT = {100, 101, 102, 104, 106, 110, 115, 120};

  /** Of the bytes allowed, so that gaps stay for offsets. */
  private static final int[] KERNEL_PERCENT = {100, 97, 94, 90};

  /** Sizes between the smallest and the fastest plan that are looked at. */
  private static final int KNEES = 48;

  private static final int LITTLE_BYTES = 1024;
  private static final int MOST_LAYERS_REFINED = 512;
  private static final int MOST_STEPS_REFINED = 4096;

  // Neighbours that are tried of all starts together: fewer where plans have many steps.
  private static final int MOST_TRIES = 600;
  private static final int LEAST_TRIES = 60;
  private static final int STEPS_OF_A_TRY = 2;

  private final SegmentLives lives;
  private final PlanGoal goal;
  private final Cuts cuts;
  private final Neighbours neighbours;
  private final KernelGrowth growth;

  private Planner(SegmentLives lives, KernelPrices prices, PlanGoal goal) {
    this.lives = lives;
    this.goal = goal;
    this.cuts = new Cuts(lives, prices);
    this.neighbours = new Neighbours(cuts);
    this.growth = new KernelGrowth(lives, cuts);
  }

  /**
   * The plan of a goal, and the kernels that suit it.
   *
   * @param lives for the goal's input
   * @throws UserFault.DoesNotFit when no plan keeps to the goal's bytes; it says how many would do
   */
  public static Planned plan(SegmentLives lives, KernelPrices prices, PlanGoal goal) {
    Planner planner = new Planner(lives, prices, goal);
    return planner.planned(
        goal.maxArenaBytes().isPresent()
            ? planner.within(goal.maxArenaBytes().getAsLong())
            : planner.best());
  }

  /**
   * The plan of a goal with these kernels.
   *
   * @param kernels one per layer
   * @throws UserFault.DoesNotFit when no plan keeps to the goal's bytes; it says how many would do
   */
  public static Planned plan(Network network, List<KernelChoice> kernels, PlanGoal goal) {
    SegmentLives lives = SegmentLives.of(network, goal.input());
    return goal.objective() == Objective.THROUGHPUT && goal.maxArenaBytes().isEmpty()
        ? overlapping(lives, kernels)
        : plan(lives, KernelPrices.fixed(network, kernels), goal);
  }

  /** The smallest plan found, however much work it takes. */
  public static Planned smallest(SegmentLives lives, KernelPrices prices) {
    Planner planner = new Planner(lives, prices, PlanGoal.of(Objective.RAM, lives.input()));
    return planner.planned(planner.floor());
  }

  /** The whole image first, then each layer by itself over whole tensors. */
  public static MemoryPlan layerByLayer(Network network, List<KernelChoice> kernels) {
    Dataflow flow = Dataflow.of(network);
    List<Segment> segments = new ArrayList<>();
    for (int layer = 0; layer < flow.layers(); layer++) {
      int height = flow.height(layer + 1);
      segments.add(new Segment(layer, layer, SegmentLives.wholeBand(height, flow.layers())));
    }
    return new PlanBuilder(network, flow, kernels)
        .build(segments, InputMode.FRAME, OffsetAllocator.Effort.FULL);
  }

  private Candidate sketch(Cuts.Cut cut) {
    return Candidate.of(lives, cuts, cut, OffsetAllocator.Effort.SKETCH);
  }

  private Candidate best() {
    long fast = percent(cuts.fairWork(), TIME_PERCENT);
    Cuts.Cut time = cuts.fewestBytes(fast);
    if (goal.objective() == Objective.TIME || goal.objective() == Objective.THROUGHPUT) {
      return smallest(time, fast);
    }
    long slow = percent(time.work(), RAM_PERCENT);
    Cuts.Cut ram = cuts.fewestBytes(slow);
    if (goal.objective() == Objective.RAM) {
      return smallest(ram, slow);
    }
    Cuts.Cut knee = knee(ram.peakBytes(), time.peakBytes());
    return smallest(knee, percent(knee.work(), TIME_PERCENT));
  }

  private static long percent(long value, int percent) {
    return value / 100 * percent + value % 100 * percent / 100;
  }

  /** Where peak times work is least. */
  private Cuts.Cut knee(long fewest, long most) {
    return IntStream.rangeClosed(0, KNEES)
        .mapToLong(i -> fewest + (most - fewest) * i / KNEES)
        .mapToObj(cuts::leastWork)
        .flatMap(Optional::stream)
        .min(Comparator.comparingDouble(c -> (double) c.peakBytes() * c.work()))
        .orElseThrow();
  }

  /**
   * The smallest arena found from this cut and those of a few more bytes; of about equal ones that
   * of least work. No cut of at most this work needs fewer bytes at a time.
   */
  private Candidate smallest(Cuts.Cut lowest, long mostWork) {
    List<Candidate> starts = new ArrayList<>();
    Set<Start> seen = new HashSet<>();
    long least = Long.MAX_VALUE;
    for (int more : ALLOWED_PERCENT) {
      long bytes = percent(lowest.peakBytes(), more);
      if (bytes < least) {
        starts.addAll(starts(bytes, mostWork, seen));
        least = starts.stream().mapToLong(Candidate::bytes).min().orElse(least);
      }
    }
    starts.sort(Comparator.comparingLong(Candidate::bytes));
    long enough = enough(lowest.peakBytes());
    int plans = Math.min(MOST_PLANS, starts.size());
    int tries = tries(starts.get(0)) / plans;
    List<Candidate> refined =
        starts.subList(0, plans).stream()
            .map(start -> refined(start, mostWork, enough, tries))
            .sorted(Comparator.comparingLong(Candidate::bytes))
            .toList();
    long little = enough(refined.get(0).bytes());
    return refined.stream()
        .filter(c -> c.bytes() <= little)
        .limit(MOST_FINISHED)
        .map(growth::finished)
        .min(Comparator.comparingLong(Candidate::work))
        .orElseThrow();
  }

  private record Start(List<Segment> segments, List<KernelPrices.Offer> offers) {}

  /** The cut of least work within so many bytes, with all of them for its kernels and with less. */
  private List<Candidate> starts(long bytes, long mostWork, Set<Start> seen) {
    List<Segment> segments = cuts.leastWork(bytes).orElseThrow().segments();
    return Arrays.stream(KERNEL_PERCENT)
        .mapToObj(p -> cuts.of(segments, percent(bytes, p)))
        .flatMap(Optional::stream)
        .filter(c -> c.work() <= mostWork)
        .filter(c -> seen.add(new Start(segments, cuts.kernels(segments, c.allowedBytes()))))
        .map(this::sketch)
        .collect(Collectors.toCollection(ArrayList::new));
  }

  /** One percent above the bound, or a little that decides nothing, is enough. */
  private static long enough(long bound) {
    return MemoryPlan.align(bound) + Math.max(bound / 100, LITTLE_BYTES);
  }

  private int tries(Candidate start) {
    int steps = start.plan().steps().size();
    if (lives.flow().layers() > MOST_LAYERS_REFINED || steps > MOST_STEPS_REFINED) {
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
      for (Cuts.Cut cut : neighbours.of(here.cut(), here.plan(), mostWork, best.bytes())) {
        if (seen.size() > tries || at.filter(c -> c.bytes() < here.bytes()).isPresent()) {
          break;
        }
        if (seen.add(cut.segments())) {
          Candidate next = sketch(cut);
          at = at.filter(c -> c.bytes() <= next.bytes()).or(() -> Optional.of(next));
        }
      }
      best = at.isPresent() && at.get().bytes() < best.bytes() ? at.get() : best;
    }
    return best;
  }

  private Candidate within(long most) {
    long bytes = most;
    for (int tries = 0; tries < MOST_PLANS; tries++) {
      Optional<Cuts.Cut> cut = cuts.leastWork(bytes);
      if (cut.isEmpty()) {
        break;
      }
      long work = percent(cut.get().work(), TIME_PERCENT);
      List<Candidate> starts = starts(bytes, work, new HashSet<>());
      starts.sort(Comparator.comparingLong(Candidate::bytes));
      Candidate start = starts.get(0);
      Candidate found = refined(start, work, most, Math.min(LEAST_TRIES, tries(start)));
      Candidate finished = Candidate.of(lives, cuts, found.cut(), OffsetAllocator.Effort.FULL);
      if (finished.bytes() <= most) {
        return finished;
      }
      bytes = Math.min(cut.get().peakBytes() - 1, bytes - (finished.bytes() - most) / 2);
    }
    Candidate smallest =
        Stream.of(floor(), best()).min(Comparator.comparingLong(Candidate::bytes)).orElseThrow();
    if (smallest.bytes() <= most) {
      return smallest;
    }
    throw new UserFault.DoesNotFit(List.of(tooLittle(most, smallest.bytes())));
  }

  private Candidate floor() {
    return smallest(cuts.fewestBytes(SegmentCost.IMPOSSIBLE - 1), SegmentCost.IMPOSSIBLE - 1);
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
            lives.input() == InputMode.FRAME ? ", let the image come in rows" : ""));
  }

  /** The plan for two images in flight; for one where there are too many steps. */
  public static Planned overlapping(SegmentLives lives, List<KernelChoice> kernels) {
    KernelPrices prices = KernelPrices.fixed(lives.network(), kernels);
    Planner planner = new Planner(lives, prices, PlanGoal.of(Objective.THROUGHPUT, lives.input()));
    PlanBuilder builder = new PlanBuilder(lives.network(), lives.flow(), kernels);
    OverlapSearch search =
        new OverlapSearch(lives.network(), kernels, builder, planner.cuts, lives.input());
    return search
        .best()
        .map(
            f ->
                planner.planned(
                    f.cut(),
                    f.cut().work(),
                    f.plan(),
                    kernels,
                    Optional.of(
                        new PlanSummary.Pace(
                            f.interval(), search.oneAfterTheOther(planner.timeCut())))))
        .orElseGet(() -> planner.planned(planner.best()));
  }

  /** What {@link Objective#TIME} starts from. */
  private Cuts.Cut timeCut() {
    return cuts.fewestBytes(percent(cuts.fairWork(), TIME_PERCENT));
  }

  private Planned planned(Candidate chosen) {
    return planned(chosen.cut(), chosen.work(), chosen.plan(), chosen.kernels(), Optional.empty());
  }

  private Planned planned(
      Cuts.Cut cut,
      long work,
      MemoryPlan plan,
      List<KernelChoice> kernels,
      Optional<PlanSummary.Pace> pace) {
    PlanBuilder builder = new PlanBuilder(lives.network(), lives.flow(), kernels);
    return new Planned(
        kernels,
        plan,
        new PlanSummary(
            goal,
            cut.segments(),
            plan.arenaBytes(),
            mostInUse(plan, builder.outputBytes()),
            wholeTensors(kernels),
            work,
            Math.min(work, cuts.fairWork()),
            pace));
  }

  private static long mostInUse(MemoryPlan plan, long outputBytes) {
    long[] live = plan.liveBytes().stream().mapToLong(Long::longValue).toArray();
    return InFlight.of(plan.overlap(), live.length).most(live, outputBytes);
  }

  /** Most bytes of whole tensors and scratch that one layer and what outlasts it need. */
  private long wholeTensors(List<KernelChoice> kernels) {
    Dataflow flow = lives.flow();
    long most = 0;
    for (int layer = 0; layer < flow.layers(); layer++) {
      long bytes = kernels.get(layer).scratchBytes() + flow.bytes(layer + 1);
      for (int t = 0; t <= layer; t++) {
        bytes += flow.outlives(t, layer - 1) ? flow.bytes(t) : 0;
      }
      most = Math.max(most, bytes);
    }
    return most;
  }
}
