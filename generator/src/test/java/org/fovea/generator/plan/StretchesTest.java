package org.fovea.generator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.fovea.generator.kernel.KernelChoice;
import org.fovea.generator.kernel.KernelChooser;
import org.fovea.generator.lower.Lowering;
import org.fovea.generator.lower.Network;
import org.fovea.generator.support.RandomGraphs;
import org.junit.jupiter.api.Test;

/** What a plan says about the bytes of its arena over time is what it is proven with. */
class StretchesTest {

  @Test
  void noTwoShareAByteAndTogetherTheyAreWhatIsInUse() {
    for (int seed = 0; seed < 40; seed++) {
      Network network = Lowering.lower(RandomGraphs.of(seed));
      List<KernelChoice> kernels = network.layers().stream().map(KernelChooser::choose).toList();
      for (InputMode input : InputMode.values()) {
        check(Planner.plan(network, kernels, PlanGoal.of(Objective.RAM, input)).plan(), seed);
      }
      check(Planner.layerByLayer(network, kernels), seed);
    }
  }

  @Test
  void theSmallestPlanIsNoLargerThanAnyOther() {
    for (int seed = 0; seed < 20; seed++) {
      Network network = Lowering.lower(RandomGraphs.of(seed));
      List<KernelChoice> kernels = network.layers().stream().map(KernelChooser::choose).toList();
      long floor =
          Planner.smallest(
                  SegmentLives.of(network, InputMode.ROWS), KernelPrices.fixed(network, kernels))
              .plan()
              .arenaBytes();
      for (Objective objective : Objective.values()) {
        PlanGoal goal = PlanGoal.of(objective, InputMode.ROWS);
        long bytes = Planner.plan(network, kernels, goal).plan().arenaBytes();
        assertThat(floor).as(seed + " " + objective).isLessThanOrEqualTo(bytes + bytes / 50 + 1024);
      }
    }
  }

  private static void check(MemoryPlan plan, int seed) {
    List<Long> live = plan.liveBytes();
    List<MemoryPlan.Stretch> all = plan.stretches();
    for (int step : IntStream.range(0, live.size()).toArray()) {
      List<MemoryPlan.Stretch> now =
          all.stream()
              .filter(s -> s.firstStep() <= step && step <= s.lastStep())
              .sorted(Comparator.comparingLong(MemoryPlan.Stretch::offset))
              .toList();
      long end = 0;
      long sum = 0;
      for (MemoryPlan.Stretch s : now) {
        assertThat(s.offset()).as("seed %d step %d", seed, step).isGreaterThanOrEqualTo(end);
        end = s.offset() + s.bytes();
        sum += s.bytes();
      }
      assertThat(end).isLessThanOrEqualTo(plan.arenaBytes());
      assertThat(sum).as("seed %d step %d", seed, step).isEqualTo(live.get(step));
    }
  }
}
