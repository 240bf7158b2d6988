package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TwinCommandTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"generate", "deploy"})
  void aBoardWithoutAPortIsRefusedWithTheHint(String command) throws Exception {
    String known = Files.readString(Cli.ROOT.resolve("boards/nucleo-h743zi2.yaml"));
    Path board =
        Files.writeString(
            folder.resolve("own.yaml"), known.replace("family: stm32h7", "family: stm32u5"));
    Cli.run(command, Cli.MODEL, "--board", board, "-o", folder.resolve("out"))
        .refuses(ExitCode.BOARD, "nucleo-h743zi2", "has no port yet", "add --emulated");
    assertThat(Cli.names(folder)).containsExactly("own.yaml");
  }

  @Test
  void itsTwinIsGenerated() throws Exception {
    Path out = folder.resolve("out");
    Cli cli =
        Cli.run("generate", Cli.MODEL, "--board", "stm32h747i-disco", "--emulated", "-o", out)
            .succeeds();
    assertThat(cli.out()).contains(out.toString(), "fovea build");
    assertThat(Files.readString(out.resolve("deployment.json"))).contains("stm32h747i-disco");
    assertThat(Cli.names(folder)).containsExactly("out");
  }

  @Test
  void aBoardThatHasNoTwin() throws Exception {
    Cli.run("generate", Cli.MODEL, "--board", Cli.BOARD, "--emulated", "-o", folder.resolve("out"))
        .refuses(ExitCode.BOARD, Cli.BOARD, "twin");
    assertThat(Cli.names(folder)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"stm32mp157f-dk2, freertos, linux", "qemu-mps2-an500, linux, bare or freertos"})
  void anRtosThatTheBoardDoesNotRun(String board, String rtos, String own) throws Exception {
    Path out = folder.resolve("out");
    Cli.run("generate", Cli.MODEL, "--board", board, "--rtos", rtos, "-o", out)
        .refuses(ExitCode.BOARD, board, "does not run " + rtos, own);
    Cli.run("fit", Cli.MODEL, "--board", board, "--rtos", rtos).refuses(ExitCode.BOARD, own);
    assertThat(Cli.run("fit", Cli.MODEL, "--rtos", rtos).succeeds().out()).doesNotContain(board);
    assertThat(Cli.names(folder)).isEmpty();
  }

  @Test
  void aModelThatDoesNotFit() throws Exception {
    Path model = Cli.largeModel("tiny_yolo_v2_416/tiny_yolo_v2_416_u8_f32.tflite");
    Cli.run(
            "generate",
            model,
            "--board",
            "nucleo-h743zi2",
            "--emulated",
            "-o",
            folder.resolve("out"))
        .refuses(ExitCode.DIFFERENT, "->");
    assertThat(Cli.names(folder)).isEmpty();
  }
}
