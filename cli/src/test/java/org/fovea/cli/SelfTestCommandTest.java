package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One project on an emulated board, as built, and built wrong. */
class SelfTestCommandTest {
  private static final Path GOLDEN = Cli.ROOT.resolve("cli/src/test/resources/selftest");

  @TempDir private static Path folder;
  private static Path project;

  @BeforeAll
  static void generate() {
    project = folder.resolve("a secret place/project");
    Cli.run("generate", Cli.MODEL, "--board", Cli.BOARD, "--rtos", "bare", "-o", project)
        .succeeds();
  }

  @Test
  void aGoodBoardPassesAndMayBeTold() throws IOException {
    Path model = Files.copy(Cli.MODEL, project.resolveSibling(Cli.MODEL.getFileName()));
    Cli.run("build", project).succeeds();
    Path send = folder.resolve("send.json");
    Cli cli = Cli.run("selftest", project, "--submit", send, "--json").succeeds();
    Files.delete(model);
    assertThat(cli.err())
        .contains("PASS        every layer computes the PC's bits")
        .contains("checksums of all 5 layers, 3 images")
        .contains("PASS        the activations' RAM keeps what is written")
        .containsPattern("[0-9]+ bytes, march C- with six patterns")
        .contains("verdict   PASS, 1 not tested");
    Path output = project.resolve("selftest");
    assertThat(Cli.names(output)).containsExactly("selftest.html", "selftest.json");
    assertThat(cli.out()).isEqualTo(Files.readString(output.resolve("selftest.json")));
    JsonNode json = new ObjectMapper().readTree(cli.out());
    assertThat(json.at("/figures").asText()).isEqualTo("emulated");
    assertThat(json.at("/layers")).hasSize(5);
    assertThat(json.at("/link/round_trips").asInt()).isEqualTo(200);
    assertKeys("selftest", json);
    assertThat(Files.readString(output.resolve("selftest.html")))
        .contains("9 PASS", "1 NOT TESTED", "Round trip, ms", "conv_2d_4")
        .doesNotContain("http://", "https://");

    String sent = Files.readString(send);
    assertKeys("submission", new ObjectMapper().readTree(sent));
    assertThat(sent)
        .contains("\"board\" : \"" + Cli.BOARD + "\"", "\"soc\" : \"AN500\"")
        .doesNotContain("secret", "/", "project", ".tflite", "conv_2d_0", "data:")
        .doesNotContain("\"" + System.getProperty("user.name") + "\"")
        .doesNotContain("\"" + InetAddress.getLocalHost().getHostName() + "\"");
  }

  /** Names of all objects' keys, one path a line; an array stands for its first element. */
  private static void assertKeys(String name, JsonNode json) throws IOException {
    Set<String> keys = new TreeSet<>();
    gather("", json, keys);
    Path golden = GOLDEN.resolve(name + ".keys");
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(GOLDEN);
      Files.write(golden, keys);
    }
    assertThat(List.copyOf(keys)).isEqualTo(Files.readAllLines(golden));
  }

  private static void gather(String at, JsonNode node, Set<String> keys) {
    node.properties()
        .forEach(
            e -> {
              keys.add(at + "/" + e.getKey());
              gather(at + "/" + e.getKey(), e.getValue(), keys);
            });
    if (node.isArray() && !node.isEmpty()) {
      gather(at + "/*", node.get(0), keys);
    }
  }

  @Test
  void aFlippedWeightIsFoundInMemory() throws IOException {
    Path weights = project.resolve("generated/fv_weights.c");
    String right = Files.readString(weights);
    TamperedProject.flipWeight(project);
    Cli cli = test(weights, right);
    assertThat(cli.code()).as(cli.err()).isEqualTo(1);
    assertThat(cli.out())
        .contains("FAIL        the weights lie in memory as built")
        .containsPattern("CRC-32 is [0-9a-f]{8} on the board and [0-9a-f]{8} in deployment.json")
        .contains("-> Program the board again, its external flash too")
        .contains("PASS        the tables lie in memory as built")
        .contains("NOT TESTED  every layer computes the PC's bits", "-> Add --model MODEL")
        .contains("verdict   FAIL: 1 of 10 checks");
  }

  @Tag("long")
  @Test
  void aLayerThatComputesOtherwiseIsNamed() throws IOException {
    Path network = project.resolve("generated/fv_network.c");
    String right = Files.readString(network);
    TamperedProject.shiftSecondLayer(project);
    Cli cli = test(network, right, "--model", Cli.MODEL);
    assertThat(cli.code()).as(cli.err()).isEqualTo(1);
    assertThat(cli.out())
        .contains("PASS        the weights lie in memory as built")
        .contains("FAIL        every layer computes the PC's bits")
        .containsPattern("layer 1 'conv_2d_1' \\(.*\\) differs first: kernel fv_conv2d")
        .contains("first on image 'noise'", "all before it is right")
        .contains("PASS        the same image gives the same bits")
        .containsPattern("0 conv_2d_0 .* = PC\n +1 conv_2d_1 .* DIFFERS");
  }

  /** Builds what was changed, tests it, and puts the file back. */
  private static Cli test(Path changed, String right, Object... more) throws IOException {
    try {
      Cli.run("build", project).succeeds();
      Object[] fixed = {"selftest", project, "-o", folder.resolve("out")};
      Object[] all = Arrays.copyOf(fixed, fixed.length + more.length);
      System.arraycopy(more, 0, all, fixed.length, more.length);
      return Cli.run(all);
    } finally {
      Files.writeString(changed, right);
    }
  }

  @Test
  void anotherFirmwareHasAPageAndNoFurtherTests() throws IOException {
    Cli.run("build", project).succeeds();
    Path manifest = project.resolve("deployment.json");
    String right = Files.readString(manifest);
    Path out = folder.resolve("other");
    try {
      Files.writeString(
          manifest, right.replaceFirst("(layout_sha256\" : \")........", "$1" + "0".repeat(8)));
      Cli cli = Cli.run("selftest", project, "-o", out);
      assertThat(cli.code()).as(cli.err()).isEqualTo(1);
      assertThat(cli.out())
          .contains("FAIL        the board runs this project's firmware")
          .containsPattern("layout SHA-256 is [0-9a-f]{64} on the board and 0{8}[0-9a-f]{56} in")
          .contains("-> Flash the firmware built from it")
          .contains("NOT TESTED  the weights lie in memory as built");
      assertThat(Cli.names(out)).containsExactly("selftest.html", "selftest.json");
    } finally {
      Files.writeString(manifest, right);
    }
  }

  @Test
  void wrongInputIsToldAtOnceAndLeavesNothing() {
    Path out = folder.resolve("nothing");
    Path other = Cli.ROOT.resolve("models/roadsigns/roadsigns_192_int8.tflite");
    Cli.run("selftest", project, "--model", other, "-o", out)
        .refuses(ExitCode.USAGE, "was made of another file than roadsigns_192_int8.tflite");
    Cli.run("selftest", project, "--port", "tcp:localhost:1", "-o", out)
        .refuses(ExitCode.LINK, "tcp:localhost:1");
    Cli.run("selftest", project, "-o", out, "--submit", folder)
        .refuses(ExitCode.OUTPUT, "is a directory");
    Cli.run("selftest", folder, "-o", out).refuses(ExitCode.IMAGE, "deployment.json");
    assertThat(out).doesNotExist();
  }
}
