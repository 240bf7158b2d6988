package org.fovea.host.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import org.fovea.host.Deployments;
import org.fovea.host.TestModels;
import org.fovea.host.frame.Bytes;
import org.fovea.host.image.GoldenPlacement;
import org.fovea.host.image.Placement;
import org.fovea.host.manifest.Deployment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Boxes of the test models' golden tensors, against the boxes that came with them. */
class DecoderGoldenTest {
  private static final String ST_ANCHORS =
      "[[0.9883,3.3606],[2.1194,5.3759],[3.052,9.1336],[5.5517,9.3066],[9.726,11.1422]]";
  private static final String FACE_ANCHORS =
      "[[1.603231,2.094468],[6.041143,7.080126],[2.882459,3.518061],[4.266906,5.178857],"
          + "[9.041765,10.66308]]";

  @Test
  void softmaxOfThreeClasses() throws IOException {
    JsonNode expected = TestModels.json("decode_refs/st_yolov2_7x7/expected.json");
    float[] tensor = TestModels.npyFloats("decode_refs/st_yolov2_7x7/raw.npy");
    Deployment deployment = deployment(224, "[1,49,40]", ST_ANCHORS, 8, 0.4, 0.3, 1, 0);
    List<Detection> found = decode(deployment, tensor, GoldenPlacement.square(224, 1000));
    JsonNode boxes = expected.get("expected_argmax_then_nms");
    assertThat(found).hasSameSizeAs(boxes);
    for (int i = 0; i < boxes.size(); i++) {
      assertThat(found.get(i).classIndex()).isEqualTo(boxes.get(i).get("cls").asInt());
      assertNear(found.get(i), boxes.get(i), boxes.get(i).get("box_xyxy_norm"), 1000, 1000, 1000);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "tiny_yolo_v2_192, 192, 6, tiny_yolo_v2_192_u8_f32",
    "tiny_yolo_v2_224, 224, 7, tiny_yolo_v2_224_u8_f32",
    "tiny_yolo_v2_224, 224, 7, tiny_yolo_v2_224_int8",
    "tiny_yolo_v2_224, 224, 7, tiny_yolo_v2_224_int8_pt",
    "tiny_yolo_v2_416, 416, 13, tiny_yolo_v2_416_u8_f32",
    "st_yolo_lc_v1_192, 192, 12, st_yolo_lc_v1_192_u8_f32",
    "st_yolo_lc_v1_224, 224, 14, st_yolo_lc_v1_224_u8_f32",
    "st_yolo_lc_v1_224, 224, 14, st_yolo_lc_v1_224_int8",
    "st_yolo_lc_v1_256, 256, 16, st_yolo_lc_v1_256_u8_f32",
  })
  void stretchedModels(String folder, int side, int grid, String model) throws IOException {
    JsonNode expected = TestModels.json(folder + "/golden/expected.json");
    JsonNode quantization = quantization(folder, model);
    boolean flat = model.endsWith("f32");
    String shape = flat ? "[1," + grid * grid + ",30]" : "[1," + grid + "," + grid + ",30]";
    Deployment deployment =
        deployment(side, shape, ST_ANCHORS, 6, 0.5, 0.3, scale(quantization), zero(quantization));
    JsonNode cases = expected.get("models").get(model + ".tflite");
    assertThat(cases).hasSize(3);
    for (JsonNode one : cases) {
      List<Detection> found = found(deployment, folder, one, GoldenPlacement.square(side, 640));
      assertBoxes(found, one.get("boxes"), 640, 640);
    }
  }

  @ParameterizedTest
  @CsvSource({"224, 7, f32", "224, 7, int8", "416, 13, f32", "416, 13, int8"})
  void faces(int side, int grid, String type) throws IOException {
    String folder = "tiny_face_detector";
    String model = "tiny_face_" + side + "_" + type;
    JsonNode quantization = quantization(folder, model);
    String shape = "[1," + grid + "," + grid + ",25]";
    Deployment deployment =
        deployment(
            side, shape, FACE_ANCHORS, 5, 0.45, 0.4, scale(quantization), zero(quantization));
    JsonNode cases =
        TestModels.json(folder + "/golden/expected.json").at("/models/" + model + ".tflite/cases");
    assertThat(cases).hasSize(3);
    for (JsonNode one : cases) {
      double sx = one.at("/geometry/sx").asDouble();
      double sy = one.at("/geometry/sy").asDouble();
      int width = imageSide(one.get("image").asText(), true);
      int height = imageSide(one.get("image").asText(), false);
      Placement placement = GoldenPlacement.topLeft(width, height, sx, sy);
      List<Detection> found = found(deployment, folder, one, placement);
      assertThat(found).hasSameSizeAs(one.get("boxes"));
      for (int i = 0; i < found.size(); i++) {
        JsonNode box = one.get("boxes").get(i);
        assertNear(found.get(i), box, box.get("box_xyxy_image_px"), 1, width, height);
      }
    }
  }

  /** Sizes of the golden pictures, some of which are not in the folder. */
  private static int imageSide(String name, boolean wide) {
    return switch (name) {
      case "nxp_facedet_crop_a.png" -> 280;
      case "nxp_facedet_test.jpg" -> wide ? 640 : 405;
      case "surprised.jpg" -> wide ? 500 : 333;
      case "bbt4_crop_a.png" -> wide ? 340 : 300;
      case "bbt4.jpg" -> wide ? 710 : 473;
      default -> throw new IllegalStateException(name);
    };
  }

  private static List<Detection> found(
      Deployment deployment, String folder, JsonNode one, Placement placement) throws IOException {
    String file = folder + "/golden/" + one.get("output").asText();
    return file.contains("f32")
        ? decode(deployment, TestModels.npyFloats(file), placement)
        : new Decoder(deployment).decode(List.of(Bytes.of(TestModels.npy(file))), placement);
  }

  private static List<Detection> decode(
      Deployment deployment, float[] tensor, Placement placement) {
    return new Decoder(deployment).decodeReal(List.of(tensor), placement);
  }

  private static void assertBoxes(List<Detection> found, JsonNode boxes, int width, int height) {
    assertThat(found).hasSameSizeAs(boxes);
    for (int i = 0; i < boxes.size(); i++) {
      JsonNode box = boxes.get(i);
      assertNear(found.get(i), box, box.get("box_xyxy_norm"), width, width, height);
    }
  }

  /** Within a tenth of a pixel, the precision of the expected figures. */
  private static void assertNear(
      Detection found, JsonNode expected, JsonNode box, double unit, int width, int height) {
    assertThat(found.score()).isCloseTo(expected.get("score").asDouble(), within(2e-6));
    double[] edges = new double[4];
    for (int i = 0; i < 4; i++) {
      int most = i % 2 == 0 ? width : height;
      edges[i] = Math.max(0, Math.min(most, box.get(i).asDouble() * unit));
    }
    assertThat(found.box().left()).isCloseTo(edges[0], within(0.1));
    assertThat(found.box().top()).isCloseTo(edges[1], within(0.1));
    assertThat(found.box().right()).isCloseTo(edges[2], within(0.1));
    assertThat(found.box().bottom()).isCloseTo(edges[3], within(0.1));
  }

  private static JsonNode quantization(String folder, String model) throws IOException {
    for (JsonNode one : TestModels.json(folder + "/meta.json").get("models")) {
      if (one.get("file").asText().equals(model + ".tflite")) {
        return one.at("/outputs/0/quantization");
      }
    }
    throw new IllegalStateException(model);
  }

  private static double scale(JsonNode quantization) {
    return quantization.isNull() ? 1 : quantization.at("/scale/0").asDouble();
  }

  private static int zero(JsonNode quantization) {
    return quantization.isNull() ? 0 : quantization.at("/zero_point/0").asInt();
  }

  private static Deployment deployment(
      int side,
      String shape,
      String anchors,
      int values,
      double score,
      double iou,
      double scale,
      int zero) {
    return Deployments.edited(
        root -> {
          ((ObjectNode) root.get("input")).put("width", side).put("height", side);
          JsonNode dimensions = Deployments.json(shape);
          int bytes = 1;
          for (JsonNode dimension : dimensions) {
            bytes *= dimension.asInt();
          }
          ObjectNode output = (ObjectNode) root.at("/outputs/0");
          output.put("bytes", bytes).put("scale", scale).put("zero_point", zero);
          output.set("shape", dimensions);
          ObjectNode head = (ObjectNode) root.at("/heads/0");
          head.set("anchors", Deployments.json(anchors));
          int cells = bytes / dimensions.get(dimensions.size() - 1).asInt();
          int grid = (int) Math.round(Math.sqrt(cells));
          head.put("values_per_anchor", values).put("rows", grid).put("columns", grid);
          ObjectNode thresholds = (ObjectNode) root.get("thresholds");
          thresholds.put("score", score).put("iou", iou).put("max_detections", 10);
        });
  }
}
