package org.fovea.generator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.fovea.generator.kernel.KernelChoice;
import org.fovea.generator.kernel.KernelChooser;
import org.fovea.generator.lower.Lowering;
import org.fovea.generator.lower.Network;
import org.fovea.generator.support.RandomGraphs;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Plans for two images in flight, as eager as their steps allow, of random graphs: an image that
 * waits one step less, or that lies elsewhere, is refused where a played order shows the harm.
 */
class DamagedOverlapTest {
  private static final int GRAPHS = 40;

  private static List<MemoryPlan> plans(InputMode input) {
    List<MemoryPlan> plans = new ArrayList<>();
    for (int seed = 0; seed < GRAPHS; seed++) {
      Network network = Lowering.lower(RandomGraphs.of(seed));
      List<KernelChoice> kernels = network.layers().stream().map(KernelChooser::choose).toList();
      Objective objective = seed % 2 == 0 ? Objective.RAM : Objective.TIME;
      plans.add(EagerPlans.of(network, kernels, PlanGoal.of(objective, input), seed));
    }
    return plans;
  }

  /** Whether the proof refuses what {@link PlayedOrders} finds harmful, and only that. */
  private static boolean refused(MemoryPlan plan, List<Slot> slots, Overlap overlap) {
    boolean harmful = PlayedOrders.harmful(plan, slots, overlap.after());
    if (harmful) {
      assertThatThrownBy(() -> damaged(plan, slots, overlap))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("wrong plan");
    } else {
      damaged(plan, slots, overlap);
    }
    return harmful;
  }

  private static void damaged(MemoryPlan plan, List<Slot> slots, Overlap overlap) {
    OverlapProof.check(
        plan.network(),
        plan.buffers(),
        plan.layerBuffers(),
        plan.steps(),
        slots,
        plan.scratch(),
        overlap);
  }

  @ParameterizedTest
  @EnumSource
  void withoutAWait(InputMode input) {
    int refused = 0;
    for (MemoryPlan plan : plans(input)) {
      List<Integer> after = plan.overlap().after();
      for (int step = 0; step < after.size(); step++) {
        if (after.get(step) > (step == 0 ? after.size() : after.get(step - 1))) {
          List<Integer> hasty = new ArrayList<>(after);
          hasty.set(step, after.get(step) - 1);
          refused += refused(plan, plan.slots(), new Overlap(hasty, 1)) ? 1 : 0;
        }
      }
    }
    assertThat(refused).isGreaterThan(20);
  }

  @ParameterizedTest
  @EnumSource
  void withABufferElsewhere(InputMode input) {
    int refused = 0;
    for (MemoryPlan plan : plans(input)) {
      for (int b = 0; b < plan.slots().size(); b++) {
        for (long offset :
            new long[] {0, plan.slots().get(0).offset(), plan.arenaBytes() / 32 * 16}) {
          List<Slot> moved = new ArrayList<>(plan.slots());
          moved.set(b, moved.get(b).at(offset));
          refused += refused(plan, moved, plan.overlap()) ? 1 : 0;
        }
      }
    }
    assertThat(refused).isGreaterThan(50);
  }
}
