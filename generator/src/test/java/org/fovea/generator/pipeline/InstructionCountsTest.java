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
 * Instructions of small networks on QEMU's Cortex-M7 and Cortex-M55: not more than they were, and
 * near what the cost model says. {@code -Dgolden.update=true} writes the counts anew.
 */
class InstructionCountsTest {
  private static final Path TESTS = Path.of("../firmware-templates/tests");
  private static final Path MODELS = Path.of("../models");
  private static final double MORE = 1.02;

  /** How far a network's estimate may be from its count, and that of one kernel in all networks. */
  private static final double NETWORK_BAND = 0.05;

  private static final double KERNEL_BAND = 0.15;

  @TempDir static Path dir;

  private static final Machine M7 =
      new Machine(Core.CORTEX_M7, KernelSet.ARMV7EM, "qemu-mps2-an500");
  private static final Machine M55 =
      new Machine(Core.CORTEX_M55, KernelSet.HELIUM, "qemu-mps3-an547");

  /** Networks by machine and name; none of them made the costs. */
  private static final Map<Machine, Map<String, Counted>> NETWORKS = new LinkedHashMap<>();

  /** An emulated core, and the kernels for it. */
  private record Machine(Core core, KernelSet set, String board) {
    Path tests() {
      return TESTS.resolve(set.folder());
    }

    Path counts() {
      return tests().resolve("instruction-counts.csv");
    }
  }

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
    NETWORKS.put(M7, new LinkedHashMap<>());
    NETWORKS.put(M55, new LinkedHashMap<>());
    for (Machine machine : NETWORKS.keySet()) {
      Map<String, Counted> networks = NETWORKS.get(machine);
      networks.put("small_yolo", count(machine, small, Objective.TIME, machine.set()));
      networks.put("small_yolo ram", count(machine, small, Objective.RAM, machine.set()));
      networks.put("roadsigns_192", count(machine, signs, Objective.TIME, machine.set()));
      networks.put("roadsigns_192 ram", count(machine, signs, Objective.RAM, machine.set()));
    }
    NETWORKS
        .get(M7)
        .put("small_yolo portable", count(M7, small, Objective.TIME, KernelSet.PORTABLE));
  }

  @Test
  void noLayerTakesMoreInstructionsThanItDid() throws Exception {
    for (Machine machine : NETWORKS.keySet()) {
      List<String> counted = new ArrayList<>();
      NETWORKS.get(machine).forEach((name, c) -> counted.addAll(lines(name, c)));
      if (Boolean.getBoolean("golden.update")) {
        Files.writeString(machine.counts(), header(machine) + String.join("\n", counted) + "\n");
      }
      Map<String, Long> before = new TreeMap<>();
      Files.readAllLines(machine.counts()).stream()
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
  }

  private static String header(Machine machine) {
    String core = machine.core() == Core.CORTEX_M7 ? "Cortex-M7" : "Cortex-M55";
    return """
        # Instructions of one inference on QEMU's %s, built by arm-none-eabi-gcc 12.2.1:
        # network,layer,kernel,instructions
        """
        .formatted(core);
  }

  @Test
  void theCostModelIsNearTheCounts() {
    Map<String, double[]> kernels = new TreeMap<>();
    NETWORKS.forEach(
        (machine, networks) -> networks.forEach((n, c) -> near(machine, n, c, kernels)));
    assertThat(kernels)
        .containsKeys("fv_conv2d_winograd_s8", "fv_conv2d_gemm_s8", "fv_conv2d_s8")
        .containsKeys("fv_conv2d_mve_s8");
    kernels.forEach(
        (kernel, both) ->
            assertThat(both[0] / both[1]).as(kernel).isBetween(1 - KERNEL_BAND, 1 + KERNEL_BAND));
  }

  /** Asserts that a network's estimate is near, and adds to what each kernel has. */
  private static void near(
      Machine machine, String name, Counted counted, Map<String, double[]> kernels) {
    Workload work = Workload.of(counted.compiled().plan(), counted.compiled().kernels());
    double sum = KernelCosts.of(machine.core(), Workload.DRIVER, work.driver()).instructions();
    for (Workload.LayerWork layer : work.layers()) {
      double estimated =
          KernelCosts.of(machine.core(), layer.kernel(), layer.tally()).instructions();
      double[] both = kernels.computeIfAbsent(layer.kernel(), k -> new double[2]);
      both[0] += estimated;
      both[1] += counted.layers().get(layer.layer().index());
      sum += estimated;
    }
    assertThat(sum / counted.total())
        .as(machine.core() + " " + name)
        .isBetween(1 - NETWORK_BAND, 1 + NETWORK_BAND);
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

  private static Counted count(Machine machine, Path model, Objective objective, KernelSet set)
      throws Exception {
    PlanGoal goal = PlanGoal.of(objective, InputMode.ROWS);
    Compiled compiled = Compiled.of(ModelFile.read(model), goal, PixelFormat.RGB888, set);
    Path project = Files.createTempDirectory(dir, "project");
    Fit fit = Fit.of(compiled, BoardCatalogue.find(machine.board()), Rtos.BARE);
    Generation.project(fit).writeTo(project);
    byte[] image = SeededInput.of(compiled.model().graph(), 3);
    List<String> lines =
        run(machine, project, Files.write(dir.resolve("image.bin"), image)).lines().toList();
    List<Long> layers = new ArrayList<>();
    for (int i = 0; i < compiled.network().layers().size(); i++) {
      layers.add(field(lines.get(i), 2));
    }
    return new Counted(compiled, layers, field(lines.get(lines.size() - 1), 1));
  }

  private static long field(String line, int index) {
    return Long.parseLong(line.split(" ", -1)[index]);
  }

  private static String run(Machine machine, Path project, Path image) throws Exception {
    Path log = Files.createTempFile(dir, "run", ".log");
    Process process =
        new ProcessBuilder(
                machine.tests().resolve("network/run").toString(),
                project.toString(),
                image.toString())
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
