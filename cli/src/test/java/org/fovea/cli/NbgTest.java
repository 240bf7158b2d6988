package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.fovea.generator.build.Tool;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A network binary graph in Fovea's harness, on a stand-in for OpenVX in QEMU's user mode. */
class NbgTest {
  private static final Path MODEL = Cli.ROOT.resolve("models/roadsigns/roadsigns_192_int8.tflite");
  private static final Path SAMPLES = Cli.ROOT.resolve("models/roadsigns/samples");
  private static final Path PHOTO = SAMPLES.resolve("images/00001.png");

  @TempDir static Path shared;

  private static NbgStandIn standIn;
  private static Path project;

  @TempDir Path dir;

  @BeforeAll
  static void build() throws Exception {
    for (Tool tool : List.of(Tool.AARCH64_COMPILER, Tool.QEMU_USER)) {
      if (tool.find().isEmpty()) {
        System.out.println("SKIPPED: there is no " + tool.program());
      }
      Assumptions.assumeTrue(tool.find().isPresent(), "no " + tool.program());
    }
    standIn = NbgStandIn.build(MODEL, shared);
    project = shared.resolve("project");
    Cli generated = generate(project, "--emulated").succeeds();
    assertThat(generated.out()).contains("OpenVX", "not bit-exact");
    Cli built = Cli.run("build", project).succeeds();
    assertThat(built.out()).contains("compiled network").doesNotContain("NOT AS PREDICTED");
  }

  private static Cli generate(Path to, Object... more) {
    Object[] fixed = {
      "generate",
      MODEL,
      "--board",
      NbgStandIn.BOARD,
      "--engine",
      "nbg",
      "--compiled",
      standIn.network(),
      "-o",
      to
    };
    return Cli.run(with(fixed, more));
  }

  static Object[] with(Object[] words, Object... more) {
    return Stream.of(words, more).flatMap(Arrays::stream).toArray();
  }

  private Cli run(String mischief, Object... more) throws Exception {
    standIn.giveTo(project, mischief);
    Object[] fixed = {"run", project, PHOTO, "--model", MODEL, "-o", dir.resolve("results")};
    return Cli.run(with(fixed, more));
  }

  @ParameterizedTest
  @CsvSource({"int8", "uint8", "float32"})
  void theNpusOutputsAreThePcs(String type) throws Exception {
    Cli cli = run(type, "--json").succeeds();
    JsonNode image = new ObjectMapper().readTree(cli.out()).at("/images/0");
    assertThat(image.at("/output_differences/0/differing").asLong(-1)).isZero();
    assertThat(image.at("/equals_pc").asBoolean()).isTrue();
    assertThat(image.at("/compared_with_pc").asBoolean()).isTrue();
    assertThat(image.at("/detections")).hasSize(2);
    assertThat(image.at("/ticks/0").asLong()).isPositive();
    JsonNode report = new ObjectMapper().readTree(dir.resolve("results/report.json").toFile());
    assertThat(report.at("/engine").asText()).isEqualTo("nbg");
    assertThat(report.at("/runs/0/output_differences/0/decibels").asDouble()).isEqualTo(200);
    assertThat(Files.readString(dir.resolve("results/report.html"))).contains("near the PC: equal");
  }

  @Test
  void boxesAreFoundOnTheDeviceToo() throws Exception {
    JsonNode boxes = new ObjectMapper().readTree(run("", "--boxes", "--json").succeeds().out());
    assertThat(boxes.at("/images/0/detections")).hasSize(2);
    assertThat(boxes.at("/images/0/compared_with_pc").asBoolean()).isFalse();
  }

  @Test
  void whatIsOffByAStepIsSaidInDecibels() throws Exception {
    Cli cli = run("noise").succeeds();
    assertThat(cli.out()).containsPattern("engine and PC: .* 4[0-9].[0-9] dB, at most 1 steps, 6.");
  }

  @Test
  void anotherResultIsNotTheModels() throws Exception {
    Cli cli = run("damage");
    assertThat(cli.code()).isEqualTo(ExitCode.DIFFERENT.code());
    assertThat(cli.out()).contains("NOT THIS MODEL'S RESULT");
    assertThat(Files.readString(dir.resolve("results/report.html")))
        .contains("not this model&#39;s result");
  }

  @ParameterizedTest
  @CsvSource({
    "shape, 'the input of the compiled network is 192x193x3, of the model 192x192x3'",
    "scale, 'output 0 of the compiled network has scale'",
    "outputs, 'the compiled network has 1 inputs and 2 outputs, the model 1 and 1'",
    "type, 'has OpenVX''s type 4: compile it for int8 or uint8'",
    "import, 'it was compiled for another NPU, or for a newer driver'",
    "verify, 'OpenVX refuses the graph with -1'",
    "run, 'the NPU''s run ended with OpenVX''s error -1'",
  })
  void whatFailsGivesNoBoxesButWords(String mischief, String words) throws Exception {
    run(mischief).refuses(ExitCode.LINK, "gives no results: ", words);
    run(mischief, "--boxes").refuses(ExitCode.LINK, words);
    assertThat(dir.resolve("results")).doesNotExist();
  }

  @Test
  void whatIsMissingIsSaid() throws Exception {
    Path program = project.resolve("build/detector");
    Path network = project.resolve("build/detector.nb");
    Path library = standIn.library().resolve("libOpenVX.so.1");
    byte[] right = Files.readAllBytes(network);
    try {
      Files.write(network, new byte[] {0}, StandardOpenOption.APPEND);
      run("").refuses(ExitCode.LINK, "detector.nb is not the compiled network of this project");
      byte[] flipped = right.clone();
      flipped[right.length / 2] ^= 1;
      Files.write(network, flipped);
      run("").refuses(ExitCode.LINK, "detector.nb is not the compiled network of this project");
      Files.delete(network);
      run("").refuses(ExitCode.LINK, "detector.nb cannot be read: copy");
    } finally {
      Files.write(network, right);
    }
    try {
      Files.move(library, library.resolveSibling("hidden"));
      run("").refuses(ExitCode.LINK, "OpenVX is not there", "apt-get install libopenvx-gcnano");
      Files.copy(Path.of("/usr/aarch64-linux-gnu/lib/libm.so.6"), library);
      run("").refuses(ExitCode.LINK, "libOpenVX has no vxCreateContext");
    } finally {
      Files.deleteIfExists(library);
      Files.move(library.resolveSibling("hidden"), library);
    }
    assertThat(program).exists();
  }

  @Test
  void theSelfTestKnowsThatBitsMayDiffer() throws Exception {
    Cli good = selfTest("noise"); // whatever this PC's clock says of QEMU's while others use it
    assertThat(good.out())
        .containsPattern("PASS +the engine's outputs come near the PC's")
        .containsPattern("engine: [0-9.]+ dB, at most 1 steps.*the bound is 20 dB")
        .containsPattern("PASS +the same image gives the same bits");
    Cli restless = selfTest("restless");
    assertThat(restless.code()).isEqualTo(ExitCode.DIFFERENT.code());
    assertThat(restless.out()).containsPattern("FAIL +the same image gives the same bits");
  }

  private Cli selfTest(String mischief) throws Exception {
    standIn.giveTo(project, mischief);
    return Cli.run("selftest", project, "--model", MODEL, "-o", dir.resolve(mischief));
  }

  @Test
  void anEvaluationScoresTheEngine() throws Exception {
    standIn.giveTo(project, "noise");
    Object[] evaluate = {
      "evaluate", MODEL, "--dataset", SAMPLES, "--limit", 2, "--project", project, "-o"
    };
    Cli cli = Cli.run(with(evaluate, dir.resolve("out"))).succeeds();
    assertThat(cli.out()).contains("engine nbg on stm32mp257f-dk (emulated)");
    standIn.giveTo(project, "damage");
    Cli.run(with(evaluate, dir.resolve("bad")))
        .refuses(ExitCode.DIFFERENT, "is not the model's", "nothing is scored");
    Path real = MODEL.resolveSibling("roadsigns_192_float.tflite");
    Path images = SAMPLES.resolve("images");
    Cli.run("validate", MODEL, "--against", real, "--images", images, "--project", project)
        .refuses(ExitCode.USAGE, "not bit-exact", "fovea evaluate");
  }

  @Test
  void sshTakesTheNetworkAlong() throws Exception {
    Path home = Files.createDirectory(dir.resolve("home"));
    String path = fakeSsh(home) + File.pathSeparator + System.getenv("PATH");
    Object[] deploy = {
      "deploy",
      MODEL,
      PHOTO,
      "--board",
      NbgStandIn.BOARD,
      "--engine",
      "nbg",
      "--compiled",
      standIn.network(),
      "--ssh",
      "a@b",
      "-o",
      dir.resolve("project"),
      "--json"
    };
    Cli cli = Cli.process(dir, List.of(), path, deploy).succeeds();
    JsonNode image = new ObjectMapper().readTree(cli.out()).at("/images/0");
    assertThat(image.at("/equals_pc").asBoolean()).isTrue();
    assertThat(image.at("/counter").asText()).isEqualTo("nanoseconds");
    assertThat(new ObjectMapper().readTree(cli.out()).at("/basis").asText()).isEqualTo("measured");
    assertThat(Cli.names(home)).isEmpty();
  }

  /** An ssh whose machine is this one, and runs the program in QEMU with the stand-in. */
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
            uname*) echo aarch64 ;;
            ./*) exec sh -c "LD_LIBRARY_PATH=%s qemu-aarch64 -L /usr/aarch64-linux-gnu $command" ;;
            *) exec sh -c "$command" ;;
            esac
            """
                .formatted(home, standIn.library()));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    return bin;
  }

  @Test
  void whatGoesWithNoEngineIsRefused() throws Exception {
    Path out = dir.resolve("out");
    generate(out, "--optimize", "ram", "--pixels", "rgb565")
        .refuses(ExitCode.USAGE, "goes without --optimize, --pixels");
    generate(out, "--project", "cube").refuses(ExitCode.USAGE, "goes with no --project cube");
    Object[] fixed = {"generate", MODEL, "-o", out, "--board"};
    Cli.run(with(fixed, NbgStandIn.BOARD, "--engine", "nbg"))
        .refuses(ExitCode.USAGE, "needs --compiled");
    Cli.run(with(fixed, NbgStandIn.BOARD, "--compiled", standIn.network()))
        .refuses(ExitCode.USAGE, "needs --engine");
    Object[] compiled = {"--engine", "nbg", "--compiled", standIn.network()};
    Cli.run(with(with(fixed, "stm32mp157f-dk2"), compiled))
        .refuses(ExitCode.BOARD, "has no engine nbg", "stm32mp257f-dk");
    Cli.run(with(fixed, NbgStandIn.BOARD, "--engine", "nbg", "--compiled", MODEL))
        .refuses(ExitCode.USAGE, "is no network binary graph", "begins with VPMN");
    assertThat(out).doesNotExist();
  }
}
