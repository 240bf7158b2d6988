package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.fovea.cli.line.LineFault;
import org.fovea.cli.line.RuntimeDevice;
import org.fovea.cli.line.SimulatedLine;
import org.fovea.generator.pipeline.ModelFile;
import org.fovea.host.detect.Decoder;
import org.fovea.host.detect.Expectation;
import org.fovea.host.detect.TensorDifference;
import org.fovea.host.frame.Bytes;
import org.fovea.host.image.ImageInput;
import org.fovea.host.manifest.Deployment;
import org.fovea.host.manifest.ManifestReader;
import org.fovea.host.session.InferenceResult;
import org.fovea.host.session.Progress;
import org.fovea.host.session.Session;
import org.fovea.host.session.Timing;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A network for the Neural-ART NPU, with stand-ins for ST's runtime, for what ST Edge AI compiles,
 * and for the NPU: no such chip has run it.
 */
class NeuralArtTest {
  private static final String BOARD = "stm32n6570-dk";
  private static final String FLASH = "FAKE_NPU_FLASH";

  @TempDir static Path dir;
  private static Path project;
  private static NpuStandIn standIn;
  private static RuntimeDevice.Firmware firmware;
  private static ImageInput hill;
  private static ImageInput sun;

  @BeforeAll
  static void generate() throws Exception {
    Deployment same = deployment();
    hill = ImageInput.read(TestScene.HILL.write(dir), same.input());
    sun = ImageInput.read(TestScene.SUN.write(dir), same.input());
    standIn =
        standInOf(
            "known",
            List.of(known(hill), new NpuStandIn.Known(Bytes.of(sun.tensor()), oneBox())),
            UnaryOperator.identity());
    project = project(standIn, "project");
    firmware = standIn.program(project);
  }

  /** How the model takes its image does not depend on who computes it. */
  private static Deployment deployment() {
    Path own = dir.resolve("own");
    Cli.run("generate", Cli.MODEL, "--board", BOARD, "-o", own).succeeds();
    return ManifestReader.read(own.resolve("deployment.json"));
  }

  private static NpuStandIn.Known known(ImageInput image) {
    return new NpuStandIn.Known(Bytes.of(image.tensor()), expected(image));
  }

  private static Bytes expected(ImageInput image) {
    Expectation expectation = OutputOracle.of(ModelFile.read(Cli.MODEL)).of(image.tensor());
    return expectation.outputTensors().orElseThrow().get(0);
  }

  /** An answer with one box, in the cell of row 2 and column 3: the model's own have none. */
  private static Bytes oneBox() {
    byte[] output = new byte[36 * 35];
    java.util.Arrays.fill(output, (byte) 5);
    int box = (2 * 6 + 3) * 35;
    output[box + 4] = 127;
    output[box + 5] = 127;
    return Bytes.of(output);
  }

  private static NpuStandIn standInOf(
      String name, List<NpuStandIn.Known> known, UnaryOperator<String> edit) throws IOException {
    return NpuStandIn.write(Files.createDirectory(dir.resolve(name)), known, edit);
  }

  private static Path project(NpuStandIn network, String name) {
    Path made = dir.resolve(name);
    generate(network.compiled(), made).succeeds();
    return made;
  }

  private static Cli generate(Path compiled, Path made, Object... more) {
    Object[] all = {
      "generate",
      Cli.MODEL,
      "--board",
      BOARD,
      "--rtos",
      "bare",
      "--engine",
      "st-neural-art",
      "--compiled",
      compiled,
      "-o",
      made
    };
    return Cli.run(
        java.util.stream.Stream.concat(java.util.Arrays.stream(all), java.util.Arrays.stream(more))
            .toArray());
  }

  private static RuntimeDevice device(RuntimeDevice.Firmware of, Path in, String npu)
      throws IOException {
    Path flash = in.resolve("compiled/detector_atonbuf.xSPI2.bin");
    return RuntimeDevice.start(of, Map.of(FLASH, flash.toString(), "FAKE_NPU", npu));
  }

  private static Session session(RuntimeDevice device, Deployment deployment) {
    SimulatedLine line =
        new SimulatedLine(
            device,
            SimulatedLine.Pace.ofLine(921_600, 1_000_000),
            LineFault.none(),
            LineFault.none());
    return Session.open(line, deployment, Timing.board(), 1, text -> {}, line::nanoTime);
  }

  /** What the NPU gives goes to the host, decodes to the PC's boxes, and is the same each time. */
  @Test
  void imagesGoThroughTheNpu() throws Exception {
    Decoder decoder = new Decoder(firmware.deployment());
    try (RuntimeDevice device = device(firmware, project, "");
        Session session = session(device, firmware.deployment())) {
      for (int n = 0; n < 2; n++) {
        InferenceResult result = session.infer(hill.tensor(), Progress.NONE);
        assertThat(
                TensorDifference.of(
                    firmware.deployment().outputs(), List.of(expected(hill)), result.outputs()))
            .allMatch(TensorDifference::isEqual);
        InferenceResult boxed = session.infer(sun.tensor(), Progress.NONE);
        assertThat(boxed.outputs()).containsExactly(oneBox());
        assertThat(decoder.decode(boxed.outputs(), sun.placement()))
            .singleElement()
            .satisfies(box -> assertThat(box.label()).isEqualTo("first"));
      }
    }
  }

  /** Assertions of the runtime, also in its interrupt handler, and silence become words. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "another | ST's runtime stopped in LL_ATON_RT_RuntimeInit, ll_aton_runtime.c:",
        "dead | the NPU's cache does not become empty: reset the board",
        "silent | the NPU: no interrupt for 10 s",
      })
  void failuresOfTheNpuAreTold(String npu, String words) throws Exception {
    failsWith(device(firmware, project, npu), hill, words);
  }

  private static void failsWith(RuntimeDevice started, ImageInput image, String words) {
    try (RuntimeDevice device = started;
        Session session = session(device, firmware.deployment())) {
      for (int n = 0; n < 2; n++) {
        assertThatThrownBy(() -> session.infer(image.tensor(), Progress.NONE))
            .hasMessageContaining(words);
      }
    }
  }

  @Test
  void anErrorInTheInterruptHandlerIsTold() throws Exception {
    byte[] other = hill.tensor();
    other[0] ^= 1;
    try (RuntimeDevice device = device(firmware, project, "");
        Session session = session(device, firmware.deployment())) {
      assertThatThrownBy(() -> session.infer(other, Progress.NONE))
          .hasMessageContaining("ST's runtime stopped in NPU0_IRQHandler, ll_aton_runtime.c:")
          .hasMessageContaining("(!failed)");
    }
  }

  @Test
  void otherWeightsInTheFlashAreRefused() throws Exception {
    Path other = Files.createDirectories(dir.resolve("other/compiled"));
    byte[] weights = Files.readAllBytes(standIn.compiled().resolve(NpuStandIn.WEIGHTS));
    weights[weights.length - 1] ^= 1;
    Files.write(other.resolve("detector_atonbuf.xSPI2.bin"), weights);
    failsWith(
        device(firmware, other.getParent(), ""),
        hill,
        "the flash does not hold the network's weights: write"
            + " compiled/detector_atonbuf.xSPI2.bin to 0x70380000");
  }

  /** The network is another one than the project was generated with. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0.00392156885936856 | 0.004 | the compiled network's input is not the model's",
        "offset[] = { 5 } | offset[] = { 6 } | an output of the compiled network is not the model's",
      })
  void anotherCompiledNetworkIsRefused(String text, String other, String words) throws Exception {
    Path source = project.resolve("compiled").resolve(NpuStandIn.SOURCE);
    String before = Files.readString(source);
    assertThat(before).contains(text);
    try {
      Files.writeString(source, before.replace(text, other));
      failsWith(device(standIn.program(project), project, ""), hill, words);
    } finally {
      Files.writeString(source, before);
    }
  }

  /** A network compiled for int8 pixels of a model that has uint8 ones. */
  @Test
  void pixelsGetTheSignThatTheNetworkWants() throws Exception {
    byte[] flipped = hill.tensor();
    for (int i = 0; i < flipped.length; i++) {
      flipped[i] ^= (byte) 0x80;
    }
    NpuStandIn signed =
        standInOf(
            "signed",
            List.of(new NpuStandIn.Known(Bytes.of(flipped), expected(hill)), known(sun)),
            source ->
                source
                    .replace("DataType_UINT8", "DataType_INT8")
                    .replace("quant_offset[] = { 0 }", "quant_offset[] = { -128 }"));
    Path made = project(signed, "signed-project");
    RuntimeDevice.Firmware program = signed.program(made);
    try (RuntimeDevice device = device(program, made, "");
        Session session = session(device, program.deployment())) {
      for (int n = 0; n < 2; n++) {
        assertThat(session.infer(hill.tensor(), Progress.NONE).outputs())
            .containsExactly(expected(hill));
      }
    }
  }
}
