package org.fovea.generator.plan;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.fovea.generator.kernel.KernelChoice;
import org.fovea.generator.lower.Network;

/** Plans whose next image runs ahead as far as the steps alone allow, wherever that is useful. */
public final class EagerPlans {
  private EagerPlans() {}

  /** The steps of a goal's plan in some random parts, and as many of them ahead as chance says. */
  public static MemoryPlan of(
      Network network, List<KernelChoice> kernels, PlanGoal goal, long seed) {
    Random random = new Random(seed);
    List<Segment> segments = Planner.plan(network, kernels, goal).summary().segments();
    PlanBuilder builder = new PlanBuilder(network, Dataflow.of(network), kernels);
    long longest = 2_100L + random.nextInt(20_000);
    ChannelParts parts = new ChannelParts(network, kernels, longest);
    Layout layout = builder.layout(segments, goal.input(), parts::of);
    int steps = layout.bands().size();
    int ahead = 1 + random.nextInt(steps);
    int gate = random.nextInt(3) == 0 ? ahead + random.nextInt(steps + 2 - ahead) : ahead;
    int[] waits = InFlight.leastWaits(layout.extents(), ahead, steps);
    List<Integer> after = Arrays.stream(waits).map(w -> Math.max(w, gate)).boxed().toList();
    return builder.place(layout, new Overlap(after, 2), OffsetAllocator.Effort.SKETCH);
  }
}
