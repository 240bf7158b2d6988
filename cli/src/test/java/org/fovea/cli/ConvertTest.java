package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConvertTest {
  @TempDir private Path folder;
  private Path cfg;
  private Path weights;
  private Path out;

  @BeforeEach
  void files() throws IOException {
    cfg = TinyDarknet.cfg(folder);
    weights = TinyDarknet.weights(folder, i -> 0.01f * (1 + i % 7));
    out = folder.resolve("out/tiny.tflite");
  }

  @Test
  void writesAModelAndItsCard() throws IOException {
    Path names = Files.writeString(folder.resolve("tiny.names"), "cat\ntraffic light\n\n");
    Cli cli = Cli.run("convert", cfg, weights, "-o", out, "--names", names).succeeds();
    assertThat(cli.out())
        .contains("4 layers as 4 operators, 182 parameters")
        .contains("0 convolutional 3x3    1x32x32x4")
        .contains("3 detection            1x16x16x14");
    assertThat(Cli.names(out.getParent())).containsExactly("model.yaml", "tiny.tflite");
    Cli inspected = Cli.run("inspect", out);
    assertThat(inspected.out()).contains("card    tiny", "1x16x16x14");
    assertThat(Files.readString(out.resolveSibling("model.yaml")))
        .contains("anchors: [[1, 2], [3.5, 4]]", "- \"traffic light\"", "stride: 2");
  }

  @Test
  void withoutNamesClassesAreNumbered() throws IOException {
    Cli.run("convert", cfg, weights, "-o", out, "--size", "64x48").succeeds();
    assertThat(Files.readString(out.resolveSibling("model.yaml"))).contains("class0", "class1");
    assertThat(Cli.run("inspect", out).out()).contains("1x48x64x3", "1x24x32x14");
  }

  @Test
  void sameFilesSameBytes() throws IOException {
    Path other = folder.resolve("other/tiny.tflite");
    Cli.run("convert", cfg, weights, "-o", out).succeeds();
    Cli.run("convert", cfg, weights, "-o", other).succeeds();
    assertThat(Cli.tree(other.getParent())).isEqualTo(Cli.tree(out.getParent()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tiny.tflite", "model.yaml"})
  void overwritesNothing(String taken) throws IOException {
    Files.createDirectories(out.getParent());
    Files.writeString(out.resolveSibling(taken), "mine");
    Cli.run("convert", cfg, weights, "-o", out).refuses(ExitCode.OUTPUT, taken, "is there already");
    assertThat(Cli.tree(out.getParent())).hasSize(1).containsEntry(taken, "mine");
  }

  @Test
  void wrongFilesLeaveNothingBehind() throws IOException {
    Cli.run("convert", weights, cfg, "-o", out).refuses(ExitCode.MODEL, "not a text file");
    Cli.run("convert", folder.resolve("none.cfg"), weights, "-o", out)
        .refuses(ExitCode.MODEL, "none.cfg", "no such file");
    Files.write(weights, Arrays.copyOf(Files.readAllBytes(weights), 100));
    Cli.run("convert", cfg, weights, "-o", out)
        .refuses(ExitCode.MODEL, "tiny.weights, layer 0", "bytes early");
    assertThat(out.getParent()).doesNotExist();
  }

  @Test
  void wrongOptions() throws IOException {
    for (String size : new String[] {"416", "0x0", "9000x9000", "-1x5", "416X416"}) {
      Cli.run("convert", cfg, weights, "-o", out, "--size", size).refuses(ExitCode.USAGE, "--size");
    }
    Path names = Files.writeString(folder.resolve("tiny.names"), "cat\n");
    Cli.run("convert", cfg, weights, "-o", out, "--names", names)
        .refuses(ExitCode.USAGE, "1 names for 2 classes");
    Files.writeString(names, "cat\n\ndog\n");
    Cli.run("convert", cfg, weights, "-o", out, "--names", names)
        .refuses(ExitCode.USAGE, "tiny.names:2");
    assertThat(out.getParent()).doesNotExist();
  }
}
