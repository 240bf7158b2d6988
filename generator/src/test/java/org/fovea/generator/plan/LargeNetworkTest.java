package org.fovea.generator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.fovea.generator.ir.FusedActivation;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.ir.Window;
import org.fovea.generator.kernel.KernelChoice;
import org.fovea.generator.kernel.KernelChooser;
import org.fovea.generator.lower.Lowering;
import org.fovea.generator.lower.Network;
import org.fovea.generator.support.GraphBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks as deep or as tall as a hostile file may make them: planned, in bounded work. */
class LargeNetworkTest {

  @Tag("long")
  @Test
  @Timeout(120)
  void theSlowestIsStillPlanned() {
    areStillPlanned(100, 2000, Objective.THROUGHPUT);
  }

  @ParameterizedTest
  @CsvSource({
    "2000, 8, TIME",
    "2000, 8, THROUGHPUT",
    "100, 2000, TIME",
    "6, 30000, TIME",
    "6, 30000, THROUGHPUT"
  })
  @Timeout(120)
  void areStillPlanned(int layers, int height, Objective objective) {
    GraphBuilder builder = new GraphBuilder("large", 1);
    TensorId x = builder.input(height, 2, 1);
    for (int i = 0; i < layers; i++) {
      x = builder.maxPool(x, Window.of(3, 1), true, FusedActivation.NONE);
    }
    Network network = Lowering.lower(builder.build(x));
    List<KernelChoice> kernels = network.layers().stream().map(KernelChooser::choose).toList();
    PlanGoal goal = PlanGoal.of(objective, InputMode.ROWS);
    Planned planned = Planner.plan(network, kernels, goal);
    assertThat(planned.plan().steps()).hasSizeLessThanOrEqualTo(65_535);
  }
}
