package org.fovea.generator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.fovea.generator.board.BoardCatalogue;
import org.fovea.generator.board.Rtos;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.PixelFormat;
import org.fovea.generator.kernel.KernelChoice;
import org.fovea.generator.kernel.KernelSet;
import org.fovea.generator.plan.InputMode;
import org.fovea.generator.plan.Objective;
import org.fovea.generator.plan.PlanGoal;
import org.fovea.generator.support.RandomGraphs;
import org.fovea.generator.support.SeededInput;
import org.fovea.generator.support.SmallYolo;
import org.fovea.generator.tflite.TfliteWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks with the kernels of Armv7E-M, in QEMU, give what the Java executor gives. */
class Armv7emNetworksTest {
  private static final Path RUN = Path.of("../firmware-templates/tests/armv7em/network/run");
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
          EvenKernels.compiled(dir, RandomGraphs.of(seed), goal, KernelSet.ARMV7EM, share);
      compiled.kernels().stream().map(KernelChoice::function).forEach(kernels::add);
      equalsTheExecutor("seed " + seed, compiled, seed);
    }
    assertThat(kernels).contains("fv_conv2d_gemm_s8", "fv_depthwise_conv2d_dsp_s8");
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
    return Compiled.of(ModelFile.read(file), goal, PixelFormat.RGB888, KernelSet.ARMV7EM);
  }

  private void equalsTheExecutor(String what, Compiled compiled, int seed) throws Exception {
    Path project = dir.resolve("project");
    Fit fit = Fit.of(compiled, BoardCatalogue.find("qemu-mps2-an500"), Rtos.BARE);
    Generation.project(fit).writeTo(project);
    byte[] image = SeededInput.of(compiled.model().graph(), seed);
    Path input = Files.write(dir.resolve("image.bin"), image);
    NetworkRun.equalsTheExecutor(
        what, compiled, image, List.of(RUN.toString(), project.toString(), input.toString()));
  }
}
