package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * What one command line said and did.
 *
 * @param code of the process
 */
record Cli(int code, String out, String err) {
  static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  static final Path MODEL = ROOT.resolve("models/tinyyolov2_96/tinyyolov2_96_int8.tflite");
  static final String BOARD = "qemu-mps2-an500";

  static Cli run(Object... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false);
    int code =
        Main.run(terminal, Stream.of(arguments).map(Object::toString).toArray(String[]::new));
    return new Cli(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Runs it in a process of its own. */
  static Cli process(Path workingDirectory, List<String> jvm, String path, Object... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.fovea.cli.Main"));
    Stream.of(arguments).map(Object::toString).forEach(command::add);
    Path out = Files.createTempFile("fovea", ".out");
    Path err = Files.createTempFile("fovea", ".err");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(workingDirectory.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().put("PATH", path);
      int code = builder.start().waitFor();
      return new Cli(code, Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  /** A refusal: the code, every text on stderr, a remedy, no result, no trace. */
  Cli refuses(ExitCode expected, String... texts) {
    assertThat(List.of(texts)).allSatisfy(text -> assertThat(err).contains(text));
    assertThat(code).as(err).isEqualTo(expected.code());
    assertThat(out).isEmpty();
    assertThat(err).doesNotContain("\tat ", "Exception in", "please report this trace");
    if (expected != ExitCode.USAGE) {
      assertThat(err).startsWith("fovea: ");
    }
    return this;
  }

  Cli succeeds() {
    assertThat(code).as(out + err).isZero();
    return this;
  }

  /** Every file below a directory; the value tells the content. */
  static SortedMap<String, String> tree(Path root) throws IOException {
    SortedMap<String, String> files = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(root)) {
      for (Path path : walk.filter(Files::isRegularFile).toList()) {
        files.put(
            root.relativize(path).toString(),
            new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1));
      }
    }
    return files;
  }

  /** What lies directly in a directory. */
  static List<String> names(Path root) throws IOException {
    try (Stream<Path> list = Files.list(root)) {
      return list.map(p -> p.getFileName().toString()).sorted().toList();
    }
  }

  /** A model of the local collection; without it the test is skipped. */
  static Path largeModel(String relative) {
    String folder = System.getenv("FOVEA_TEST_MODELS");
    Assumptions.assumeTrue(folder != null, "SKIPPED: FOVEA_TEST_MODELS is not set");
    return Path.of(folder).resolve(relative);
  }
}
