package org.fovea.generator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.fovea.generator.board.BoardCatalogue;
import org.fovea.generator.board.Rtos;
import org.fovea.generator.ir.FusedActivation;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.PixelFormat;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.ir.Window;
import org.fovea.generator.kernel.KernelChoice;
import org.fovea.generator.kernel.KernelSet;
import org.fovea.generator.plan.InputMode;
import org.fovea.generator.plan.Objective;
import org.fovea.generator.plan.PlanGoal;
import org.fovea.generator.support.GraphBuilder;
import org.fovea.generator.support.GraphBuilder.ConvSpec;
import org.fovea.generator.support.RandomGraphs;
import org.fovea.generator.support.SeededInput;
import org.fovea.generator.support.SmallYolo;
import org.fovea.generator.tflite.TfliteWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks with the kernels of MVE, in QEMU, give what the Java executor gives. */
class HeliumNetworksTest {
  private static final Path RUN = Path.of("../firmware-templates/tests/helium/network/run");
  private static final int RANDOM_NETWORKS = 15;
  private static final List<Objective> OBJECTIVES =
      List.of(Objective.TIME, Objective.BALANCED, Objective.RAM);

  /** Bytes of scratch. */
  private static final List<Long> SHARES = List.of(36 * 1024L, 16 * 1024L, 6 * 1024L);

  @TempDir Path dir;

  @Test
  void randomNetworksEqualTheJavaExecutor() throws Exception {
    TreeSet<String> kernels = new TreeSet<>();
    for (int seed = 0; seed < RANDOM_NETWORKS; seed++) {
      Objective objective = OBJECTIVES.get(seed % OBJECTIVES.size());
      PlanGoal goal = PlanGoal.of(objective, InputMode.ROWS);
      long share = SHARES.get(seed / OBJECTIVES.size() % SHARES.size());
      Compiled compiled =
          EvenKernels.compiled(dir, RandomGraphs.of(seed), goal, KernelSet.HELIUM, share);
      compiled.kernels().stream().map(KernelChoice::function).forEach(kernels::add);
      equalsTheExecutor("seed " + seed, compiled, seed);
    }
    assertThat(kernels).contains("fv_conv2d_mve_s8", "fv_add_mve_s8");
  }

  /** A pool behind a pool is no part of a convolution. */
  @Test
  void poolsOfPoolsEqualTheJavaExecutor() throws Exception {
    GraphBuilder builder = new GraphBuilder("pools", 5);
    TensorId conv = builder.conv(builder.input(13, 11, 3), ConvSpec.of(19, 3, 1));
    TensorId first = builder.maxPool(conv, Window.of(2, 2), true, FusedActivation.NONE);
    TensorId second = builder.maxPool(first, Window.of(3, 1), true, FusedActivation.NONE);
    TensorId third = builder.maxPool(second, Window.of(3, 2), false, FusedActivation.RELU6);
    for (Objective objective : OBJECTIVES) {
      Compiled compiled = compiled(builder.build(third), PlanGoal.of(objective, InputMode.ROWS));
      assertThat(compiled.kernels().stream().map(KernelChoice::function))
          .contains("fv_max_pool_mve_s8");
      equalsTheExecutor(objective.name(), compiled, 5);
    }
  }

  @Test
  void aSmallYoloEqualsTheJavaExecutor() throws Exception {
    for (Objective objective : OBJECTIVES) {
      Compiled compiled = compiled(SmallYolo.graph(), PlanGoal.of(objective, InputMode.ROWS));
      equalsTheExecutor(objective.name(), compiled, 3);
    }
  }

  private Compiled compiled(Graph graph, PlanGoal goal) throws Exception {
    Path file = Files.write(dir.resolve("model.tflite"), TfliteWriter.write(graph));
    return Compiled.of(ModelFile.read(file), goal, PixelFormat.RGB888, KernelSet.HELIUM);
  }

  private void equalsTheExecutor(String what, Compiled compiled, int seed) throws Exception {
    Path project = dir.resolve("project");
    Fit fit = Fit.of(compiled, BoardCatalogue.find("qemu-mps3-an547"), Rtos.BARE);
    Generation.project(fit).writeTo(project);
    byte[] image = SeededInput.of(compiled.model().graph(), seed);
    Path input = Files.write(dir.resolve("image.bin"), image);
    NetworkRun.equalsTheExecutor(
        what, compiled, image, List.of(RUN.toString(), project.toString(), input.toString()));
  }
}
