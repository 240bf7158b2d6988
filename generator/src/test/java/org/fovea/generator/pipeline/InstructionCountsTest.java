package org.fovea.generator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.fovea.generator.board.BoardCatalogue;
import org.fovea.generator.board.Core;
import org.fovea.generator.board.Rtos;
import org.fovea.generator.estimate.KernelCosts;
import org.fovea.generator.estimate.Workload;
import org.fovea.generator.ir.PixelFormat;
import org.fovea.generator.kernel.KernelSet;
import org.fovea.generator.plan.InputMode;
import org.fovea.generator.plan.Objective;
import org.fovea.generator.plan.PlanGoal;
import org.fovea.generator.support.SeededInput;
import org.fovea.generator.support.SmallYolo;
import org.fovea.generator.tflite.TfliteWriter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Instructions of small networks on QEMU's Cortex-M7: not more than they were, and near what the
 * cost model says. {@code -Dgolden.update=true} writes the counts anew.
 */
class InstructionCountsTest {
  private static final Path TESTS = Path.of("../firmware-templates/tests/armv7em");
  private static final Path COUNTS = TESTS.resolve("instruction-counts.csv");
  private static final Path MODELS = Path.of("../models");
  private static final double MORE = 1.02;

  /** How far a network's estimate may be from its count, and that of one kernel in all networks. */
  private static final double NETWORK_BAND = 0.05;

  private static final double KERNEL_BAND = 0.15;

  @TempDir static Path dir;

  /** Networks by name; none of them made the costs. */
  private static final Map<String, Counted> NETWORKS = new LinkedHashMap<>();

  /**
   * What one inference took.
   *
   * @param layers instructions of each
   */
  private record Counted(Compiled compiled, List<Long> layers, long total) {}

  @BeforeAll
  static void count() throws Exception {
    Path small = Files.write(dir.resolve("small.tflite"), TfliteWriter.write(SmallYolo.graph()));
    Path signs = MODELS.resolve("roadsigns/roadsigns_192_int8.tflite");
    NETWORKS.put("small_yolo", count(small, Objective.TIME, KernelSet.ARMV7EM));
    NETWORKS.put("small_yolo ram", count(small, Objective.RAM, KernelSet.ARMV7EM));
    NETWORKS.put("small_yolo portable", count(small, Objective.TIME, KernelSet.PORTABLE));
    NETWORKS.put("roadsigns_192", count(signs, Objective.TIME, KernelSet.ARMV7EM));
    NETWORKS.put("roadsigns_192 ram", count(signs, Objective.RAM, KernelSet.ARMV7EM));
  }

  @Test
  void noLayerTakesMoreInstructionsThanItDid() throws Exception {
    List<String> counted = new ArrayList<>();
    NETWORKS.forEach((name, c) -> counted.addAll(lines(name, c)));
    if (Boolean.getBoolean("golden.update")) {
      List<String> file =
          new ArrayList<>(
              List.of(
                  "# Instructions of one inference on QEMU's Cortex-M7, built by arm-none-eabi-gcc 12.2.1:",
                  "# network,layer,kernel,instructions"));
      file.addAll(counted);
      Files.writeString(COUNTS, String.join("\n", file) + "\n");
    }
    Map<String, Long> before = new TreeMap<>();
    Files.readAllLines(COUNTS).stream()
        .filter(l -> !l.startsWith("#"))
        .forEach(l -> before.put(key(l), instructions(l)));
    assertThat(counted).extracting(InstructionCountsTest::key).hasSameElementsAs(before.keySet());
    assertThat(counted)
        .allSatisfy(
            line ->
                assertThat((double) instructions(line))
                    .as(line)
                    .isLessThanOrEqualTo(MORE * before.get(key(line))));
  }

  @Test
  void theCostModelIsNearTheCounts() {
    Map<String, double[]> kernels = new TreeMap<>();
    NETWORKS.forEach(
        (name, c) -> {
          Workload work = Workload.of(c.compiled().plan(), c.compiled().kernels());
          double sum =
              KernelCosts.of(Core.CORTEX_M7, Workload.DRIVER, work.driver()).instructions();
          for (Workload.LayerWork layer : work.layers()) {
            double estimated =
                KernelCosts.of(Core.CORTEX_M7, layer.kernel(), layer.tally()).instructions();
            double[] both = kernels.computeIfAbsent(layer.kernel(), k -> new double[2]);
            both[0] += estimated;
            both[1] += c.layers().get(layer.layer().index());
            sum += estimated;
          }
          assertThat(sum / c.total()).as(name).isBetween(1 - NETWORK_BAND, 1 + NETWORK_BAND);
        });
    assertThat(kernels).containsKeys("fv_conv2d_winograd_s8", "fv_conv2d_gemm_s8", "fv_conv2d_s8");
    kernels.forEach(
        (kernel, both) ->
            assertThat(both[0] / both[1]).as(kernel).isBetween(1 - KERNEL_BAND, 1 + KERNEL_BAND));
  }

  private static List<String> lines(String name, Counted counted) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < counted.layers().size(); i++) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%s,%d,%s,%d",
              name,
              i,
              counted.compiled().kernels().get(i).function(),
              counted.layers().get(i)));
    }
    lines.add(name + ",all,," + counted.total());
    return lines;
  }

  private static String key(String line) {
    return line.substring(0, line.lastIndexOf(','));
  }

  private static long instructions(String line) {
    return Long.parseLong(line.substring(line.lastIndexOf(',') + 1));
  }

  private static Counted count(Path model, Objective objective, KernelSet set) throws Exception {
    PlanGoal goal = PlanGoal.of(objective, InputMode.ROWS);
    Compiled compiled = Compiled.of(ModelFile.read(model), goal, PixelFormat.RGB888, set);
    Path project = Files.createTempDirectory(dir, "project");
    Fit fit = Fit.of(compiled, BoardCatalogue.find("qemu-mps2-an500"), Rtos.BARE);
    Generation.project(fit).writeTo(project);
    byte[] image = SeededInput.of(compiled.model().graph(), 3);
    List<String> lines =
        run(project, Files.write(dir.resolve("image.bin"), image)).lines().toList();
    List<Long> layers = new ArrayList<>();
    for (int i = 0; i < compiled.network().layers().size(); i++) {
      layers.add(field(lines.get(i), 2));
    }
    return new Counted(compiled, layers, field(lines.get(lines.size() - 1), 1));
  }

  private static long field(String line, int index) {
    return Long.parseLong(line.split(" ", -1)[index]);
  }

  private static String run(Path project, Path image) throws Exception {
    Path log = Files.createTempFile(dir, "run", ".log");
    Process process =
        new ProcessBuilder(
                TESTS.resolve("network/run").toString(), project.toString(), image.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean ended = process.waitFor(120, TimeUnit.SECONDS);
    process.destroyForcibly();
    String text = Files.readString(log, StandardCharsets.US_ASCII);
    assertThat(ended && process.exitValue() == 0).as(text).isTrue();
    return text;
  }
}
