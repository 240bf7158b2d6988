package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Boxes of saved tensors, against the boxes that came with them. */
class DecodeGoldenTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Of a side of the picture. */
  private static final double NEAR = 1e-4;

  @TempDir private Path dir;

  @ParameterizedTest
  @CsvSource({
    "yolo_fastest_body, yolo_fastest_body, yolo-fastest-1.1_body_320_f32, false",
    "yolo_fastest_body, yolo_fastest_body, yolo-fastest-1.1_body_320_int8, true",
    "yolo_v3_tiny_pruned_backbone, yolov3_tiny_416, yolov3_tiny_416_int8, true",
    "nxp_yolov4_tiny, yolov4_tiny_416, yolov4_tiny_416_int8_f32out, false",
    "tiny_face_detector, tiny_face_detector, tiny_face_224_f32, false",
    "tiny_face_detector, tiny_face_detector, tiny_face_224_int8, true",
    "tiny_face_detector, tiny_face_detector, tiny_face_416_f32, false",
    "tiny_face_detector, tiny_face_detector, tiny_face_416_int8, true",
  })
  void goldenOutputsOfRealNetworks(String card, String folder, String model, boolean integers)
      throws Exception {
    Path golden = TestData.path(folder + "/golden");
    JsonNode cases =
        MAPPER
            .readTree(golden.resolve("expected.json").toFile())
            .path("models")
            .path(model + ".tflite");
    int pictures = 0;
    for (JsonNode one : cases.isArray() ? cases : cases.path("cases")) {
      List<Object> line = new ArrayList<>(List.of("decode", "--json", "--card", card));
      if (integers) {
        line.addAll(List.of("--model", TestData.path(folder + "/" + model + ".tflite")));
      }
      JsonNode outputs = one.has("outputs") ? one.get("outputs") : MAPPER.createArrayNode();
      if (one.has("output")) {
        line.add(golden.resolve(one.get("output").asText()));
      }
      outputs.forEach(o -> line.add(golden.resolve(o.asText())));
      assertSame(json(line.toArray()), one.get("boxes"), "cls", "box_xyxy_norm");
      pictures++;
    }
    assertThat(pictures).isEqualTo(3);
  }

  @Test
  void anActivatedRegion() throws Exception {
    Path folder = TestData.path("decode_refs/omz_yolov2_tiny_ava_21125");
    JsonNode expected = MAPPER.readTree(folder.resolve("expected.json").toFile()).get("expected");
    String card = "yolo-v2-tiny-ava-sparse-60-0001";
    JsonNode found =
        json("decode", "--json", "--card", card, folder.resolve("region_yolo_out.npy"));
    assertSame(found, expected, "cls", "box_xyxy_norm");
    Path raw = edited(card, "region", "yolov2", "activation: none", "activation: softmax");
    JsonNode same = json("decode", "--json", "--card", raw, folder.resolve("raw_linear.npy"));
    assertSame(same, expected, "cls", "box_xyxy_norm");
  }

  @Test
  void classesOfStsHead() throws Exception {
    Path folder = TestData.path("decode_refs/st_yolov2_7x7");
    Path card =
        edited(
            "st_tiny_yolo_v2",
            "classes: 1",
            "classes: 3",
            "[person]",
            "[a, b, c]",
            "score: 0.5",
            "score: 0.4");
    JsonNode expected =
        MAPPER.readTree(folder.resolve("expected.json").toFile()).get("expected_argmax_then_nms");
    JsonNode found = json("decode", "--json", "--card", card, folder.resolve("raw.npy"));
    assertSame(found, expected, "cls", "box_xyxy_norm");
  }

  @Test
  void finishedRows() throws Exception {
    Path folder = TestData.path("decode_refs/faster_rcnn_300x7");
    JsonNode expected = MAPPER.readTree(folder.resolve("expected.json").toFile()).get("expected");
    String card = "faster-rcnn-resnet101-coco-sparse-60-0001";
    Path raw = folder.resolve("raw.npy");
    assertSame(
        json("decode", "--json", "--card", card, raw),
        expected,
        "cls_without_background",
        "box_xyxy_norm");
    // A photo is scaled to whole pixels, 1208 here; the reference divides by the scale, 1207.55.
    JsonNode onPhoto =
        json("decode", "--json", "--card", card, raw, "--image", photo(640, 424), "-o", dir);
    for (int i = 0; i < expected.size(); i++) {
      for (int e = 0; e < 4; e++) {
        assertThat(onPhoto.at("/detections/" + i + "/box/" + e).asDouble())
            .isCloseTo(expected.get(i).get("box_xyxy_image_px").get(e).asDouble(), within(0.25));
      }
    }
  }

  private static JsonNode json(Object... arguments) throws Exception {
    return MAPPER.readTree(Cli.run(arguments).succeeds().out());
  }

  private static void assertSame(JsonNode found, JsonNode expected, String cls, String box) {
    double[] sides = {found.get("width").asDouble(), found.get("height").asDouble()};
    assertThat(found.get("detections")).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      JsonNode one = found.get("detections").get(i);
      assertThat(one.get("class").asInt()).isEqualTo(expected.get(i).get(cls).asInt());
      assertThat(one.get("score").asDouble())
          .isCloseTo(expected.get(i).get("score").asDouble(), within(NEAR));
      for (int e = 0; e < 4; e++) {
        double wanted = Math.max(0, Math.min(1, expected.get(i).get(box).get(e).asDouble()));
        assertThat(one.get("box").get(e).asDouble() / sides[e % 2]).isCloseTo(wanted, within(NEAR));
      }
    }
  }

  private Path edited(String id, String... edits) throws Exception {
    String text = Files.readString(Cli.ROOT.resolve("models/" + id + "/model.yaml"));
    for (int i = 0; i < edits.length; i += 2) {
      assertThat(text).contains(edits[i]);
      text = text.replace(edits[i], edits[i + 1]);
    }
    return Files.writeString(dir.resolve("card.yaml"), text);
  }

  private Path photo(int width, int height) throws Exception {
    Path file = dir.resolve("photo.png");
    ImageIO.write(
        new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
    return file;
  }
}
