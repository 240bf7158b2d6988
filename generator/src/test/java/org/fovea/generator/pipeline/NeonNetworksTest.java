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
import org.fovea.generator.support.CortexA;
import org.fovea.generator.support.RandomGraphs;
import org.fovea.generator.support.SeededInput;
import org.fovea.generator.support.SmallYolo;
import org.fovea.generator.support.TestModels;
import org.fovea.generator.tflite.TfliteWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Networks with the NEON kernels, on QEMU's Cortex-A7 and A35, give what the Java executor gives.
 */
class NeonNetworksTest {
  private static final Path RUN = Path.of("../firmware-templates/tests/neon/network/run");
  private static final int RANDOM_NETWORKS = 16;
  private static final List<Objective> OBJECTIVES =
      List.of(Objective.TIME, Objective.BALANCED, Objective.RAM);

  /** Bytes of scratch. */
  private static final List<Long> SHARES = List.of(512 * 1024L, 160 * 1024L, 48 * 1024L);

  @TempDir Path dir;

  /** On both cores in turn. */
  @Test
  void randomNetworksEqualTheJavaExecutor() throws Exception {
    TreeSet<String> kernels = new TreeSet<>();
    for (int seed = 0; seed < RANDOM_NETWORKS; seed++) {
      CortexA core = seed % 2 == 0 ? CortexA.CORTEX_A7 : CortexA.CORTEX_A35;
      core.assumeTools();
      Objective objective = OBJECTIVES.get(seed % OBJECTIVES.size());
      PlanGoal goal = PlanGoal.of(objective, InputMode.ROWS);
      long share = SHARES.get(seed / OBJECTIVES.size() % SHARES.size());
      Compiled compiled =
          EvenKernels.compiled(dir, RandomGraphs.of(seed), goal, KernelSet.NEON, share);
      compiled.kernels().stream().map(KernelChoice::function).forEach(kernels::add);
      equalsTheExecutor("seed " + seed, compiled, seed, core, "");
    }
    assertThat(kernels).contains("fv_conv2d_neon_s8", "fv_depthwise_conv2d_neon_s8");
  }

  @ParameterizedTest
  @EnumSource
  void aSmallYoloEqualsTheJavaExecutor(CortexA core) throws Exception {
    core.assumeTools();
    for (Objective objective : OBJECTIVES) {
      Compiled compiled = compiled(SmallYolo.graph(), PlanGoal.of(objective, InputMode.ROWS));
      equalsTheExecutor(objective.name(), compiled, 3, core, "threads");
    }
    Compiled fast = compiled(SmallYolo.graph(), PlanGoal.of(Objective.TIME, InputMode.ROWS));
    assertThat(fast.kernels().stream().map(KernelChoice::function))
        .contains("fv_conv2d_winograd_neon_s8");
  }

  @ParameterizedTest
  @CsvSource({
    "CORTEX_A7, roadsigns_192_int8",
    "CORTEX_A35, roadsigns_224_int8",
  })
  void theBundledDetectorEqualsTheJavaExecutor(CortexA core, String model) throws Exception {
    core.assumeTools();
    Path file = Path.of("..", "models", "roadsigns", model + ".tflite");
    equalsTheExecutor(model, detector(file), 5, core, "threads");
  }

  @ParameterizedTest
  @CsvSource({
    "CORTEX_A7, tiny_yolo_v2_224/tiny_yolo_v2_224_int8",
    "CORTEX_A35, yolo_fastest_body/yolo-fastest-1.1_body_320_int8",
  })
  void detectorsEqualTheJavaExecutor(CortexA core, String model) throws Exception {
    core.assumeTools();
    equalsTheExecutor(model, detector(TestModels.path(model + ".tflite")), 6, core, "");
  }

  @Tag("long")
  @ParameterizedTest
  @CsvSource({
    "CORTEX_A35, tiny_yolo_v2_224/tiny_yolo_v2_224_int8",
    "CORTEX_A7, yolo_fastest_body/yolo-fastest-1.1_body_320_int8",
  })
  void onTheOtherCoreToo(CortexA core, String model) throws Exception {
    core.assumeTools();
    equalsTheExecutor(model, detector(TestModels.path(model + ".tflite")), 6, core, "threads");
  }

  private static Compiled detector(Path file) {
    return Compiled.of(ModelFile.read(file), PlanGoal.DEFAULT, PixelFormat.RGB888, KernelSet.NEON);
  }

  private Compiled compiled(Graph graph, PlanGoal goal) throws Exception {
    Path file = Files.write(dir.resolve("model.tflite"), TfliteWriter.write(graph));
    return Compiled.of(ModelFile.read(file), goal, PixelFormat.RGB888, KernelSet.NEON);
  }

  private void equalsTheExecutor(
      String what, Compiled compiled, int seed, CortexA core, String threads) throws Exception {
    Path project = Files.createTempDirectory(dir, "project");
    Fit fit = Fit.of(compiled, BoardCatalogue.find(core.board()), Rtos.LINUX);
    Generation.project(fit).writeTo(project);
    byte[] image = SeededInput.of(compiled.model().graph(), seed);
    Path input = Files.write(dir.resolve("image.bin"), image);
    NetworkRun.equalsTheExecutor(
        what,
        compiled,
        image,
        List.of(RUN.toString(), core.id(), project.toString(), input.toString(), threads));
  }
}
