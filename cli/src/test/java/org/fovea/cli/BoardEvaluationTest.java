package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.fovea.generator.build.Tool;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a board computes is scored as what the PC computes, or not at all. */
class BoardEvaluationTest {
  @TempDir Path dir;
  private Path project;

  @BeforeEach
  void drawPictures() throws IOException {
    project = dir.resolve("project");
    Files.createDirectories(dir.resolve("data/images"));
    Files.createDirectories(dir.resolve("data/labels"));
    for (int i = 0; i < 3; i++) {
      Files.copy(
          Cli.ROOT.resolve("models/roadsigns/samples/images/0000" + i + ".png"),
          dir.resolve("data/images/" + i + ".png"));
      Files.writeString(dir.resolve("data/labels/" + i + ".txt"), "0 0.5 0.5 0.3 0.4\n");
    }
  }

  private void generate(String objective) {
    Cli.run("generate", Cli.MODEL, "--board", Cli.BOARD, "--optimize", objective, "-o", project)
        .succeeds();
  }

  private void build() {
    for (Tool tool : Tool.values()) {
      assumeTrue(tool.find().isPresent(), "SKIPPED: " + tool.program() + " is not installed");
    }
    Cli.run("build", project).succeeds();
  }

  private Cli evaluate(String output, Object... more) {
    Object[] fixed = {
      "evaluate", Cli.MODEL, "--dataset", dir.resolve("data"), "-o", dir.resolve(output)
    };
    Object[] all = Arrays.copyOf(fixed, fixed.length + more.length);
    System.arraycopy(more, 0, all, fixed.length, more.length);
    return Cli.run(all);
  }

  @ParameterizedTest
  @ValueSource(strings = {"time", "throughput"})
  void theBoardFindsWhatThePcFinds(String objective) throws IOException {
    generate(objective);
    build();
    Cli cli = evaluate("board", "--project", project).succeeds();
    assertThat(cli.out()).contains("the firmware on qemu-mps2-an500 (emulated)");
    evaluate("pc").succeeds();
    for (String file : new String[] {"detections_coco.json", "truth_coco.json"}) {
      assertThat(dir.resolve("board").resolve(file))
          .hasSameBinaryContentAs(dir.resolve("pc").resolve(file));
    }
    evaluate("board")
        .refuses(ExitCode.IMAGE, "another arithmetic (int8, firmware on qemu-mps2-an500 then");
  }

  @Test
  void whatTheBoardComputesOtherwiseIsNotScored() throws IOException {
    generate("time");
    Path network = project.resolve("generated/fv_network.c");
    String text = Files.readString(network);
    String broken = text.replaceFirst("(?s)(case 2: .*?)break;", "$1out[0][0] ^= 1;\n    break;");
    assertThat(broken).isNotEqualTo(text);
    Files.writeString(network, broken);
    build();
    evaluate("board", "--project", project)
        .refuses(ExitCode.DIFFERENT, "0.png: layer 2 (", "is the first that differs");
    assertThat(dir.resolve("board/evaluation.json")).doesNotExist();
  }

  @Test
  void whatStandsBetweenAModelAndItsBoard() throws IOException {
    evaluate("out", "--project", dir).refuses(ExitCode.IMAGE, "deployment.json", "fovea generate");
    generate("time");
    evaluate("out", "--project", project).refuses(ExitCode.TOOL, "firmware.elf", "fovea build");
    evaluate("out", "--project", project, "--port", "/dev/ttyNONE")
        .refuses(ExitCode.LINK, "/dev/ttyNONE", "fovea ports");
    evaluate("out", "--port", "/dev/ttyNONE").refuses(ExitCode.USAGE, "--port", "--project DIR");
    evaluate("out", "--project", project, "--engine", "c", "--threads", 2, "--pixels", "rgb888")
        .refuses(ExitCode.USAGE, "--engine", "--threads", "--pixels", "does not go with --project");
    Path manifest = project.resolve("deployment.json");
    String text = Files.readString(manifest);
    String other = text.replaceFirst("(\"sha256\" *: *\")[0-9a-f]+", "$1" + "0".repeat(64));
    Files.writeString(manifest, other);
    evaluate("out", "--project", project)
        .refuses(ExitCode.IMAGE, "is of another model than tinyyolov2_96_int8.tflite");
    assertThat(dir.resolve("out")).doesNotExist();
  }
}
