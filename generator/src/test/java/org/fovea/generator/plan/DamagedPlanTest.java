package org.fovea.generator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.generator.kernel.KernelChoice;
import org.fovea.generator.kernel.KernelChooser;
import org.fovea.generator.lower.Layer;
import org.fovea.generator.lower.Lowering;
import org.fovea.generator.lower.Network;
import org.fovea.generator.support.RandomGraphs;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streaming plans of random graphs, damaged in one place, are refused. */
class DamagedPlanTest {
  private static final int GRAPHS = 12;

  private static List<MemoryPlan> plans(InputMode input) {
    List<MemoryPlan> plans = new ArrayList<>();
    for (int seed = 0; seed < GRAPHS; seed++) {
      Network network = Lowering.lower(RandomGraphs.of(seed));
      List<KernelChoice> kernels = network.layers().stream().map(KernelChooser::choose).toList();
      plans.add(Planner.plan(network, kernels, PlanGoal.of(Objective.RAM, input)).plan());
    }
    return plans;
  }

  private static void refused(
      MemoryPlan plan,
      List<Buffer> buffers,
      List<Step> steps,
      List<Slot> slots,
      List<Optional<Slot>> scratch) {
    assertThatThrownBy(
            () ->
                new MemoryPlan(plan.network(), buffers, plan.layerBuffers(), steps, slots, scratch))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("wrong plan");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ROWS", "FRAME"})
  void withoutOneStep(InputMode input) {
    for (MemoryPlan plan : plans(input)) {
      for (int i = 0; i < plan.steps().size(); i++) {
        List<Step> fewer = new ArrayList<>(plan.steps());
        fewer.remove(i);
        refused(plan, plan.buffers(), fewer, plan.slots(), plan.scratch());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ROWS", "FRAME"})
  void withAStepAfterItsReader(InputMode input) {
    for (MemoryPlan plan : plans(input)) {
      Step last = plan.steps().get(plan.steps().size() - 1);
      List<Step> early = new ArrayList<>(plan.steps().subList(0, plan.steps().size() - 1));
      early.add(0, last);
      if (plan.steps().size() > 1) {
        refused(plan, plan.buffers(), early, plan.slots(), plan.scratch());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ROWS", "FRAME"})
  void withARingThatForgetsARowTooEarly(InputMode input) {
    int rings = 0;
    for (MemoryPlan plan : plans(input)) {
      for (Buffer ring : plan.buffers().subList(1, plan.buffers().size())) {
        if (ring.ringRows() > 1) {
          List<Buffer> shrunk = new ArrayList<>(plan.buffers());
          shrunk.set(
              ring.index(),
              new Buffer(
                  ring.index(),
                  ring.tensor(),
                  ring.name(),
                  ring.height(),
                  ring.rowBytes(),
                  ring.ringRows() - 1));
          if (!ring.isWhole()) {
            refused(plan, shrunk, plan.steps(), plan.slots(), plan.scratch());
            rings++;
          }
        }
      }
    }
    assertThat(rings).isGreaterThan(10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ROWS", "FRAME"})
  void withAnOutputOverTheRowsThatItIsMadeOf(InputMode input) {
    for (MemoryPlan plan : plans(input)) {
      for (Layer layer : plan.network().layers()) {
        Slot in = plan.slots().get(plan.bufferOf(layer.inputs().get(0)));
        List<Slot> over = new ArrayList<>(plan.slots());
        over.set(layer.index() + 1, over.get(layer.index() + 1).at(in.offset()));
        if (layer.kernel().reach().offset() + layer.kernel().reach().reach() > 0) {
          refused(plan, plan.buffers(), plan.steps(), over, plan.scratch());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ROWS", "FRAME"})
  void withScratchOverItsResult(InputMode input) {
    int scratches = 0;
    for (MemoryPlan plan : plans(input)) {
      for (int layer = 0; layer < plan.scratch().size(); layer++) {
        Optional<Slot> slot = plan.scratch().get(layer);
        if (slot.isPresent()) {
          List<Optional<Slot>> over = new ArrayList<>(plan.scratch());
          over.set(layer, Optional.of(slot.get().at(plan.slots().get(layer + 1).offset())));
          refused(plan, plan.buffers(), plan.steps(), plan.slots(), over);
          scratches++;
        }
      }
    }
    assertThat(scratches).isGreaterThan(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ROWS", "FRAME"})
  void thatDoesNotWaitForTheImage(InputMode input) {
    for (MemoryPlan plan : plans(input)) {
      List<Step> hasty = new ArrayList<>();
      for (Step s : plan.steps()) {
        hasty.add(
            new Step(
                s.layer(),
                s.firstRow(),
                s.rows(),
                s.firstChannel(),
                s.channels(),
                s.inputRows() - 1));
      }
      refused(plan, plan.buffers(), hasty, plan.slots(), plan.scratch());
    }
  }
}
