package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.fovea.generator.board.BoardCatalogue;
import org.fovea.generator.board.Rtos;
import org.fovea.generator.ir.PixelFormat;
import org.fovea.generator.kernel.KernelSet;
import org.fovea.generator.pipeline.Compiled;
import org.fovea.generator.pipeline.Fit;
import org.fovea.generator.pipeline.Generation;
import org.fovea.generator.pipeline.ModelFile;
import org.fovea.generator.plan.PlanGoal;
import org.fovea.host.manifest.Deployment;
import org.fovea.host.manifest.Input;
import org.fovea.host.manifest.ManifestReader;
import org.fovea.host.manifest.Output;

/**
 * What stands in for the OpenVX of an STM32MP2: a library for its core that runs a model with
 * Fovea's own kernels (firmware-templates/tests/nbg), and a network binary graph that it reads.
 *
 * @param library the folder of libOpenVX.so.1
 * @param network the .nb file
 */
record NbgStandIn(Path library, Path network) {
  static final String BOARD = "stm32mp257f-dk";
  private static final Path TEMPLATES = Cli.ROOT.resolve("firmware-templates");

  // OpenVX's types, and its quantisation with one scale.
  private static final int INT8 = 2;
  private static final int UINT8 = 3;
  private static final int AFFINE = 2;
  private static final int MOST_DIMS = 6;

  /** Makes both of a model, in a folder. */
  static NbgStandIn build(Path model, Path folder) throws Exception {
    Path project = folder.resolve("own-kernels");
    Compiled compiled =
        Compiled.of(ModelFile.read(model), PlanGoal.DEFAULT, PixelFormat.RGB888, KernelSet.NEON);
    Generation.project(Fit.of(compiled, BoardCatalogue.find(BOARD), Rtos.LINUX)).writeTo(project);
    Path library = Files.createDirectory(folder.resolve("lib"));
    compile(project, library.resolve("libOpenVX.so.1"));
    Deployment deployment = ManifestReader.read(project.resolve("deployment.json"));
    Path network =
        Files.write(folder.resolve("network.nb"), graph(deployment.input(), deployment.outputs()));
    return new NbgStandIn(library, network);
  }

  private static void compile(Path project, Path library) throws Exception {
    List<String> command = new ArrayList<>(List.of("aarch64-linux-gnu-gcc", "-std=gnu11", "-O2"));
    command.addAll(List.of("-mcpu=cortex-a35", "-Wall", "-Wextra", "-Werror"));
    command.addAll(List.of("-shared", "-fPIC", "-fvisibility=hidden", "-Wl,-Bsymbolic"));
    command.add("-I" + TEMPLATES.resolve("engines/nbg"));
    command.add(TEMPLATES.resolve("tests/nbg/fake_openvx.c").toString());
    command.add(TEMPLATES.resolve("runtime/fv_parallel.c").toString());
    command.add(TEMPLATES.resolve("runtime/fv_net.c").toString());
    command.add(TEMPLATES.resolve("runtime/fv_crc32.c").toString());
    command.add(project.resolve("generated/fv_network.c").toString());
    command.add(project.resolve("generated/fv_weights.c").toString());
    try (Stream<Path> files = Files.walk(project)) {
      for (Path path : files.sorted().toList()) {
        if (Files.isDirectory(path)) {
          command.add("-I" + path);
        } else if (path.toString().endsWith(".c") && path.toString().contains("/kernels/")) {
          command.add(path.toString());
        }
      }
    }
    command.addAll(List.of("-o", library.toString()));
    Path log = library.resolveSibling("gcc.log");
    Process gcc =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertThat(gcc.waitFor()).as(Files.readString(log)).isZero();
  }

  /** A header as real files have it, then what the stand-in wants to know of each tensor. */
  private static byte[] graph(Input input, List<Output> outputs) {
    ByteArrayOutputStream graph = new ByteArrayOutputStream();
    graph.writeBytes("VPMN".getBytes(StandardCharsets.US_ASCII));
    graph.writeBytes(words(0x1001e, 0x15));
    graph.writeBytes(new byte[64]);
    graph.writeBytes(words(1, 1, 1, outputs.size()));
    List<Integer> image = List.of(1, input.height(), input.width(), input.channels());
    boolean unsigned = input.type() == Input.ByteType.UINT8;
    graph.writeBytes(
        tensor(image, unsigned ? UINT8 : INT8, (float) input.scale(), input.zeroPoint()));
    for (Output output : outputs) {
      graph.writeBytes(tensor(output.shape(), INT8, (float) output.scale(), output.zeroPoint()));
    }
    return graph.toByteArray();
  }

  /** Innermost dimension first. */
  private static byte[] tensor(List<Integer> shape, int type, float scale, int zeroPoint) {
    List<Integer> record = new ArrayList<>(shape);
    Collections.reverse(record);
    while (record.size() < MOST_DIMS) {
      record.add(0);
    }
    record.add(0, shape.size());
    record.addAll(List.of(type, AFFINE, Float.floatToIntBits(scale), zeroPoint));
    return words(record.stream().mapToInt(i -> i).toArray());
  }

  private static byte[] words(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int value : values) {
      bytes.putInt(value);
    }
    return bytes.array();
  }

  /**
   * Has the emulator of a generated project give its program the library.
   *
   * @param mischief what the library is asked to do; empty for nothing
   */
  void giveTo(Path project, String mischief) throws Exception {
    Path manifest = project.resolve("deployment.json");
    String text = Files.readString(manifest);
    String given = "\"-E\", \"LD_LIBRARY_PATH=" + library + ",FAKE_OPENVX=" + mischief + "\", ";
    Files.writeString(manifest, text.replaceAll("(\"-E\", \"[^\"]*\", )?\"-L\"", given + "\"-L\""));
  }
}
