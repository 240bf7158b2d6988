package org.fovea.generator.reference;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.simplify.Simplification;
import org.fovea.generator.support.TestModels;
import org.fovea.generator.tflite.TfliteReader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    "yolo_fastest_body, yolo-fastest-1.1_body_320_int8, in%d_i8, int8_out",
    "nxp_dperson_shufflenetv2, dperson_shufflenetv2, in%d_i8, out"
  })
  void smallModel(String folder, String model, String inputName, String outputPrefix)
      throws IOException {
    Graph graph = graph(TestModels.path(folder + "/" + model + ".tflite"));
    for (int image = 0; image < 3; image++) {
      new Case(graph, folder, model, inputName, outputPrefix).compare(image);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"float_split_hybrid", "requant_concat_int8"})
  void whatConvertersWrite(String model) throws IOException {
    Graph graph = graph(TestModels.path("extras/" + model + ".tflite"));
    for (int image = 0; image < 3; image++) {
      new Case(graph, "extras", model, model + "_in%d_i8", model + "_out").outputs(image);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "tiny_yolo_v2_224_int8, in%d_i8, int8_out",
    "tiny_yolo_v2_224_int8_pt, in%d_i8, int8_pt_out",
    "tiny_yolo_v2_224_u8_f32, in%d_u8, u8_f32_out"
  })
  void tinyYolo224(String model, String inputName, String outputPrefix) throws IOException {
    Graph graph = graph(TestModels.path("tiny_yolo_v2_224/" + model + ".tflite"));
    new Case(graph, "tiny_yolo_v2_224", model, inputName, outputPrefix).compare(0);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "yolov3_tiny_416, yolov3_tiny_416_int8",
    "yolov4_tiny_416, yolov4_tiny_416_int8_f32out"
  })
  void tinyYoloV3AndV4(String folder, String model) throws IOException {
    Graph graph = graph(TestModels.path(folder + "/" + model + ".tflite"));
    new Case(graph, folder, model, "in%d_i8", "out").compare(0);
  }

  @Test
  @Tag("long")
  void tinyYolo192() throws IOException {
    byte[] file =
        TestModels.patched(
            "tiny_yolo_v2_224/tiny_yolo_v2_224_u8_f32.tflite",
            "tiny_yolo_v2_192/tiny_yolo_v2_192_u8_f32.patch");
    allImages(Simplification.of(TfliteReader.read(file)), "tiny_yolo_v2_192");
  }

  @Test
  @Tag("long")
  void tinyYolo224AllImages() throws IOException {
    String path = "tiny_yolo_v2_224/tiny_yolo_v2_224_u8_f32.tflite";
    allImages(graph(TestModels.path(path)), "tiny_yolo_v2_224");
  }

  @Test
  @Tag("long")
  void tinyYolo416() throws IOException {
    String path = "tiny_yolo_v2_416/tiny_yolo_v2_416_u8_f32.tflite";
    allImages(graph(TestModels.path(path)), "tiny_yolo_v2_416");
  }

  private static Graph graph(Path file) {
    return Simplification.of(TfliteReader.read(file));
  }

  private static void allImages(Graph graph, String name) throws IOException {
    for (int image = 0; image < 3; image++) {
      new Case(graph, name, name + "_u8_f32", "in%d_u8", "u8_f32_out").compare(image);
    }
  }

  private record Case(
      Graph graph, String folder, String model, String inputName, String outputPrefix) {

    void compare(int image) throws IOException {
      Activations run = outputs(image);
      if (image == 0) {
        compareOperators(run, folder + "/golden/layers_" + model + ".json");
      }
    }

    Activations outputs(int image) throws IOException {
      String golden = folder + "/golden/";
      byte[] input = TestModels.npy(golden + inputName.formatted(image) + ".npy");
      Activations run = ReferenceExecutor.run(graph, Map.of(graph.inputs().get(0), input));
      for (int o = 0; o < graph.outputs().size(); o++) {
        assertThat(run.bytes(graph.outputs().get(o)))
            .isEqualTo(TestModels.npy(golden + outputPrefix + image + "_" + o + ".npy"));
      }
      return run;
    }

    /** What simplification takes away has no bytes to compare: less than half anywhere. */
    private void compareOperators(Activations run, String layers) throws IOException {
      JsonNode operators = new ObjectMapper().readTree(TestModels.bytes(layers));
      List<JsonNode> computed =
          operators.valueStream().filter(o -> written().contains(tensor(o))).toList();
      assertThat(computed.size()).isGreaterThan(operators.size() / 2);
      for (JsonNode operator : computed) {
        CRC32 crc = new CRC32();
        crc.update(run.bytes(tensor(operator)));
        assertThat(String.format("%08x", crc.getValue()))
            .as("operator %s", operator)
            .isEqualTo(operator.get("crc32").asText());
      }
    }

    private Set<TensorId> written() {
      return graph.ops().stream().flatMap(op -> op.outputs().stream()).collect(Collectors.toSet());
    }

    private static TensorId tensor(JsonNode operator) {
      return new TensorId(operator.get("tensor").asInt());
    }
  }
}
