package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateTest {
  private static final Path MODEL =
      Cli.ROOT.resolve("models/tinyyolov2_96/tinyyolov2_96_int8.tflite");
  private static final int IMAGES = 5;
  private static final Locale USUAL = Locale.getDefault();

  @TempDir Path dir;

  @BeforeEach
  void drawPictures() throws IOException {
    Files.createDirectories(dir.resolve("data/images"));
    Files.createDirectories(dir.resolve("data/labels"));
    for (int i = 0; i < IMAGES; i++) {
      Files.copy(
          Cli.ROOT.resolve("models/roadsigns/samples/images/0000" + i + ".png"),
          dir.resolve("data/images/" + i + ".png"));
      String labels = i == 2 ? "" : "0 0.5 0.5 0." + (i + 3) + " 0.4\n1 0.2 0.3 0.1 0.2\n";
      Files.writeString(dir.resolve("data/labels/" + i + ".txt"), labels);
    }
  }

  @AfterEach
  void restoreLocale() {
    Locale.setDefault(USUAL);
  }

  private Cli evaluate(String output, Object... more) {
    Object[] fixed = {
      "evaluate", MODEL, "--dataset", dir.resolve("data"), "-o", dir.resolve(output)
    };
    Object[] all = Arrays.copyOf(fixed, fixed.length + more.length);
    System.arraycopy(more, 0, all, fixed.length, more.length);
    return Cli.run(all);
  }

  @Test
  void printsAndWritesTheFigures() throws IOException {
    Cli cli = evaluate("out").succeeds();
    assertThat(cli.out())
        .contains("5 images, 8 objects, yolo labels", "pycocotools COCOeval", "AP@[.5:.95]")
        .contains("first", "second", "these figures mean nothing");
    JsonNode json = new ObjectMapper().readTree(dir.resolve("out/evaluation.json").toFile());
    assertThat(json.at("/scorer/name").asText()).isEqualTo("coco");
    assertThat(json.at("/classes/0/objects").asInt()).isEqualTo(4);
    assertThat(json.at("/images").size()).isEqualTo(IMAGES);
    JsonNode found = new ObjectMapper().readTree(dir.resolve("out/detections_coco.json").toFile());
    assertThat(found.size()).isPositive();
    assertThat(Files.readString(dir.resolve("out/evaluation.html")))
        .contains("Precision and recall", "polyline", "Worst images", "data:image/jpeg");
  }

  @Test
  void jsonIsTheFile() throws IOException {
    Cli cli = evaluate("out", "--json").succeeds();
    assertThat(cli.out().strip())
        .isEqualTo(Files.readString(dir.resolve("out/evaluation.json")).strip());
  }

  @Test
  void threadsLocalesAndStopsShowNowhere() throws IOException {
    evaluate("one", "--threads", 1).succeeds();
    SortedMap<String, String> expected = Cli.tree(dir.resolve("one"));
    assertThat(expected).hasSize(5);
    for (String locale : new String[] {"tr", "ar"}) {
      Locale.setDefault(Locale.forLanguageTag(locale));
      evaluate(locale, "--threads", 2).succeeds();
      assertThat(Cli.tree(dir.resolve(locale))).isEqualTo(expected);
    }
    byte[] log = Files.readAllBytes(dir.resolve("one/detections.jsonl"));
    Path stopped = Files.createDirectories(dir.resolve("stopped"));
    for (int cut : new int[] {0, 7, log.length / 2, log.length - 1, log.length}) {
      Files.write(stopped.resolve("detections.jsonl"), Arrays.copyOf(log, cut));
      evaluate("stopped").succeeds();
      assertThat(Cli.tree(stopped)).as("cut at %d", cut).isEqualTo(expected);
    }
  }

  @Test
  void otherDetectionsAreNotMixed() {
    evaluate("out").succeeds();
    evaluate("out", "--score", "0.2")
        .refuses(ExitCode.IMAGE, "another score (0.001 then, 0.2 now)", "-o");
    evaluate("out", "--scorer", "st").succeeds();
  }

  @Test
  void pixelsDecideOverTheDetections() throws IOException {
    Cli cli = evaluate("565", "--pixels", "rgb565", "--json").succeeds();
    JsonNode json = new ObjectMapper().readTree(cli.out());
    assertThat(json.at("/model/pixels").asText()).isEqualTo("rgb565");
    evaluate("565").refuses(ExitCode.IMAGE, "another pixels (rgb565 then, rgb888 now)", "-o");
    evaluate("888").succeeds();
    evaluate("422", "--pixels", "yuv422").succeeds();
    assertThat(found("565")).isNotEqualTo(found("888")).isNotEqualTo(found("422"));
    evaluate("c", "--pixels", "yuv422", "--engine", "c").succeeds();
    assertThat(found("c")).isEqualTo(found("422"));
  }

  private String found(String output) throws IOException {
    return Files.readString(dir.resolve(output).resolve("detections_coco.json"));
  }

  @Test
  void aFloatModelSeesTheCamerasPixelsToo() throws IOException {
    Path roadSigns = Cli.ROOT.resolve("models/roadsigns");
    for (String pixels : new String[] {"rgb888", "rgb565"}) {
      Cli.run(
              "evaluate",
              roadSigns.resolve("roadsigns_192_float.tflite"),
              "--dataset",
              roadSigns.resolve("samples"),
              "--limit",
              3,
              "--pixels",
              pixels,
              "-o",
              dir.resolve(pixels))
          .succeeds();
      JsonNode json =
          new ObjectMapper().readTree(dir.resolve(pixels).resolve("evaluation.json").toFile());
      assertThat(json.get("ap50").asDouble()).isGreaterThan(0.9);
    }
    assertThat(found("rgb888")).isNotEqualTo(found("rgb565"));
  }

  @Test
  void aBrokenDatasetIsNotScored() throws IOException {
    Files.writeString(dir.resolve("data/labels/1.txt"), "0 0.5 0.5 0.1\n7 0.5 0.5 0.1 0.1\n");
    evaluate("out").refuses(ExitCode.IMAGE, "labels/1.txt:1", "labels/1.txt:2");
    assertThat(dir.resolve("out")).doesNotExist();
  }

  @Test
  void badOptionsAreNamedTogether() {
    evaluate("out", "--score", "2", "--iou", "-1", "--limit", "0", "--min-side", "NaN")
        .refuses(ExitCode.USAGE, "--score", "--iou", "--limit", "--min-side");
  }

  @Test
  void withoutACardThereAreNoBoxes() throws IOException {
    Path bare = dir.resolve("bare.tflite");
    byte[] model = Files.readAllBytes(MODEL);
    Files.write(bare, Arrays.copyOf(model, model.length + 16));
    Cli.run("evaluate", bare, "--dataset", dir.resolve("data"), "-o", dir.resolve("out"))
        .refuses(ExitCode.MODEL, "has no model card");
  }
}
