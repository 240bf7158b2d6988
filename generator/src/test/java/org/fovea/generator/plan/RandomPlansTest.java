package org.fovea.generator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.fovea.generator.check.Checker;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.kernel.KernelChoice;
import org.fovea.generator.kernel.KernelChooser;
import org.fovea.generator.lower.Lowering;
import org.fovea.generator.lower.Network;
import org.fovea.generator.support.RandomGraphs;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Plans of random graphs: making one proves it, so that making a thousand proves the planner. */
class RandomPlansTest {
  private static final int GRAPHS = 170;
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
      for (InputMode input : InputMode.values()) {
        for (Objective objective : Objective.values()) {
          hold(network, kernels, PlanGoal.of(objective, input));
          plans++;
        }
      }
    }
    return plans;
  }

  private static void hold(Network network, List<KernelChoice> kernels, PlanGoal goal) {
    Planned planned = Planner.plan(network, kernels, goal);
    PlanSummary summary = planned.summary();
    assertThat(planned.plan().arenaBytes()).isGreaterThanOrEqualTo(summary.lowerBoundBytes());
    assertThat(summary.work()).isGreaterThanOrEqualTo(summary.leastWork());
    if (network.layers().size() % 4 == 0) {
      keepsTo(network, kernels, goal, summary.arenaBytes());
    }
  }

  /** What one plan came down to, a search for that limit comes down to, too. */
  private static void keepsTo(
      Network network, List<KernelChoice> kernels, PlanGoal goal, long bytes) {
    PlanGoal same = new PlanGoal(goal.objective(), goal.input(), OptionalLong.of(bytes));
    assertThat(Planner.plan(network, kernels, same).plan().arenaBytes()).isLessThanOrEqualTo(bytes);
  }
}
