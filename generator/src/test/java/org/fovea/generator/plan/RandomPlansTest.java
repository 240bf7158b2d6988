package org.fovea.generator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import org.fovea.generator.check.Checker;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.kernel.KernelChoice;
import org.fovea.generator.kernel.KernelChooser;
import org.fovea.generator.kernel.KernelSet;
import org.fovea.generator.lower.Lowering;
import org.fovea.generator.lower.Network;
import org.fovea.generator.support.RandomGraphs;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Plans of random graphs: making one proves it, so that making a thousand proves the planner. */
class RandomPlansTest {
  private static final List<KernelSet> SETS =
      List.of(KernelSet.ARMV7EM, KernelSet.HELIUM, KernelSet.NEON);
  private static final long FAIR_SCRATCH = 6 * 1024;
  private static final long MOST_SCRATCH = 40 * 1024;

  private static final int GRAPHS = 126;
  private static final int MANY_GRAPHS = 1700;

  @Test
  void aThousandPlansProveThemselves() {
    assertThat(plans(0, GRAPHS)).isGreaterThanOrEqualTo(1000);
  }

  @Test
  @Tag("long")
  void tenThousandPlansProveThemselves() {
    assertThat(plans(GRAPHS, MANY_GRAPHS)).isGreaterThanOrEqualTo(10_000);
  }

  private static int plans(int firstSeed, int graphs) {
    int plans = 0;
    for (int seed = firstSeed; seed < firstSeed + graphs; seed++) {
      Graph graph = RandomGraphs.of(seed);
      assertThat(Checker.check(graph)).as("seed " + seed).isEmpty();
      Network network = Lowering.lower(graph);
      List<KernelChoice> kernels = network.layers().stream().map(KernelChooser::choose).toList();
      KernelPrices prices = prices(network, SETS.get(seed / 3 % SETS.size()));
      for (InputMode input : InputMode.values()) {
        for (Objective objective : Objective.values()) {
          PlanGoal goal = PlanGoal.of(objective, input);
          boolean joint = seed % 3 == 0 && objective != Objective.THROUGHPUT;
          hold(network, goal, g -> joint ? joint(network, prices, g) : plan(network, kernels, g));
          plans++;
        }
      }
    }
    return plans;
  }

  /** That these networks have fast kernels with scratch, too. */
  @Test
  void someNetworksTakeScratch() {
    int withScratch = 0;
    for (int seed = 0; seed < GRAPHS; seed += 3) {
      Network network = Lowering.lower(RandomGraphs.of(seed));
      KernelPrices prices = prices(network, SETS.get(seed / 3 % SETS.size()));
      List<KernelChoice> kernels = joint(network, prices, PlanGoal.DEFAULT).kernels();
      withScratch += kernels.stream().anyMatch(RandomPlansTest::isFast) ? 1 : 0;
    }
    assertThat(withScratch).isGreaterThan(GRAPHS / 12);
  }

  private static boolean isFast(KernelChoice kernel) {
    return kernel.scratchBytes() > 0 && !kernel.variant().equals(KernelSet.PORTABLE.folder());
  }

  /** Kernels that are searched together with the plan, in little and in much scratch. */
  private static KernelPrices prices(Network network, KernelSet set) {
    return KernelPrices.of(
        network,
        network.layers().stream().map(l -> KernelChooser.options(l, set)).toList(),
        FAIR_SCRATCH,
        MOST_SCRATCH);
  }

  private static Planned joint(Network network, KernelPrices prices, PlanGoal goal) {
    return Planner.plan(SegmentLives.of(network, goal.input()), prices, goal);
  }

  private static Planned plan(Network network, List<KernelChoice> kernels, PlanGoal goal) {
    return Planner.plan(network, kernels, goal);
  }

  private static void hold(Network network, PlanGoal goal, Function<PlanGoal, Planned> planner) {
    Planned planned = planner.apply(goal);
    PlanSummary summary = planned.summary();
    assertThat(planned.plan().arenaBytes()).isGreaterThanOrEqualTo(summary.lowerBoundBytes());
    assertThat(summary.work()).isGreaterThanOrEqualTo(summary.leastWork());
    assertThat(scratch(planned.plan())).containsExactlyElementsOf(scratch(planned.kernels()));
    if (network.layers().size() % 4 == 0) {
      keepsTo(planner, goal, summary.arenaBytes());
    }
  }

  private static List<Long> scratch(MemoryPlan plan) {
    return plan.scratch().stream().map(s -> s.map(Slot::bytes).orElse(0L)).toList();
  }

  private static List<Long> scratch(List<KernelChoice> kernels) {
    return kernels.stream().map(KernelChoice::scratchBytes).toList();
  }

  /** What one plan came down to, a search for that limit comes down to, too. */
  private static void keepsTo(Function<PlanGoal, Planned> planner, PlanGoal goal, long bytes) {
    PlanGoal same = new PlanGoal(goal.objective(), goal.input(), OptionalLong.of(bytes));
    assertThat(planner.apply(same).plan().arenaBytes()).isLessThanOrEqualTo(bytes);
  }
}
