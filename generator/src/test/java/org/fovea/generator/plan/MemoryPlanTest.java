package org.fovea.generator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.fovea.generator.kernel.KernelChoice;
import org.fovea.generator.kernel.KernelChooser;
import org.fovea.generator.lower.Lowering;
import org.fovea.generator.lower.Network;
import org.fovea.generator.lower.TestGraphs;
import org.junit.jupiter.api.Test;

/** A plan refuses to exist when it is not true. */
class MemoryPlanTest {
  private final Network network = Lowering.lower(TestGraphs.tinyYolo());
  private final List<KernelChoice> kernels =
      network.layers().stream().map(KernelChooser::choose).toList();
  private final MemoryPlan plan = Planner.layerByLayer(network, kernels);

  private static void refused(
      Network network,
      MemoryPlan good,
      List<Buffer> buffers,
      List<Step> steps,
      List<Slot> slots,
      List<Optional<Slot>> scratch) {
    assertThatThrownBy(
            () -> new MemoryPlan(network, buffers, good.layerBuffers(), steps, slots, scratch))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("wrong plan");
  }

  private void refusedSteps(List<Step> steps) {
    refused(network, plan, plan.buffers(), steps, plan.slots(), plan.scratch());
  }

  private void refusedSlots(List<Slot> slots) {
    refused(network, plan, plan.buffers(), plan.steps(), slots, plan.scratch());
  }

  @Test
  void layerByLayerHoldsTwoLayersAndTheirScratch() {
    assertThat(plan.arenaBytes()).isGreaterThanOrEqualTo(plan.peak().bytes());
    assertThat(plan.peak().bytes()).isPositive();
    assertThat(plan.slots()).hasSameSizeAs(plan.buffers());
  }

  @Test
  void refusesStepsInAnotherOrder() {
    for (int i = 0; i + 1 < plan.steps().size(); i++) {
      List<Step> swapped = new ArrayList<>(plan.steps());
      Collections.swap(swapped, i, i + 1);
      refusedSteps(swapped);
    }
  }

  @Test
  void refusesAMissingStep() {
    for (int i = 0; i < plan.steps().size(); i++) {
      List<Step> fewer = new ArrayList<>(plan.steps());
      fewer.remove(i);
      refusedSteps(fewer);
    }
  }

  @Test
  void refusesToStartBeforeTheImageIsThere() {
    Step first = plan.steps().get(0);
    List<Step> early = new ArrayList<>(plan.steps());
    early.set(
        0, new Step(0, first.firstRow(), first.rows(), 0, first.channels(), first.inputRows() - 1));
    refusedSteps(early);
  }

  @Test
  void refusesARingThatForgetsRowsStillNeeded() {
    List<Buffer> buffers = new ArrayList<>(plan.buffers());
    Buffer image = buffers.get(0);
    buffers.set(
        0,
        new Buffer(
            0,
            image.tensor(),
            image.name(),
            image.height(),
            image.rowBytes(),
            image.ringRows() - 1));
    refused(network, plan, buffers, plan.steps(), plan.slots(), plan.scratch());
  }

  @Test
  void refusesSlotsThatShareMemoryOrLieOdd() {
    for (int i = 0; i < plan.slots().size(); i++) {
      List<Slot> odd = new ArrayList<>(plan.slots());
      odd.set(i, plan.slots().get(i).at(plan.slots().get(i).offset() + 1));
      refusedSlots(odd);
    }
    List<Slot> same = new ArrayList<>(plan.slots());
    same.set(1, same.get(1).at(same.get(0).offset()));
    refusedSlots(same);
  }

  @Test
  void refusesASlotThatDiesEarly() {
    for (int i = 0; i < plan.slots().size(); i++) {
      List<Slot> dying = new ArrayList<>(plan.slots());
      Slot s = dying.get(i);
      dying.set(i, new Slot(s.name(), s.offset(), s.bytes(), s.firstStep(), s.lastStep() - 1));
      refusedSlots(dying);
    }
  }
}
