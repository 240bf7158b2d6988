package org.fovea.generator.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.fovea.generator.board.BoardCatalogue;
import org.fovea.generator.board.Core;
import org.fovea.generator.board.Rtos;
import org.fovea.generator.ir.PixelFormat;
import org.fovea.generator.kernel.KernelSet;
import org.fovea.generator.pipeline.Compiled;
import org.fovea.generator.pipeline.Fit;
import org.fovea.generator.pipeline.ModelFile;
import org.fovea.generator.plan.InputMode;
import org.fovea.generator.plan.Objective;
import org.fovea.generator.plan.PlanGoal;
import org.junit.jupiter.api.Test;

/** Whatever kernel a layer gets, its cost is known. */
class KernelCostsTest {
  private static final Path SIGNS = Path.of("../models/roadsigns/roadsigns_192_int8.tflite");

  @Test
  void everyLayerOfEveryKernelCosts() throws Exception {
    Set<String> kernels = new TreeSet<>();
    List<Path> models;
    try (Stream<Path> files = Files.list(Path.of("../models/micro"))) {
      models = files.filter(f -> f.toString().endsWith(".tflite")).sorted().toList();
    }
    for (Core core : Core.values()) {
      for (Path model : models) {
        for (Objective objective : List.of(Objective.TIME, Objective.RAM)) {
          kernels.addAll(costs(core, compiled(model, objective, PixelFormat.RGB888, core)));
        }
      }
      kernels.addAll(costs(core, compiled(SIGNS, Objective.TIME, PixelFormat.RGB565, core)));
      kernels.addAll(costs(core, compiled(SIGNS, Objective.TIME, PixelFormat.YUV422, core)));
    }
    assertThat(kernels)
        .contains(
            "fv_conv2d_winograd_s8",
            "fv_conv2d_gemm_s8",
            "fv_depthwise_conv2d_dsp_s8",
            "fv_conv2d_s8",
            "fv_depthwise_conv2d_s8",
            "fv_conv2d_mve_s8",
            "fv_depthwise_conv2d_mve_s8",
            "fv_add_mve_s8",
            "fv_max_pool_mve_s8",
            "fv_conv2d_neon_s8",
            "fv_conv2d_winograd_neon_s8",
            "fv_depthwise_conv2d_neon_s8",
            "fv_add_neon_s8",
            "fv_yuv422_s8");
  }

  private static Set<String> costs(Core core, Compiled compiled) {
    Set<String> kernels = new TreeSet<>();
    for (Workload.LayerWork work : Workload.of(compiled.plan(), compiled.kernels()).layers()) {
      Cost cost = KernelCosts.of(core, work.kernel(), work.tally());
      assertThat(cost.instructions()).as(core + " " + work.kernel()).isPositive();
      assertThat(cost.cycles()).as(core + " " + work.kernel()).isPositive();
      assertThat(cost.strictCycles()).as(core + " " + work.kernel()).isPositive();
      kernels.add(work.kernel());
    }
    return kernels;
  }

  private static Compiled compiled(Path model, Objective goal, PixelFormat pixels, Core core) {
    PlanGoal plan = PlanGoal.of(goal, InputMode.ROWS);
    return Compiled.of(ModelFile.read(model), plan, pixels, KernelSet.of(core));
  }

  @Test
  void weightsCrossTheirMemoryAtItsRate() {
    Compiled compiled = compiled(SIGNS, Objective.TIME, PixelFormat.RGB888, Core.CORTEX_M7);
    Fit fit = Fit.of(compiled, BoardCatalogue.find("stm32h750b-dk"), Rtos.BARE);
    Estimate estimate =
        Estimate.of(compiled.plan(), compiled.kernels(), fit.allocation().weights(), fit.board());
    LayerTime last = estimate.layers().get(estimate.layers().size() - 2);
    LayerTime.WeightReads reads = last.weights().orElseThrow();
    assertThat(reads.microseconds())
        .isEqualTo((double) reads.bytes() / reads.rate().megabytesPerSecond());
    assertThat(estimate.leastMicroseconds())
        .isGreaterThanOrEqualTo(estimate.readMicroseconds())
        .isLessThan(estimate.sumMicroseconds());
    assertThat(estimate.mostMicroseconds()).isEqualTo(1.25 * estimate.sumMicroseconds());
    assertThat(reads.bytes())
        .isGreaterThanOrEqualTo(
            fit.allocation().weights().of(last.index()).orElseThrow().layer().bytes());
  }

  @Test
  void twoCoresHaveHalfTheWorkOfTheConvolutions() {
    Compiled compiled = compiled(SIGNS, Objective.TIME, PixelFormat.RGB888, Core.CORTEX_A7);
    Estimate one = estimate(compiled, "stm32mp135f-dk");
    Estimate two = estimate(compiled, "stm32mp157f-dk2");
    assertThat(one.cores()).isEqualTo(1);
    assertThat(two.cores()).isEqualTo(2);
    for (int i = 0; i < one.layers().size(); i++) {
      double share =
          two.layers().get(i).compute().instructions()
              / one.layers().get(i).compute().instructions();
      assertThat(share).as(one.layers().get(i).kernel()).isBetween(0.49, 0.75);
    }
    assertThat(two.driver()).isEqualTo(one.driver());
  }

  private static Estimate estimate(Compiled compiled, String board) {
    Fit fit = Fit.of(compiled, BoardCatalogue.find(board), Rtos.LINUX);
    return Estimate.of(
        compiled.plan(), compiled.kernels(), fit.allocation().weights(), fit.board());
  }
}
