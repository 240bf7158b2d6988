package org.fovea.generator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.fovea.generator.board.BoardCatalogue;
import org.fovea.generator.board.Rtos;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.lower.Network;

/** A generated network compiled for this machine, with address and undefined-behaviour checks. */
final class HostFirmware {
  private static final Path TEMPLATES = Path.of("..", "firmware-templates");

  private final Path program;

  private HostFirmware(Path program) {
    this.program = program;
  }

  /** What one image gives. */
  record Answer(List<Long> crcs, List<byte[]> outputs) {

    /** An output as the model gives it: dequantised where the model's output is float. */
    byte[] modelOutput(Network.Output output, int index) {
      byte[] device = outputs.get(index);
      if (output.modelType() != DataType.FLOAT32) {
        return device;
      }
      ByteBuffer real = ByteBuffer.allocate(device.length * 4).order(ByteOrder.LITTLE_ENDIAN);
      for (byte q : device) {
        real.putFloat((float) ((double) output.scale() * (q - output.zeroPoint())));
      }
      return real.array();
    }
  }

  /**
   * Compiles what every network shares: kernels and step runtime.
   *
   * @param folder where the objects go
   */
  static void compileRuntime(Path folder) throws Exception {
    Files.createDirectories(folder);
    List<String> command = gcc();
    command.add("-c");
    try (java.util.stream.Stream<Path> kernels =
        Files.list(TEMPLATES.resolve("kernels/portable"))) {
      kernels.filter(k -> k.toString().endsWith(".c")).sorted().forEach(k -> command.add(path(k)));
    }
    for (String source : List.of("fv_net.c", "fv_crc32.c")) {
      command.add(path(TEMPLATES.resolve("runtime").resolve(source)));
    }
    run(folder, command, new byte[0]);
  }

  /**
   * Generates and links one network.
   *
   * @param runtime objects of {@link #compileRuntime}
   */
  static HostFirmware build(Compiled compiled, Path folder, Path runtime) throws Exception {
    Fit fit = Fit.of(compiled, BoardCatalogue.find("qemu-mps2-an500"), Rtos.BARE);
    Generation.project(fit).writeTo(folder);
    return link(folder, runtime, List.of("tests/host/run_network.c"));
  }

  /** The same for images one after the other, in a random order of their steps. */
  static HostFirmware buildStream(Compiled compiled, Path folder, Path runtime) throws Exception {
    Fit fit = Fit.of(compiled, BoardCatalogue.find("qemu-mps2-an500"), Rtos.BARE);
    Generation.project(fit).writeTo(folder);
    return linkStream(folder, runtime);
  }

  /** The same of a project that lies there already. */
  static HostFirmware linkStream(Path folder, Path runtime) throws Exception {
    return link(folder, runtime, List.of("tests/host/stream_network.c"));
  }

  /** The same with the device's whole protocol, and frames thrown at it instead of an image. */
  static HostFirmware buildFuzzer(Compiled compiled, Path folder, Path runtime) throws Exception {
    Fit fit = Fit.of(compiled, BoardCatalogue.find("qemu-mps2-an500"), Rtos.BARE);
    Generation.project(fit).writeTo(folder);
    // The sanitizer watches no variable in a section of its own.
    Path config = folder.resolve("generated/fv_config.h");
    Files.writeString(config, Files.readString(config).replace("section(\".fv_link\"), ", ""));
    return link(
        folder,
        runtime,
        List.of(
            "tests/host/fuzz_session.c",
            "runtime/fv_session.c",
            "runtime/fv_cells.c",
            "runtime/fv_images.c",
            "runtime/fv_rows.c",
            "runtime/fv_link.c",
            "runtime/fv_frame.c"));
  }

  private static HostFirmware link(Path folder, Path runtime, List<String> sources)
      throws Exception {
    Path program = folder.resolve("program");
    List<String> command = gcc();
    command.addAll(List.of("-o", path(program), "-I" + path(folder.resolve("generated"))));
    sources.forEach(s -> command.add(path(TEMPLATES.resolve(s))));
    for (String source : List.of("generated/fv_network.c", "generated/fv_weights.c")) {
      command.add(path(folder.resolve(source)));
    }
    if (Files.exists(folder.resolve("generated/fv_head.c"))) {
      command.add(path(folder.resolve("generated/fv_head.c")));
      command.add(path(TEMPLATES.resolve("runtime/fv_boxes.c")));
    }
    try (java.util.stream.Stream<Path> objects = Files.list(runtime)) {
      objects.filter(o -> o.toString().endsWith(".o")).sorted().forEach(o -> command.add(path(o)));
    }
    run(folder, command, new byte[0]);
    return new HostFirmware(program);
  }

  private static List<String> gcc() {
    List<String> command =
        new ArrayList<>(List.of("gcc", "-std=gnu11", "-O1", "-Wall", "-Wextra", "-Werror"));
    command.addAll(List.of("-fsanitize=address,undefined", "-fno-sanitize-recover=all"));
    for (String include : List.of("kernels", "kernels/portable", "runtime")) {
      command.add("-I" + path(TEMPLATES.resolve(include)));
    }
    return command;
  }

  private static String path(Path path) {
    return path.toAbsolutePath().normalize().toString();
  }

  /**
   * Runs one image.
   *
   * @param image as it is sent to the device
   */
  Answer run(byte[] image, int layers) throws Exception {
    List<String> lines =
        run(program.getParent(), List.of(program.toString()), image).lines().toList();
    return new Answer(
        lines.subList(0, layers).stream().map(l -> Long.parseLong(l, 16)).toList(),
        lines.stream().skip(layers).map(l -> HexFormat.of().parseHex(l)).toList());
  }

  /** What a stream of images gives, and the program's last line. */
  record Stream(List<Answer> answers, String orders) {}

  /**
   * Runs images one after the other.
   *
   * @param images as they are sent to the device, one behind the other
   * @param order seeds the order of their steps
   */
  Stream stream(byte[] images, int count, int order, int layers, int outputs) throws Exception {
    List<String> command =
        List.of(program.toString(), String.valueOf(order), String.valueOf(count));
    List<String> lines = run(program.getParent(), command, images).lines().toList();
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<String> own = lines.subList(i * (layers + outputs), (i + 1) * (layers + outputs));
      answers.add(
          new Answer(
              own.subList(0, layers).stream().map(l -> Long.parseLong(l, 16)).toList(),
              own.stream().skip(layers).map(l -> HexFormat.of().parseHex(l)).toList()));
    }
    return new Stream(answers, lines.get(lines.size() - 1));
  }

  /** Runs the program without an image; it must end well. */
  String run() throws Exception {
    return run(program.getParent(), List.of(program.toString()), new byte[0]);
  }

  private static String run(Path folder, List<String> command, byte[] input) throws Exception {
    Path in = Files.createTempFile("fovea", ".in");
    Path out = Files.createTempFile("fovea", ".out");
    try {
      Files.write(in, input);
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectInput(in.toFile())
              .redirectOutput(out.toFile())
              .start();
      boolean ended = process.waitFor(120, TimeUnit.SECONDS);
      process.destroyForcibly();
      String text = read(out);
      assertThat(ended && process.exitValue() == 0).as(command.get(0) + "\n" + text).isTrue();
      return text;
    } finally {
      Files.delete(in);
      Files.delete(out);
    }
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.US_ASCII);
  }
}
