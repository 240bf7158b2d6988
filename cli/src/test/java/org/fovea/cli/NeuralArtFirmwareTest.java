package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.fovea.generator.board.BoardCatalogue;
import org.fovea.host.frame.Bytes;
import org.fovea.host.image.ImageInput;
import org.fovea.host.manifest.Deployment;
import org.fovea.host.manifest.ManifestReader;
import org.fovea.host.session.Progress;
import org.fovea.host.session.Session;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Firmware of an STM32N6 with a network for its NPU, linked with a stand-in for ST's runtime: built
 * for the board, and from reset to a result against models of the registers.
 */
class NeuralArtFirmwareTest {
  private static final String BOARD = "stm32n6570-dk";
  private static final Bytes ANSWER = answer();

  /** The CPU emulator has no Cortex-M55, and the image's address in the flash is its own. */
  private static final String FOR_THE_EMULATOR =
      """
      target_compile_options(firmware PRIVATE -mcpu=cortex-m33)
      target_compile_options(neural_art PRIVATE -mcpu=cortex-m33)
      target_link_options(firmware PRIVATE -mcpu=cortex-m33)
      """;

  @TempDir static Path dir;
  private static NpuStandIn standIn;
  private static Path project;
  private static ImageInput image;

  @BeforeAll
  static void generate() throws Exception {
    standIn = NpuStandIn.write(dir, List.of(), UnaryOperator.identity());
    Files.write(standIn.compiled().resolve(NpuStandIn.WEIGHTS), new byte[2532]);
    generate(dir.resolve("first")).succeeds();
    Deployment deployment = ManifestReader.read(dir.resolve("first/deployment.json"));
    image = ImageInput.read(TestScene.HILL.write(dir), deployment.input());
    NpuStandIn.Known known = new NpuStandIn.Known(Bytes.of(image.tensor()), ANSWER);
    Files.write(
        standIn.compiled().resolve(NpuStandIn.WEIGHTS), NpuStandIn.weights(List.of(known, known)));
    project = dir.resolve("project");
    generate(project).succeeds();
  }

  private static Cli generate(Path made, Object... more) {
    List<Object> all =
        new ArrayList<>(
            List.of("generate", Cli.MODEL, "--board", BOARD, "--rtos", "bare", "-o", made));
    all.addAll(List.of("--engine", "st-neural-art", "--compiled", standIn.compiled()));
    all.addAll(List.of(more));
    return Cli.run(all.toArray());
  }

  private static Bytes answer() {
    byte[] bytes = new byte[36 * 35];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 7);
    }
    return Bytes.of(bytes);
  }

  /** Every size is within its bound; what the NPU has is shown, and in nobody else's hands. */
  @Test
  void isLinkedAroundTheNetworksMemory() throws Exception {
    assumeTrue(
        System.getenv("STEDGEAI_CORE_DIR") == null && !Files.exists(Path.of("/opt/ST")),
        "an installation of ST Edge AI would be found");
    Cli.run("build", project)
        .refuses(ExitCode.TOOL, "STEDGEAI_CORE_DIR is not set", "install it from st.com");
    standIn.configure(project);
    Cli built = Cli.run("build", project).succeeds();
    assertThat(built.out())
        .contains("compiled network, npuRAM5", "compiled network, octoFlash")
        .contains("nor with an engine");
    JsonNode footprint =
        new ObjectMapper().readTree(project.resolve("build/footprint.json").toFile());
    assertThat(footprint.path("findings")).isEmpty();
    Map<String, Long> starts = new TreeMap<>();
    for (JsonNode section : footprint.path("map")) {
      String region = section.path("region").asText();
      long address = Long.decode(section.path("address").asText());
      starts.merge(region, address, Math::min);
      assertThat(region).isIn("axisram1", "axisram2");
    }
    assertThat(starts.get("axisram2"))
        .as("behind the 16 KiB of cpuRAM2, rounded up, and a line of the NPU's cache")
        .isEqualTo(0x34100000L + 16512);
    JsonNode weights =
        new ObjectMapper()
            .readTree(project.resolve("deployment.json").toFile())
            .at("/engine/files/2");
    assertThat(weights.path("address").asText()).isEqualTo("0x70380000");
    assertThat(project.resolve(weights.path("path").asText())).hasSize(2532);
    assertThat(Files.readString(project.resolve("README.md")))
        .contains("-w compiled/detector_atonbuf.xSPI2.bin 0x70380000 -v", "STEDGEAI_CORE_DIR");
  }

  /** Its weights are written first, and only when they are those that the project knows. */
  @Test
  void flashWritesWhatTheNetworkKeepsThere() throws Exception {
    Path made = dir.resolve("flash");
    generate(made).succeeds();
    standIn.configure(made);
    Cli.run("build", made).succeeds();
    Object[] line = {"flash", made, "--dry-run", "--tool", "STM32_Programmer_CLI"};
    Cli shown = Cli.run(line).succeeds();
    assertThat(shown.out())
        .containsPattern("image +network +2[.,0-9]+ .* at 0x70380000, weights")
        .containsPattern("-el MX66UW1G45G_STM32N6570-DK.stldr .*-w network.bin 0x70380000 -v");
    assertThat(shown.out().indexOf("-w network.bin")).isLessThan(shown.out().indexOf("-w axis"));
    assertThat(Files.size(made.resolve("build/flash/network.bin"))).isEqualTo(2560);
    Path weights = made.resolve("compiled/detector_atonbuf.xSPI2.bin");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[100] ^= 1;
    Files.write(weights, bytes);
    Cli.run(line).refuses(ExitCode.IMAGE, "is not the file that the project was generated with");
  }

  private static Path forTheEmulator(String name) throws Exception {
    StartupFirmware.needsTheEmulator(dir);
    Path made = dir.resolve(name);
    generate(made).succeeds();
    Files.writeString(made.resolve("CMakeLists.txt"), FOR_THE_EMULATOR, StandardOpenOption.APPEND);
    standIn.configure(made);
    return made;
  }

  private static SimulatedBoard start(Path made, Path flash) throws IOException {
    Cli.run("build", made).succeeds();
    ObjectNode facts = SimulatedBoard.facts(BoardCatalogue.find(BOARD));
    facts.putObject("flash_files").put("0x70380000", flash.toString());
    return SimulatedBoard.start(made.resolve("build/firmware.elf"), facts, dir);
  }

  private static Path weights(Path made) {
    return made.resolve("compiled/detector_atonbuf.xSPI2.bin");
  }

  /** Clocks, reset, rights, caches and interrupt, in the order that the models demand. */
  @Test
  void anImageGoesThroughTheNpuFromReset() throws Exception {
    Path made = forTheEmulator("from-reset");
    Deployment deployment = ManifestReader.read(made.resolve("deployment.json"));
    try (Session session = Session.open(start(made, weights(made)), deployment, text -> {})) {
      assertThat(session.infer(image.tensor(), Progress.NONE).outputs()).containsExactly(ANSWER);
    }
    byte[] nothing = new byte[4096];
    java.util.Arrays.fill(nothing, (byte) 0xff);
    Path erased = Files.write(dir.resolve("erased"), nothing);
    try (Session session = Session.open(start(made, erased), deployment, text -> {})) {
      assertThatThrownBy(() -> session.infer(image.tensor(), Progress.NONE))
          .hasMessageContaining("the flash does not hold the network's weights");
    }
    violates(made, "FV_RIMC_CORE | FV_RIMC_MSEC |", "FV_RIMC_CORE |", "NPU without the rights");
  }

  @Tag("long")
  @Test
  void theSimulationFailsMissingSteps() throws Exception {
    Path made = forTheEmulator("long");
    violates(made, "ENR |= FV_RCC_NPU | FV_RCC_CACHEAXI", "ENR |= FV_RCC_CACHEAXI", "NPU without");
    violates(made, "FV_CACHEAXI_CR1 |= FV_CACHEAXI_EN;", "", "NPU without its cache");
    violates(made, "FV_RCC_MEMENR |= FV_RCC_CACHEAXIRAM;", "", "CACHEAXI without its clock");
    violates(made, "FV_CACHEAXI_BUSY, 0)", "0, 0)", "CACHEAXI on before it was empty");
    violates(made, "FV_RCC_AHB3ENR |= FV_RCC_RIFSCEN;", "", "RIFSC without its clock");
    violates(made, "FV_RCC_MEMLPENR |= FV_RCC_RAMS |", "FV_RCC_MEMLPENR |=", "RAMs of the NPU");
    violates(made, "FV_RCC_AHB5LPENR |= FV_RCC_NPU |", "FV_RCC_AHB5LPENR |=", "stand still");
  }

  private static void violates(Path made, String text, String other, String violation)
      throws Exception {
    Path path = made.resolve("fovea/ports/stm32n6/fv_npu.c");
    String before = Files.readString(path);
    assertThat(before).contains(text);
    Files.writeString(path, before.replaceFirst(java.util.regex.Pattern.quote(text), other));
    try (SimulatedBoard started = start(made, weights(made))) {
      assertThat(started.said()).contains(violation);
    } finally {
      Files.writeString(path, before);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--emulated | x | has no twin with engine st-neural-art",
        "--reserve | axisram2=1K | the compiled network has 16512 bytes there as cpuRAM2",
      })
  void refusesWhatCannotBeTogether(String option, String value, String why) {
    Path made = dir.resolve("refused");
    Cli cli = value.equals("x") ? generate(made, option) : generate(made, option, value);
    assertThat(cli.code()).isNotZero();
    assertThat(cli.err()).contains(why);
    assertThat(made).doesNotExist();
  }

  @Test
  void refusesTheNetworkOfAnotherModel() {
    Path made = dir.resolve("other-model");
    Cli.run(
            "generate",
            StartupFirmware.ROAD_SIGNS,
            "--board",
            BOARD,
            "--engine",
            "st-neural-art",
            "--compiled",
            standIn.compiled(),
            "-o",
            made)
        .refuses(ExitCode.USAGE, "its input is 1x96x96x3 uint8", "compiled from another model");
    assertThat(made).doesNotExist();
  }
}
