package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The generated network of an engine in an application that has no link. */
class EngineApplicationTest {
  private static final Path TEMPLATES = Cli.ROOT.resolve("firmware-templates");

  @TempDir Path dir;

  @Test
  void whatFailsHasNoOutput() throws Exception {
    ByteBuffer header = ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN);
    header.put("VPMN".getBytes(StandardCharsets.US_ASCII)).putInt(84, 1).putInt(88, 1);
    Path network = Files.write(dir.resolve("network.nb"), header.array());
    Path project = dir.resolve("project");
    Object[] generate = {
      "generate", Cli.MODEL, "--board", NbgStandIn.BOARD, "--engine", "nbg", "--compiled", network
    };
    Cli.run(NbgTest.with(generate, "-o", project)).succeeds();
    Path program = dir.resolve("application");
    run(
        List.of(
            "cc",
            "-std=gnu11",
            "-Wall",
            "-Wextra",
            "-Werror",
            "-fsanitize=address,undefined",
            "-I" + project.resolve("generated"),
            "-I" + project.resolve("fovea/runtime"),
            TEMPLATES.resolve("tests/host/engine_application.c").toString(),
            project.resolve("generated/fv_network.c").toString(),
            project.resolve("fovea/runtime/fv_net.c").toString(),
            project.resolve("fovea/runtime/fv_crc32.c").toString(),
            "-o",
            program.toString()));
    run(List.of(program.toString()));
    run(List.of(program.toString(), "missing"));
  }

  private void run(List<String> command) throws Exception {
    Path log = dir.resolve("log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertThat(process.waitFor()).as(Files.readString(log)).isZero();
  }
}
