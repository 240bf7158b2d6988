package org.fovea.generator.reference;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import java.util.zip.CRC32;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.support.TestModels;
import org.fovea.generator.tflite.TfliteReader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against outputs and per-operator checksums of TFLite's reference kernels on whole detectors. */
class GoldenModelTest {

  @ParameterizedTest(name = "{1}")
  @CsvSource({
    "st_yolo_lc_v1_192, st_yolo_lc_v1_192_u8_f32, in%d_u8, u8_f32_out",
    "st_yolo_lc_v1_224, st_yolo_lc_v1_224_int8, in%d_i8, int8_out",
    "st_yolo_lc_v1_224, st_yolo_lc_v1_224_u8_f32, in%d_u8, u8_f32_out",
    "st_yolo_lc_v1_256, st_yolo_lc_v1_256_u8_f32, in%d_u8, u8_f32_out",
    "tiny_face_detector, tiny_face_224_int8, 224_in%d_i8, 224_int8_out",
    "tiny_face_detector, tiny_face_416_int8, 416_in%d_i8, 416_int8_out",
    "yolo_fastest_body, yolo-fastest-1.1_body_320_int8, in%d_i8, int8_out"
  })
  void smallModel(String folder, String model, String inputName, String outputPrefix)
      throws IOException {
    Graph graph = TfliteReader.read(TestModels.path(folder + "/" + model + ".tflite"));
    for (int image = 0; image < 3; image++) {
      new Case(graph, folder, model, inputName, outputPrefix).compare(image);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "tiny_yolo_v2_224_int8, in%d_i8, int8_out",
    "tiny_yolo_v2_224_int8_pt, in%d_i8, int8_pt_out",
    "tiny_yolo_v2_224_u8_f32, in%d_u8, u8_f32_out"
  })
  void tinyYolo224(String model, String inputName, String outputPrefix) throws IOException {
    Graph graph = TfliteReader.read(TestModels.path("tiny_yolo_v2_224/" + model + ".tflite"));
    new Case(graph, "tiny_yolo_v2_224", model, inputName, outputPrefix).compare(0);
  }

  @Test
  @Tag("long")
  void tinyYolo192() throws IOException {
    byte[] file =
        TestModels.patched(
            "tiny_yolo_v2_224/tiny_yolo_v2_224_u8_f32.tflite",
            "tiny_yolo_v2_192/tiny_yolo_v2_192_u8_f32.patch");
    allImages(TfliteReader.read(file), "tiny_yolo_v2_192");
  }

  @Test
  @Tag("long")
  void tinyYolo224AllImages() throws IOException {
    String path = "tiny_yolo_v2_224/tiny_yolo_v2_224_u8_f32.tflite";
    allImages(TfliteReader.read(TestModels.path(path)), "tiny_yolo_v2_224");
  }

  @Test
  @Tag("long")
  void tinyYolo416() throws IOException {
    String path = "tiny_yolo_v2_416/tiny_yolo_v2_416_u8_f32.tflite";
    allImages(TfliteReader.read(TestModels.path(path)), "tiny_yolo_v2_416");
  }

  private static void allImages(Graph graph, String name) throws IOException {
    for (int image = 0; image < 3; image++) {
      new Case(graph, name, name + "_u8_f32", "in%d_u8", "u8_f32_out").compare(image);
    }
  }

  private record Case(
      Graph graph, String folder, String model, String inputName, String outputPrefix) {

    void compare(int image) throws IOException {
      String golden = folder + "/golden/";
      byte[] input = TestModels.npy(golden + inputName.formatted(image) + ".npy");
      Activations run = ReferenceExecutor.run(graph, Map.of(graph.inputs().get(0), input));
      for (int o = 0; o < graph.outputs().size(); o++) {
        assertThat(run.bytes(graph.outputs().get(o)))
            .isEqualTo(TestModels.npy(golden + outputPrefix + image + "_" + o + ".npy"));
      }
      if (image == 0) {
        compareOperators(run, golden + "layers_" + model + ".json");
      }
    }

    private static void compareOperators(Activations run, String layers) throws IOException {
      JsonNode operators = new ObjectMapper().readTree(TestModels.bytes(layers));
      assertThat(operators).isNotEmpty();
      for (JsonNode operator : operators) {
        CRC32 crc = new CRC32();
        crc.update(run.bytes(new TensorId(operator.get("tensor").asInt())));
        assertThat(String.format("%08x", crc.getValue()))
            .as("operator %s", operator)
            .isEqualTo(operator.get("crc32").asText());
      }
    }
  }
}
