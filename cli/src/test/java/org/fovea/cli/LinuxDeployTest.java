package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.fovea.generator.build.Tool;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole way on boards with Linux: in QEMU's user mode, and through an ssh that is a script. */
class LinuxDeployTest {
  private static final Path SAMPLES = Cli.ROOT.resolve("models/roadsigns/samples/images");

  @TempDir Path dir;

  private static void assumeTools() {
    for (Tool tool : List.of(Tool.ARM_COMPILER, Tool.AARCH64_COMPILER, Tool.QEMU_USER)) {
      if (tool.find().isEmpty()) {
        System.out.println("SKIPPED: there is no " + tool.program());
      }
      Assumptions.assumeTrue(tool.find().isPresent(), "no " + tool.program());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "stm32mp157f-dk2, time, 'CRCs of all 5 layers'",
    "stm32mp257f-dk, throughput, a result every",
  })
  void theProgramRunsInQemu(String board, String objective, String said) throws Exception {
    assumeTools();
    Path project = dir.resolve("project");
    Cli cli =
        Cli.run(
                "deploy",
                Cli.MODEL,
                TestScene.HILL.write(dir),
                TestScene.SUN.write(dir),
                "--board",
                board,
                "--optimize",
                objective,
                "--emulated",
                "-o",
                project)
            .succeeds();
    assertThat(cli.out())
        .contains("board and PC agree: CRCs of all 5 layers", said)
        .contains("no bound is proven under Linux")
        .doesNotContain("NOT AS PREDICTED");
    JsonNode report = new ObjectMapper().readTree(project.resolve("report.json").toFile());
    assertThat(report.at("/verdict/bit_exact").asBoolean()).isTrue();
    assertThat(report.at("/runs/0/ticks_are").asText()).isEqualTo("emulated ns");
    assertThat(report.at("/runs/0/total_ticks").asLong()).isPositive();
    assertThat(report.at("/runs/0/memory").findValuesAsText("name"))
        .contains("inference stack", "activations", "link buffers");
    JsonNode footprint =
        new ObjectMapper().readTree(project.resolve("build/footprint.json").toFile());
    assertThat(footprint.get("findings")).isEmpty();
    assertThat(ProcessHandle.current().descendants().map(p -> p.info().command().orElse("")))
        .noneMatch(c -> c.contains("qemu"));
  }

  /** What the linker made of the arena is compared with the plan, not with itself. */
  @Test
  void aChangedProjectIsNotAsPlanned() throws Exception {
    assumeTools();
    Path project = generated("stm32mp157f-dk2");
    Path sections = project.resolve("generated/sections.ld");
    Path network = project.resolve("generated/fv_network.h");
    Files.writeString(
        network,
        Files.readString(network).replaceAll("FV_ARENA_BYTES \\d+", "FV_ARENA_BYTES 999936"));
    Cli asserted = Cli.run("build", project);
    assertThat(asserted.code()).isEqualTo(ExitCode.BUILD.code());
    assertThat(asserted.err()).contains(".fv_arena is not as planned");
    Files.writeString(sections, Files.readString(sections).replaceAll("ASSERT.*fv_arena.*", ""));
    Cli built = Cli.run("build", project);
    assertThat(built.code()).isEqualTo(ExitCode.DIFFERENT.code());
    assertThat(built.out()).contains("NOT AS PREDICTED", "planned 181632");
    assertThat(built.err()).contains("activations and scratch takes 999936 bytes");
  }

  @Test
  void sshBringsTheProgramToTheBoardAndTakesItAway() throws Exception {
    assumeTools();
    Path home = Files.createDirectory(dir.resolve("home"));
    String path = fakeSsh(home) + File.pathSeparator + System.getenv("PATH");
    Path project = generated("stm32mp157f-dk2");
    Cli.run("build", project).succeeds();
    Object[] run = {
      "run", project, TestScene.HILL.write(dir), "--model", Cli.MODEL, "--ssh", "a@b", "--json"
    };
    Cli cli = Cli.process(dir, List.of(), path, run).succeeds();
    JsonNode image = new ObjectMapper().readTree(cli.out()).at("/images/0");
    assertThat(image.get("equals_pc").asBoolean()).isTrue();
    assertThat(image.get("compared_with_pc").asBoolean()).isTrue();
    assertThat(image.get("counter").asText()).isEqualTo("nanoseconds");
    Object[] test = {"selftest", project, "--model", Cli.MODEL, "--ssh", "a@b", "--json"};
    Cli proof = Cli.process(dir, List.of(), path, test).succeeds();
    JsonNode sheet = new ObjectMapper().readTree(proof.out());
    assertThat(sheet.at("/figures").asText()).isEqualTo("measured");
    assertThat(sheet.at("/clock/ratio").asDouble()).isBetween(0.01, 1.0);
    assertThat(sheet.at("/layers").findValuesAsText("equals_pc")).containsOnly("true").hasSize(5);
    assertThat(Cli.names(home)).isEmpty();
  }

  @Test
  void aRealBoardNeedsAWayToIt() throws Exception {
    Path scene = TestScene.HILL.write(dir);
    Path out = dir.resolve("out");
    Cli.run("deploy", Cli.MODEL, scene, "--board", "stm32mp157f-dk2", "-o", out)
        .refuses(ExitCode.LINK, "no port is given", "--ssh USER@HOST");
    Cli.run("deploy", Cli.MODEL, scene, "--board", "qemu-mps2-an500", "--ssh", "a@b", "-o", out)
        .refuses(ExitCode.LINK, "runs no Linux");
    Cli.run(
            "deploy",
            Cli.MODEL,
            scene,
            "--board",
            "stm32mp157f-dk2",
            "--emulated",
            "--ssh",
            "a@b",
            "-o",
            out)
        .refuses(ExitCode.LINK, "is for the emulator");
    Cli.run("run", dir, scene, "--ssh", "a@b", "--port", "tcp:localhost:1")
        .refuses(ExitCode.USAGE, "mutually exclusive");
    assertThat(out).doesNotExist();
  }

  @Tag("long")
  @ParameterizedTest
  @CsvSource({
    "tiny_yolo_v2_224/tiny_yolo_v2_224_u8_f32, stm32mp135f-dk",
    "tiny_yolo_v2_224/tiny_yolo_v2_224_int8, stm32mp257f-ev1",
    "tiny_yolo_v2_416/tiny_yolo_v2_416_u8_f32, stm32mp157f-dk2",
    "tiny_yolo_v2_416/tiny_yolo_v2_416_u8_f32, stm32mp257f-dk",
    "yolov4_tiny_416/yolov4_tiny_416_int8_f32out, stm32mp157f-dk2",
    "yolov4_tiny_416/yolov4_tiny_416_int8_f32out, stm32mp257f-dk",
    "nxp_dperson_shufflenetv2/dperson_shufflenetv2, stm32mp135f-dk",
  })
  void largeDetectorsAreBitExact(String model, String board) {
    assumeTools();
    Path file = TestData.path(model + ".tflite");
    Cli cli =
        Cli.run(
                "deploy",
                file,
                SAMPLES.resolve("00001.png"),
                "--board",
                board,
                "--emulated",
                "-o",
                dir.resolve("project"))
            .succeeds();
    assertThat(cli.out())
        .contains("board and PC agree: CRCs of all")
        .doesNotContain("NOT AS PREDICTED");
  }

  private Path generated(String board) {
    Path project = dir.resolve("project");
    Cli.run("generate", Cli.MODEL, "--board", board, "-o", project).succeeds();
    return project;
  }

  /** An ssh whose machine is this one, and runs the program in QEMU. */
  private Path fakeSsh(Path home) throws Exception {
    Path bin = Files.createDirectory(dir.resolve("bin"));
    Path script =
        Files.writeString(
            bin.resolve("ssh"),
            """
            #!/bin/sh
            for command in "$@"; do :; done
            cd "%s"
            case $command in
            uname*) echo armv7l ;;
            ./*) exec sh -c "qemu-arm -cpu cortex-a7 $command" ;;
            *) exec sh -c "$command" ;;
            esac
            """
                .formatted(home));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    return bin;
  }
}
