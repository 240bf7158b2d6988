package org.fovea.generator.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the C tests of {@code firmware-templates/tests} under CTest, with sanitizers. */
class PortableCTest {
  private static final String SOURCES = "../firmware-templates/tests";

  @TempDir Path dir;

  @Test
  void cTestsPass() throws Exception {
    String build = dir.resolve("build").toString();
    run(List.of("cmake", "-S", SOURCES, "-B", build, "-G", "Ninja"));
    run(List.of("cmake", "--build", build));
    String log = run(List.of("ctest", "--test-dir", build, "--output-on-failure"));
    assertThat(log).contains("100% tests passed, 0 tests failed out of 7");
  }

  private String run(List<String> command) throws Exception {
    Path log = dir.resolve("log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    boolean ended = process.waitFor(180, TimeUnit.SECONDS);
    process.destroyForcibly();
    String text = Files.readString(log);
    assertThat(ended && process.exitValue() == 0).as(text).isTrue();
    return text;
  }
}
