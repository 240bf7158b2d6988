package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The debug files of a project do what its README says. */
class DebuggerTest {
  private static final List<String> DEBUGGERS = List.of("gdb-multiarch", "arm-none-eabi-gdb");
  private static final Pattern STOP = Pattern.compile("line=(\\d+) layer=(\\d+)");
  private static final int PATIENCE_SECONDS = 60;

  @TempDir Path dir;

  private static Optional<Path> debugger() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .flatMap(folder -> DEBUGGERS.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  @Test
  void gdbGoesThroughTheNetworkLineByLine() throws Exception {
    if (debugger().isEmpty()) {
      System.out.println("gdb=SKIPPED: neither gdb-multiarch nor arm-none-eabi-gdb is installed");
    }
    assumeTrue(debugger().isPresent(), "gdb=SKIPPED");
    Path project = generated("qemu-mps2-an500");
    finish(start(project, "build.log", List.of("cmake", "--preset", "debug")));
    finish(start(project, "build.log", List.of("cmake", "--build", "--preset", "debug")));
    JsonNode task =
        new ObjectMapper().readTree(project.resolve(".vscode/tasks.json").toFile()).at("/tasks/0");
    String gdb = freePort();
    List<String> emulator = new ArrayList<>(List.of(task.get("command").asText()));
    task.get("args").forEach(a -> emulator.add(a.asText().replace("127.0.0.1:3333", gdb)));
    Path init = project.resolve(".gdbinit");
    Files.writeString(init, Files.readString(init).replace("127.0.0.1:3333", gdb));
    Process machine = start(project, "emulator.log", emulator);
    try {
      awaits(project.resolve("emulator.log"), "char device redirected");
      finish(start(project, "gdb.log", session()));
    } finally {
      machine.destroyForcibly().waitFor();
    }
    String said = Files.readString(project.resolve("gdb.log"));
    List<MatchResult> stops = STOP.matcher(said).results().toList();
    assertThat(stops).hasSize(4).allSatisfy(s -> assertThat(s.group(2)).isEqualTo("0"));
    assertThat(stops)
        .extracting(s -> Integer.valueOf(s.group(1)))
        .isSorted()
        .doesNotHaveDuplicates();
    // What the compiler was told for the network, then for a kernel.
    List<String> producers = said.lines().filter(l -> l.startsWith("Producer is")).toList();
    assertThat(producers).hasSize(2);
    assertThat(producers.get(0)).contains(" -Og");
    assertThat(producers.get(1)).contains(" -O2").doesNotContain(" -Og");
  }

  /** Without a host: gdb calls the first step itself. */
  private static List<String> session() {
    List<String> command = new ArrayList<>(List.of(debugger().orElseThrow().toString(), "-nx"));
    command.addAll(List.of("-batch", "-x", ".gdbinit"));
    List<String> lines =
        new ArrayList<>(
            List.of(
                "fovea-start",
                "break main",
                "continue",
                "break generated/fv_network.c:fv_run_step"));
    lines.add("print fv_run_step(fv_plan.steps)");
    for (int i = 0; i < 4; i++) {
      lines.add("python f = gdb.selected_frame(); s = f.read_var('step').dereference()");
      lines.add("python print('line=%d layer=%d' % (f.find_sal().line, int(s['layer'])))");
      lines.add("next");
    }
    lines.addAll(List.of("info source", "list fv_conv2d_winograd_s8", "info source"));
    lines.forEach(line -> command.addAll(List.of("-ex", line)));
    command.add("build-debug/firmware.elf");
    return command;
  }

  @Test
  void probesAreNamedAsCortexDebugDocumentsThem() throws Exception {
    JsonNode launch =
        new ObjectMapper()
            .readTree(generated("stm32h747i-disco").resolve(".vscode/launch.json").toFile());
    assertThat(launch.get("configurations").findValuesAsText("servertype"))
        .containsExactly("stlink", "openocd", "jlink");
    assertThat(launch.at("/configurations/0/svdFile").asText()).endsWith("/STM32H747_CM7.svd");
    assertThat(launch.at("/configurations/1/configFiles/1").asText())
        .isEqualTo("target/stm32h7x_dual_bank.cfg");
    assertThat(launch.at("/configurations/2/device").asText()).isEqualTo("STM32H747XI_M7");
  }

  private Path generated(String board) {
    Path project = dir.resolve(board);
    Cli.run("generate", Cli.MODEL, "--board", board, "--rtos", "bare", "-o", project).succeeds();
    return project;
  }

  private static Process start(Path project, String log, List<String> command) throws IOException {
    return new ProcessBuilder(command)
        .directory(project.toFile())
        .redirectErrorStream(true)
        .redirectOutput(project.resolve(log).toFile())
        .start();
  }

  private static void finish(Process process) throws InterruptedException {
    boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertThat(ended).as(process.info().toString()).isTrue();
  }

  private static void awaits(Path log, String text) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!Files.readString(log).contains(text)) {
      assertThat(System.nanoTime()).as(Files.readString(log)).isLessThan(end);
      Thread.sleep(20);
    }
  }

  private static String freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return "127.0.0.1:" + socket.getLocalPort();
    }
  }
}
