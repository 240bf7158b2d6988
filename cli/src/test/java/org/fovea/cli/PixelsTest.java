package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import org.fovea.generator.ir.PixelFormat;
import org.fovea.generator.kernel.KernelSet;
import org.fovea.generator.pipeline.Compiled;
import org.fovea.generator.pipeline.ModelFile;
import org.fovea.generator.plan.InputMode;
import org.fovea.generator.plan.Objective;
import org.fovea.generator.plan.PlanGoal;
import org.fovea.generator.reference.CameraPixels;
import org.fovea.host.manifest.Input;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Images in a camera's format, from the command line to the emulated board and back. */
class PixelsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path MICRO = Cli.ROOT.resolve("models/micro");

  @TempDir Path dir;

  @ParameterizedTest
  @CsvSource({"rgb565, rows", "yuv422, frame"})
  void boardAndPcAgree(String pixels, String input) throws Exception {
    agree(pixels, input);
  }

  @Tag("long")
  @ParameterizedTest
  @CsvSource({"rgb565, frame", "yuv422, rows"})
  void theOtherWayRoundToo(String pixels, String input) throws Exception {
    agree(pixels, input);
  }

  private void agree(String pixels, String input) throws Exception {
    Path project = dir.resolve("project");
    Path scene = TestScene.HILL.write(dir);
    Cli deployed =
        Cli.run(
                "deploy",
                Cli.MODEL,
                scene,
                "--board",
                Cli.BOARD,
                "--pixels",
                pixels,
                "--input",
                input,
                "-o",
                project)
            .succeeds();
    assertThat(deployed.out()).contains("CRCs of all 6 layers");
    JsonNode manifest = JSON.readTree(project.resolve("deployment.json").toFile());
    assertThat(manifest.at("/input/pixels").asText()).isEqualTo(pixels);
    assertThat(manifest.at("/layers/0/kernel").asText()).isEqualTo("fv_" + pixels + "_s8");
    if (input.equals("frame")) {
      assertThat(manifest.at("/memory/arena/buffers/0/bytes").asLong()).isEqualTo(96 * 96 * 2);
    }
    assertThat(Files.readString(project.resolve("report.html")))
        .contains("96×96 pixels, " + pixels.toUpperCase(Locale.ROOT));
    Cli again = Cli.run("run", project, scene, "--model", Cli.MODEL).succeeds();
    assertThat(again.out()).contains("CRCs of all 6 layers");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rgb565", "yuv422"})
  void aFrameNeedsAThirdLess(String pixels) throws Exception {
    int ring = 6 * 96 * 3;
    long colours = inPlainC(PixelFormat.RGB888);
    assertThat(inPlainC(PixelFormat.valueOf(pixels.toUpperCase(Locale.ROOT))))
        .isBetween(colours - 96 * 96, colours - 96 * 96 + ring);
    assertThat(frame(pixels)).isLessThan(frame("rgb888"));
  }

  /** Without the scratch that faster kernels take where there is room. */
  private static long inPlainC(PixelFormat pixels) {
    PlanGoal goal = PlanGoal.of(Objective.TIME, InputMode.FRAME);
    return Compiled.of(ModelFile.read(Cli.MODEL), goal, pixels, KernelSet.PORTABLE)
        .plan()
        .arenaBytes();
  }

  private static long frame(String pixels) throws Exception {
    Cli fit =
        Cli.run(
                "fit",
                Cli.MODEL,
                "--board",
                Cli.BOARD,
                "--input",
                "frame",
                "--pixels",
                pixels,
                "--json")
            .succeeds();
    JsonNode json = JSON.readTree(fit.out());
    assertThat(json.at("/plan/pixels").asText()).isEqualTo(pixels);
    return json.get("activations").asLong();
  }

  @Test
  void aDumpOfACamerasFrameRuns() throws Exception {
    byte[] frame = new byte[96 * 96 * 2];
    new Random(1).nextBytes(frame);
    Path npy = dir.resolve("frame.npy");
    String header = "{'descr': '|u1', 'fortran_order': False, 'shape': (96, 96, 2), }\n";
    byte[] magic = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length(), 0};
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(magic);
    file.writeBytes(header.getBytes(StandardCharsets.US_ASCII));
    file.writeBytes(frame);
    Files.write(npy, file.toByteArray());
    Cli.run(
            "deploy",
            Cli.MODEL,
            npy,
            "--board",
            Cli.BOARD,
            "--pixels",
            "yuv422",
            "-o",
            dir.resolve("project"))
        .succeeds();
  }

  @Test
  void whatNoCameraGivesIsRefused() {
    Path grey = MICRO.resolve("conv_channels_1_to_17.tflite");
    Path odd = MICRO.resolve("conv_3x3_stride2_odd.tflite");
    for (String command : new String[] {"generate", "deploy"}) {
      Cli.run(command, grey, "--board", Cli.BOARD, "--pixels", "rgb565", "-o", dir.resolve("p"))
          .refuses(ExitCode.USAGE, "--pixels rgb565", "no three channels", "leave --pixels out");
      assertThat(dir.resolve("p")).doesNotExist();
    }
    Cli.run("fit", odd, "--pixels", "yuv422")
        .refuses(ExitCode.USAGE, "--pixels yuv422", "pixels wide", "take rgb565");
    Cli.run("fit", Cli.MODEL, "--pixels", "nv12").refuses(ExitCode.USAGE, "--pixels", "nv12");
  }

  @Test
  void aFrameThatDoesNotFitIsToldOfSmallerPixels() throws Exception {
    String large = Files.readString(Cli.ROOT.resolve("boards/nucleo-h743zi2.yaml"));
    String small = large.replaceAll("bytes: (512|128|64|32)K", "bytes: 28K");
    Path board = Files.writeString(dir.resolve("small.yaml"), small);
    Cli fit = Cli.run("fit", Cli.MODEL, "--board", board, "--input", "frame", "--optimize", "ram");
    assertThat(fit.out()).containsPattern("-> --pixels rgb565: .* fits with ");
  }

  @ParameterizedTest
  @EnumSource(PixelFormat.class)
  void hostAndGeneratorExpandAlike(PixelFormat format) {
    byte[] pixels = new byte[6 * 65_536];
    new Random(2).nextBytes(pixels);
    assertThat(CameraPixels.rgb(format, pixels))
        .isEqualTo(
            org.fovea.host.image.CameraPixels.decode(Input.Pixels.valueOf(format.name()), pixels));
  }
}
