package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole way over a real serial line into QEMU. */
class DeployTest {
  private static final String DEMO = "../models/tinyyolov2_96/tinyyolov2_96_int8.tflite";

  @TempDir Path dir;

  private record Ran(int exitCode, String out, String err) {}

  private static Ran fovea(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false);
    int code = Main.run(terminal, arguments);
    return new Ran(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void demoFindsSignsAndShowsThatBoardAndPcAgree() {
    Ran ran = fovea("demo", "-o", dir.resolve("demo").toString());
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("board and PC agree: CRCs of all").contains("yield");
    assertThat(dir.resolve("demo/firmware/report.html")).isNotEmptyFile();
    assertThat(dir.resolve("demo/firmware/00002.boxes.png")).isNotEmptyFile();
    assertThat(ProcessHandle.current().descendants().map(p -> p.info().command().orElse("")))
        .noneMatch(c -> c.contains("qemu"));
  }

  @Test
  void freeRtosRunsTheSame() {
    boolean there = System.getenv("FREERTOS_KERNEL_PATH") != null;
    if (!there) {
      System.out.println("freertos=SKIPPED");
    }
    assumeTrue(there, "freertos=SKIPPED: FREERTOS_KERNEL_PATH is not set");
    Ran ran = deploy("freertos", "qemu-mps2-an500", "--rtos", "freertos");
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("FreeRTOS").contains("CRCs of all 5 layers");
    System.out.println("freertos=PASSED");
  }

  /** Two images in flight over the line: each has its own sums and boxes. */
  @ParameterizedTest
  @ValueSource(strings = {"bare", "freertos"})
  void imagesOverlapOverTheSerialLine(String rtos) throws Exception {
    assumeTrue(
        rtos.equals("bare") || System.getenv("FREERTOS_KERNEL_PATH") != null,
        "freertos=SKIPPED: FREERTOS_KERNEL_PATH is not set");
    Path samples = Path.of("../models/roadsigns/samples/images");
    Ran ran =
        deploy(
            "overlap-" + rtos,
            "qemu-mps2-an500",
            samples.resolve("00000.png").toString(),
            samples.resolve("00001.png").toString(),
            samples.resolve("00002.png").toString(),
            "--optimize",
            "throughput",
            "--rtos",
            rtos,
            "--json");
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    JsonNode images = new ObjectMapper().readTree(ran.out()).get("images");
    assertThat(images).hasSize(4);
    for (int i = 0; i < images.size(); i++) {
      assertThat(images.get(i).get("compared_with_pc").asBoolean()).isTrue();
      assertThat(images.get(i).get("equals_pc").asBoolean()).isTrue();
      assertThat(images.get(i).get("interval_seconds").isNumber()).isEqualTo(i > 0);
    }
    Path project = dir.resolve("overlap-" + rtos);
    assertThat(Files.readString(project.resolve("report.html"))).contains("since the last result");
    assertThat(Files.readString(project.resolve("deployment.json")))
        .contains("\"images_in_flight\" : 2");
    assertThat(Files.readString(project.resolve("build/footprint.json")))
        .doesNotContain("\"holds\" : false");
  }

  @Test
  void aTwinHasTheBoardsMemories() {
    Ran ran = deploy("twin", "stm32h747i-disco", "--emulated");
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("axi_sram").contains("CRCs of all 5 layers");
  }

  @Test
  void aFlippedWeightIsRefusedBeforeAnyImage() throws Exception {
    String project = dir.resolve("flipped").toString();
    fovea("generate", DEMO, "--board", "qemu-mps2-an500", "-o", project);
    TamperedProject.flipWeight(Path.of(project));
    assertThat(fovea("build", project).exitCode()).isZero();
    Ran ran = fovea("run", project, TestScene.HILL.write(dir).toString());
    assertThat(ran.exitCode()).isEqualTo(ExitCode.LINK.code());
    assertThat(ran.err()).contains("does not hold this model's weights");
  }

  private Ran deploy(String name, String board, String... more) {
    Path scene = TestScene.HILL.write(dir);
    String[] fixed = {
      "deploy", DEMO, scene.toString(), "--board", board, "-o", dir.resolve(name).toString()
    };
    String[] all = new String[fixed.length + more.length];
    System.arraycopy(fixed, 0, all, 0, fixed.length);
    System.arraycopy(more, 0, all, fixed.length, more.length);
    return fovea(all);
  }

  @Tag("long")
  @Test
  void findsTheFacesOfAPhotoOverTheSerialLine() throws Exception {
    Path model = TestData.path("tiny_face_detector/tiny_face_416_int8.tflite");
    Path photo = TestData.path("images/nxp_facedet_test.jpg");
    Path project = dir.resolve("faces");
    Ran ran =
        fovea(
            "deploy",
            model.toString(),
            "--board",
            "qemu-mps2-an500",
            photo.toString(),
            "--json",
            "-o",
            project.toString());
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    JsonNode found = new ObjectMapper().readTree(ran.out()).at("/images/0/detections");
    // The boxes of the reference (float64 decoding of TFLite's reference output), in pixels.
    double[][] expected = {
      {104.8, 120.9, 216.4, 224.1}, {193.8, 54.6, 272.8, 127.6}, {227.1, 90.9, 306.0, 163.9}
    };
    assertThat(found.size()).isEqualTo(expected.length);
    for (int i = 0; i < expected.length; i++) {
      for (int edge = 0; edge < 4; edge++) {
        assertThat(Math.abs(found.get(i).get("box").get(edge).asDouble() - expected[i][edge]))
            .isLessThan(1);
      }
    }
    assertThat(Files.readString(project.resolve("report.html"))).contains("face");
  }
}
