package org.fovea.generator.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.fovea.generator.check.HeadGuess.Candidate;
import org.fovea.generator.check.HeadGuess.Family;
import org.fovea.generator.check.HeadGuess.Grid;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.support.SmallYolo;
import org.fovea.generator.support.TestModels;
import org.fovea.generator.tflite.TfliteReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelSummaryTest {

  @Test
  void smallYolo() {
    ModelSummary summary = ModelSummary.of(SmallYolo.graph());
    assertThat(summary.macs())
        .isEqualTo(
            96 * 96 * 27 * 16
                + 48 * 48 * 144 * 32
                + 24 * 24 * 288 * 64
                + 144 * 576 * 96L
                + 36 * 96 * 35);
    assertThat(summary.parameters())
        .isEqualTo(27 * 16 + 144 * 32 + 288 * 64 + 576 * 96 + 96 * 35 + 16 + 32 + 64 + 96 + 35);
    assertThat(summary.rows().get(1).kind()).isEqualTo("CONV_2D 3x3 pad t,b,l,r 1,1,1,1");
    assertThat(summary.rows().get(1).quantization())
        .startsWith("INT8, scale ")
        .endsWith("; weights INT8, 16 scales along axis 0");
    HeadGuess head = summary.head().orElseThrow();
    assertThat(head.family()).isEqualTo(Family.YOLOV2);
    assertThat(head.grids()).containsExactly(new Grid(6, 6, 35));
    assertThat(head.candidates())
        .containsExactly(new Candidate(5, 2), new Candidate(1, 30), new Candidate(7, 0));
  }

  @ParameterizedTest
  @CsvSource({
    "tiny_face_detector/tiny_face_224_int8.tflite, YOLOV2, 5, 0",
    "tiny_face_detector/tiny_face_224_f32.tflite, YOLOV2, 5, 0",
    "yolo_fastest_body/yolo-fastest-1.1_body_320_int8.tflite, YOLOV3, 3, 1",
    "yolov3_tiny_416/yolov3_tiny_416_int8.tflite, YOLOV3, 3, 80",
    "yolov4_tiny_416/yolov4_tiny_416_int8_f32out.tflite, YOLOV3, 3, 80",
    "st_yolo_lc_v1_224/st_yolo_lc_v1_224_u8_f32.tflite, YOLOV2, 5, 1"
  })
  void knownDetectors(String path, Family family, int anchors, int classes) {
    Graph graph = TfliteReader.read(TestModels.path(path));
    HeadGuess head = ModelSummary.of(graph).head().orElseThrow();
    assertThat(head.family()).isEqualTo(family);
    assertThat(head.candidates().get(0)).isEqualTo(new Candidate(anchors, classes));
  }

  @ParameterizedTest
  @CsvSource({
    "tiny_face_detector/tiny_face_224_int8.tflite, 57.4",
    "st_yolo_lc_v1_192/st_yolo_lc_v1_192_u8_f32.tflite, 61.5",
    "yolo_fastest_body/yolo-fastest-1.1_body_320_int8.tflite, 111.8",
    "nxp_dperson_shufflenetv2/dperson_shufflenetv2.tflite, 31.9"
  })
  void knownCosts(String path, double megaMacs) {
    ModelSummary summary = ModelSummary.of(TfliteReader.read(TestModels.path(path)));
    assertThat(Math.round(summary.macs() / 1e5) / 10.0).isEqualTo(megaMacs);
  }
}
