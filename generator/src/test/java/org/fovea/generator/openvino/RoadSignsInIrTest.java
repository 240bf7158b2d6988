package org.fovea.generator.openvino;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.openvino.GraphToIr.Form;
import org.fovea.generator.quantize.Quantizer;
import org.fovea.generator.tflite.TfliteInterpreter;
import org.fovea.generator.tflite.TfliteInterpreter.Kernels;
import org.fovea.generator.tflite.TfliteReader;
import org.fovea.generator.tflite.TfliteWriter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The bundled float detector, written in OpenVINO's form and read back, finds the same. */
class RoadSignsInIrTest {
  private static byte[] file;
  private static Graph real;
  private static byte[] image;
  private static float[] expected;

  @BeforeAll
  static void model() throws IOException {
    file = Files.readAllBytes(Path.of("../models/roadsigns/roadsigns_192_float.tflite"));
    real = TfliteReader.read(file);
    ByteBuffer pixels = ByteBuffer.allocate(192 * 192 * 3 * 4).order(ByteOrder.LITTLE_ENDIAN);
    Random random = new Random(1);
    while (pixels.hasRemaining()) {
      pixels.putFloat(random.nextFloat());
    }
    image = pixels.array();
    expected = run(file);
  }

  private static float[] run(byte[] model) {
    try (var tflite = TfliteInterpreter.open(model, Kernels.DEFAULT, 1)) {
      FloatBuffer out =
          ByteBuffer.wrap(tflite.run(List.of(image)).get(0))
              .order(ByteOrder.LITTLE_ENDIAN)
              .asFloatBuffer();
      float[] values = new float[out.remaining()];
      out.get(values);
      return values;
    }
  }

  private static Graph imported(Form form) {
    return OpenVinoReaderTest.read(GraphToIr.of(real, form)).graph();
  }

  /** The greatest difference from the float model, as part of its greatest value. */
  private static double difference(Graph graph) {
    float[] found = run(TfliteWriter.write(graph));
    double most = 0;
    double range = 0;
    for (int i = 0; i < found.length; i++) {
      most = Math.max(most, Math.abs(found[i] - expected[i]));
      range = Math.max(range, Math.abs(expected[i]));
    }
    assertThat(found).hasSameSizeAs(expected);
    return most / range;
  }

  @Test
  void floatsAreTheSame() {
    Graph graph = imported(Form.FLOAT);
    assertThat(difference(graph)).isLessThan(1e-6);
    List<float[]> found = weights(graph);
    List<float[]> own = weights(real);
    assertThat(found).hasSameSizeAs(own);
    for (int i = 0; i < own.size(); i++) {
      assertThat(found.get(i)).isEqualTo(own.get(i));
    }
    Quantizer.require(graph);
  }

  /** The operators' constants, in order. */
  private static List<float[]> weights(Graph graph) {
    List<float[]> all = new ArrayList<>();
    for (Op op : graph.ops()) {
      for (TensorId id : op.constants().toList()) {
        all.add(GraphToIr.floats(graph.tensor(id)));
      }
    }
    return all;
  }

  @Test
  void halfFloatsLoseWhatTheyMust() {
    assertThat(difference(imported(Form.HALF))).isBetween(1e-6, 5e-3);
  }

  @Test
  void roundedWeightsAreThoseOf255Levels() {
    OpenVinoModel model = OpenVinoReaderTest.read(GraphToIr.of(real, Form.FAKE_QUANTIZED));
    assertThat(model.notes()).singleElement().asString().contains("FakeQuantize");
    List<float[]> rounded = weights(model.graph());
    List<float[]> exact = weights(real);
    for (int layer = 0; layer < exact.size(); layer += 2) {
      int filters = exact.get(layer + 1).length;
      int each = exact.get(layer).length / filters;
      for (int f = 0; f < filters; f++) {
        float most = 0;
        for (int i = f * each; i < (f + 1) * each; i++) {
          most = Math.max(most, Math.abs(exact.get(layer)[i]));
        }
        for (int i = f * each; i < (f + 1) * each; i++) {
          float step = 2 * most / 254;
          float found = rounded.get(layer)[i];
          assertThat(Math.abs(found - exact.get(layer)[i])).isLessThan(step * 0.501f);
          assertThat(Math.abs(found / step - Math.rint(found / step))).isLessThan(1e-3);
        }
      }
    }
    assertThat(difference(model.graph())).isBetween(1e-4, 0.1);
  }
}
