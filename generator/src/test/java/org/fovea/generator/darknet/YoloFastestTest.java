package org.fovea.generator.darknet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import org.fovea.generator.support.TestModels;
import org.fovea.generator.tflite.TfliteInterpreter;
import org.fovea.generator.tflite.TfliteInterpreter.Kernels;
import org.fovea.generator.tflite.TfliteWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A trained detector whose outputs are known from TensorFlow's own conversion. */
class YoloFastestTest {
  private static final String FOLDER = "yolo_fastest_body/";

  private static DarknetModel model() {
    return DarknetReader.read(
        TestModels.path(FOLDER + "yolo-fastest-1.1_body.cfg"),
        TestModels.path(FOLDER + "yolo-fastest-1.1_body.weights"),
        Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void equalsTheGolden(int image) {
    byte[] pixels = TestModels.npy(FOLDER + "golden/in" + image + "_i8.npy");
    ByteBuffer input = ByteBuffer.allocate(4 * pixels.length).order(ByteOrder.LITTLE_ENDIAN);
    for (byte pixel : pixels) {
      input.putFloat((pixel + 128) / 255f);
    }
    byte[] file = TfliteWriter.write(model().graph());
    try (var tflite = TfliteInterpreter.open(file, Kernels.DEFAULT, 1)) {
      List<byte[]> outputs = tflite.run(List.of(input.array()));
      assertThat(outputs).hasSize(2);
      for (int head = 0; head < 2; head++) {
        float[] golden =
            floats(TestModels.npy(FOLDER + "golden/f32_out" + image + "_" + head + ".npy"));
        assertThat(floats(outputs.get(head))).hasSameSizeAs(golden);
        assertThat(distance(floats(outputs.get(head)), golden)).isLessThan(1e-4f);
      }
    }
  }

  private static float distance(float[] a, float[] b) {
    float worst = 0;
    for (int i = 0; i < a.length; i++) {
      worst = Math.max(worst, Math.abs(a[i] - b[i]));
    }
    return worst;
  }

  private static float[] floats(byte[] bytes) {
    float[] floats = new float[bytes.length / 4];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
    return floats;
  }
}
