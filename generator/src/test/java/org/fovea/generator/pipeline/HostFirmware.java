package org.fovea.generator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.fovea.generator.board.BoardCatalogue;
import org.fovea.generator.board.Rtos;

/** A generated network compiled for this machine, with address and undefined-behaviour checks. */
final class HostFirmware {
  private static final Path TEMPLATES = Path.of("..", "firmware-templates");

  private final Path program;

  private HostFirmware(Path program) {
    this.program = program;
  }

  /** What one image gives. */
  record Answer(List<Long> crcs, List<byte[]> outputs) {}

  static HostFirmware build(Compiled compiled, Path folder) throws Exception {
    Fit fit = Fit.of(compiled, BoardCatalogue.find("qemu-mps2-an500"), Rtos.BARE);
    Generation.project(fit).writeTo(folder);
    Path program = folder.resolve("run_network");
    List<String> command =
        new ArrayList<>(List.of("gcc", "-std=c11", "-O1", "-Wall", "-Wextra", "-Werror", "-o"));
    command.addAll(List.of(program.toString(), "-fsanitize=address,undefined"));
    command.add("-fno-sanitize-recover=all");
    for (String include :
        List.of("generated", "fovea/kernels", "fovea/kernels/portable", "fovea/runtime")) {
      command.add("-I" + folder.resolve(include));
    }
    command.add(TEMPLATES.resolve("tests/host/run_network.c").toString());
    for (String source : List.of("generated/fv_network.c", "generated/fv_weights.c")) {
      command.add(folder.resolve(source).toString());
    }
    for (String source : List.of("fv_net.c", "fv_crc32.c")) {
      command.add(folder.resolve("fovea/runtime").resolve(source).toString());
    }
    try (Stream<Path> kernels = Files.list(folder.resolve("fovea/kernels/portable"))) {
      kernels.filter(k -> k.toString().endsWith(".c")).sorted().forEach(k -> command.add("" + k));
    }
    run(command, new byte[0]);
    return new HostFirmware(program);
  }

  /**
   * Runs one image.
   *
   * @param image as it is sent to the device
   */
  Answer run(byte[] image, int layers) throws Exception {
    List<String> lines = run(List.of(program.toString()), image).lines().toList();
    return new Answer(
        lines.subList(0, layers).stream().map(l -> Long.parseLong(l, 16)).toList(),
        lines.stream().skip(layers).map(l -> HexFormat.of().parseHex(l)).toList());
  }

  private static String run(List<String> command, byte[] input) throws Exception {
    Path in = Files.createTempFile("fovea", ".in");
    Path out = Files.createTempFile("fovea", ".out");
    try {
      Files.write(in, input);
      Process process =
          new ProcessBuilder(command)
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
