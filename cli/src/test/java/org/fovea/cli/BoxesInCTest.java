package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.fovea.generator.pipeline.Compiled;
import org.fovea.generator.pipeline.ModelFile;
import org.fovea.generator.reference.Activations;
import org.fovea.generator.reference.ReferenceExecutor;
import org.fovea.host.image.ImageInput;
import org.fovea.host.manifest.Detector;
import org.fovea.host.manifest.Head;
import org.fovea.host.manifest.Output;
import org.fovea.host.manifest.Thresholds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** fv_boxes, compiled for this machine with sanitizers, finds the boxes that the host finds. */
class BoxesInCTest {
  private static final Path ROADSIGNS = Cli.ROOT.resolve("models/roadsigns");

  /** Five, eleven and one, in their units. */
  private static final Map<String, String> ANCHORS =
      Map.of(
          "cells",
          "[[1.241, 1.291], [1.993, 2.074], [3.197, 3.317], [5.119, 5.327], [8.302, 8.615]]",
          "pixels",
          "[[9, 8], [17, 20], [33, 30], [50, 64], [70, 70], [9, 80], [8, 9], [100, 90],"
              + " [120, 150], [180, 181], [40, 41]]",
          "image",
          "[[0.2, 0.3]]");

  private static final int SETS = 60;

  /** Scores nearer to each other than this need not be in the same order. */
  private static final double NEAR = 1e-6;

  @TempDir private Path dir;

  /** The edits are of the road signs' card; an output's 55 values are 5 x 11, 11 x 5 or 1 x 55. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "yolov2 | cell-anchor-value | cells  |  6 | softmax | 0.4      | 0.45 |  20",
        "yolov3 | cell-anchor-value | cells  |  6 | sigmoid | 0.25     | 0.45 |  20",
        "yolov4 | cell-anchor-value | cells  |  6 | sigmoid | 0.25     | 0.45 |  20",
        "yolov2 | cell-anchor-value | cells  |  6 | none    | 0.9      | 0.3  |  20",
        "yolov2 | cell-anchor-value | pixels |  0 | softmax | 0.4      | 0.45 |  50",
        "yolov2 | cell-anchor-value | image  | 50 | softmax | 0.02     | 0.45 | 300",
        "yolov2 | cell-anchor-value | cells  |  6 | softmax | 0.000001 | 0.9  | 300",
        "yolov2 | cell-anchor-value | cells  |  6 | none    | 0        | 1    | 300",
        "yolov2 | anchor-value-cell | cells  |  6 | softmax | 0.4      | 0.45 |  20",
        "region | anchor-value-cell | cells  |  6 | softmax | 1        | 0.45 |  20",
      })
  void equalsTheHost(
      String family,
      String layout,
      String unit,
      int classes,
      String activation,
      double score,
      String iou,
      int most)
      throws Exception {
    String card =
        Files.readString(ROADSIGNS.resolve("model.yaml"))
            .replace("anchor_unit: cells", "anchor_unit: " + unit)
            .replace("classes: 6", "classes: " + classes)
            .replace("class_activation: softmax", "class_activation: " + activation)
            .replace("family: yolov2", "family: " + family)
            .replace("layout: cell-anchor-value", "layout: " + layout)
            .replace(
                "    stride:",
                family.equals("yolov4") ? "    scale_xy: 1.1\n    stride:" : "    stride:")
            .replaceAll(
                "thresholds: .*",
                "thresholds: {score: %s, iou: %s, max_detections: %d}".formatted(score, iou, most))
            .replaceAll("labels: .*", "labels: " + labels(classes))
            .replaceAll("anchors: .*", "anchors: " + ANCHORS.get(unit));
    DeviceBoxes device = signs(card);
    compare(device, random(device.detector()), SETS / 2);
    compare(device, extremes(device.detector()), 1);
  }

  private DeviceBoxes signs(String card) throws Exception {
    Path model = dir.resolve("roadsigns_192_int8.tflite");
    Files.copy(ROADSIGNS.resolve("roadsigns_192_int8.tflite"), model);
    Files.writeString(dir.resolve("model.yaml"), card);
    return DeviceBoxes.build(model, dir.resolve("project"));
  }

  /** The same numbers read in two ways: their boxes hide each other. */
  @Test
  void twoHeads() throws Exception {
    String card = Files.readString(ROADSIGNS.resolve("model.yaml"));
    String head = card.substring(card.indexOf("  - family:"), card.indexOf("thresholds:"));
    String second =
        head.replace("family: yolov2", "family: yolov4\n    scale_xy: 1.2")
            .replace("layout: cell-anchor-value", "layout: anchor-value-cell")
            .replaceAll("anchors: .*", "anchors: [[9, 8], [17, 20], [33, 30], [50, 64], [70, 70]]")
            .replace("anchor_unit: cells", "anchor_unit: pixels")
            .replace("class_activation: softmax", "class_activation: sigmoid");
    DeviceBoxes device = signs(card.replace("thresholds:", second + "thresholds:"));
    assertThat(device.detector().heads()).hasSize(2);
    compare(device, random(device.detector()), SETS / 2);
    compare(device, extremes(device.detector()), 1);
  }

  @Test
  void twoOutputsOfYoloFastest() throws Exception {
    Path model = TestData.path("yolo_fastest_body/yolo-fastest-1.1_body_320_int8.tflite");
    DeviceBoxes device = DeviceBoxes.build(model, dir.resolve("project"));
    assertThat(device.detector().outputs()).hasSize(2);
    compare(device, random(device.detector()), SETS / 3);
    List<List<byte[]>> golden = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      golden.add(List.of(golden(i, 0), golden(i, 1)));
    }
    compare(device, golden, 3);
    assertThat(device.decode(golden, 20)).anySatisfy(boxes -> assertThat(boxes).isNotEmpty());
  }

  @Test
  void equalScoresGoInTheOrderOfTheTensor() throws Exception {
    DeviceBoxes device = DeviceBoxes.build(Cli.MODEL, dir.resolve("project"));
    compare(device, extremes(device.detector()), SETS);
  }

  @Test
  void aSplitHeadAndRealPhotos() throws Exception {
    Path scenes = dir.resolve("scenes");
    Cli.run("scenes", "--seed", 7, "--count", 3, "--size", 192, "-o", scenes).succeeds();
    Path model = dir.resolve("split_int8.tflite");
    Path whole = ROADSIGNS.resolve("roadsigns_192_float.tflite");
    Path images = scenes.resolve("images");
    Cli.run("quantize", whole, "--calibrate", images, "--steps", "split", "-o", model).succeeds();
    DeviceBoxes split = DeviceBoxes.build(model, dir.resolve("project"));
    assertThat(split.detector().outputs()).hasSize(4);
    compare(split, random(split.detector()), 10);
    compare(split, extremes(split.detector()), 1);
    compare(split, photos(split.detector(), model, images), 3);
    Path one = ROADSIGNS.resolve("roadsigns_192_int8.tflite");
    DeviceBoxes signs = DeviceBoxes.build(one, dir.resolve("one"));
    List<List<byte[]>> seen = photos(signs.detector(), one, images);
    compare(signs, seen, 3);
    assertThat(signs.decode(seen, 20)).allSatisfy(boxes -> assertThat(boxes).isNotEmpty());
    assertThat(signs.decode(seen, 1)).allSatisfy(boxes -> assertThat(boxes).hasSize(1));
    assertThat(signs.decode(seen, 0)).allSatisfy(boxes -> assertThat(boxes).isEmpty());
  }

  private static byte[] golden(int input, int output) throws Exception {
    return TestData.npy(
        TestData.path("yolo_fastest_body/golden/int8_out%d_%d.npy".formatted(input, output)));
  }

  private static List<String> labels(int classes) {
    return IntStream.range(0, Math.max(1, classes)).mapToObj(c -> "kind" + c).toList();
  }

  /**
   * Compares sets of output tensors.
   *
   * @param least sets, at the least, whose order is certain: of the others the boxes are not
   *     compared
   */
  private static void compare(DeviceBoxes device, List<List<byte[]>> sets, int least)
      throws Exception {
    Detector detector = device.detector();
    List<List<DeviceBoxes.Found>> found = device.decode(sets, 1024);
    int compared = 0;
    for (int i = 0; i < sets.size(); i++) {
      if (isCertain(detector, sets.get(i))) {
        compared++;
        assertEqual(found.get(i), DeviceBoxes.onHost(detector, sets.get(i)));
      }
    }
    assertThat(compared).isGreaterThanOrEqualTo(least);
  }

  private static void assertEqual(List<DeviceBoxes.Found> device, List<DeviceBoxes.Found> host) {
    List<DeviceBoxes.Found> found = device.stream().filter(DeviceBoxes.Found::hasArea).toList();
    List<DeviceBoxes.Found> wanted = host.stream().filter(DeviceBoxes.Found::hasArea).toList();
    assertThat(found)
        .extracting(DeviceBoxes.Found::classIndex)
        .containsExactlyElementsOf(wanted.stream().map(DeviceBoxes.Found::classIndex).toList());
    for (int i = 0; i < wanted.size(); i++) {
      DeviceBoxes.Found box = found.get(i);
      DeviceBoxes.Found same = wanted.get(i);
      assertThat(box.score()).isCloseTo(same.score(), within(1e-5 * same.score()));
      assertThat(box.left()).isCloseTo(same.left(), within(1e-5));
      assertThat(box.top()).isCloseTo(same.top(), within(1e-5));
      assertThat(box.right()).isCloseTo(same.right(), within(1e-5));
      assertThat(box.bottom()).isCloseTo(same.bottom(), within(1e-5));
    }
  }

  /**
   * Whether no two scores, nor a score and the threshold, are so near that rounding orders them.
   */
  private static boolean isCertain(Detector detector, List<byte[]> outputs) {
    double threshold = detector.thresholds().score();
    Detector every = detector.with(new Thresholds(threshold * (1 - 2 * NEAR), 1, 10_000));
    double last = Double.MAX_VALUE;
    List<Double> scores = new ArrayList<>();
    DeviceBoxes.onHost(every, outputs).forEach(d -> scores.add(d.score()));
    scores.removeIf(s -> s == threshold);
    for (double score : scores) {
      if ((score != last && last - score < NEAR * last)
          || Math.abs(score - threshold) < NEAR * score) {
        return false;
      }
      last = score;
    }
    return true;
  }

  /** Logits of 2.5 around 0, in each output's own steps. */
  private static List<List<byte[]>> random(Detector detector) {
    Random random = new Random(11);
    List<List<byte[]>> sets = new ArrayList<>();
    for (int s = 0; s < SETS; s++) {
      List<byte[]> outputs = new ArrayList<>();
      for (Output output : detector.outputs()) {
        byte[] values = new byte[output.bytes()];
        for (int i = 0; i < values.length; i++) {
          long q = Math.round(random.nextGaussian() * 2.5 / output.scale()) + output.zeroPoint();
          values[i] = (byte) Math.max(-128, Math.min(127, q));
        }
        outputs.add(values);
      }
      sets.add(outputs);
    }
    return sets;
  }

  /**
   * Only the least and the largest value, and sizes of the anchor's: equal scores, sides beyond
   * every picture.
   */
  private static List<List<byte[]>> extremes(Detector detector) {
    Random random = new Random(12);
    List<List<byte[]>> sets = new ArrayList<>();
    for (int s = 0; s < SETS; s++) {
      List<byte[]> outputs = new ArrayList<>();
      for (int o = 0; o < detector.outputs().size(); o++) {
        Output output = detector.outputs().get(o);
        byte[] values = new byte[output.bytes()];
        for (int i = 0; i < values.length; i++) {
          int least = isSize(detector, o, i) ? output.zeroPoint() : -128;
          values[i] = (byte) (random.nextInt(SETS) < s ? 127 : least);
        }
        outputs.add(values);
      }
      sets.add(outputs);
    }
    return sets;
  }

  private static boolean isSize(Detector detector, int output, int index) {
    for (Head head : detector.heads()) {
      if (isSize((Head.Grid) head, output, index)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSize(Head.Grid head, int output, int index) {
    boolean together = head.layout() == Head.Layout.CELL_ANCHOR_VALUE;
    int value = (together ? index : index / head.cells()) % head.valuesPerAnchor();
    return head.parts().size() == 1
        ? head.parts().get(0).output() == output && (value == 2 || value == 3)
        : head.parts().get(1).output() == output;
  }

  /** What a network makes of pictures. */
  private static List<List<byte[]>> photos(Detector detector, Path model, Path images) {
    Compiled compiled = Compiled.of(ModelFile.read(model));
    List<List<byte[]>> sets = new ArrayList<>();
    for (Path file : Photos.expand(List.of(images))) {
      byte[] image = ImageInput.read(file, detector.input()).tensor();
      Activations all =
          ReferenceExecutor.run(
              compiled.model().graph(), Map.of(compiled.network().input().modelInput(), image));
      sets.add(compiled.network().outputs().stream().map(o -> all.bytes(o.tensor())).toList());
    }
    return sets;
  }
}
