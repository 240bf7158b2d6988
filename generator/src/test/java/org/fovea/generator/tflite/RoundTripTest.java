package org.fovea.generator.tflite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.reference.ReferenceExecutor;
import org.fovea.generator.support.MicroModels;
import org.fovea.generator.support.SeededInput;
import org.fovea.generator.support.TestModels;
import org.fovea.generator.support.TfliteOracle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoundTripTest {

  static Stream<Graph> authored() {
    return MicroModels.all().values().stream();
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("authored")
  void readingGivesWhatWasWritten(Graph graph) {
    Graph read = TfliteReader.read(TfliteWriter.write(graph));
    // Attributes that the file keeps as tensors come behind the graph's own tensors.
    List<?> tensors = read.tensors().subList(0, graph.tensors().size());
    assertThat(tensors).isEqualTo(graph.tensors());
    assertThat(read.ops()).isEqualTo(graph.ops());
    assertThat(read.inputs()).isEqualTo(graph.inputs());
    assertThat(read.outputs()).isEqualTo(graph.outputs());
    assertThat(read.description()).isEqualTo(graph.description());
  }

  @Test
  void sameGraphSameBytes() {
    Graph graph = MicroModels.all().get("route_and_upsample");
    assertThat(TfliteWriter.write(graph)).isEqualTo(TfliteWriter.write(graph));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tiny_face_detector/tiny_face_224_int8.tflite",
        "st_yolo_lc_v1_224/st_yolo_lc_v1_224_u8_f32.tflite",
        "yolo_fastest_body/yolo-fastest-1.1_body_320_int8.tflite"
      })
  void foreignModelsSurvive(String path) {
    Graph first = TfliteReader.read(TestModels.path(path));
    byte[] file = TfliteWriter.write(first);
    Graph second = TfliteReader.read(file);
    assertThat(TfliteWriter.write(second)).isEqualTo(file);
    byte[] input = SeededInput.of(first, 1);
    List<byte[]> tflite = TfliteOracle.run(file, input);
    var before = ReferenceExecutor.run(first, Map.of(first.inputs().get(0), input));
    for (int i = 0; i < first.outputs().size(); i++) {
      assertThat(tflite.get(second.outputs().get(i).index()))
          .isEqualTo(before.bytes(first.outputs().get(i)));
    }
  }
}
