package org.fovea.generator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import org.fovea.generator.card.InputSpec;
import org.fovea.generator.card.ModelCard;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.PixelFormat;
import org.fovea.generator.ir.Quantization;
import org.fovea.generator.ir.Quantization.PerTensor;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.lower.Layer;
import org.fovea.generator.lower.Network;
import org.fovea.generator.plan.InputMode;
import org.fovea.generator.plan.Objective;
import org.fovea.generator.plan.PlanGoal;
import org.fovea.generator.reference.Activations;
import org.fovea.generator.reference.ReferenceExecutor;
import org.fovea.generator.support.GraphBuilder;
import org.fovea.generator.support.GraphBuilder.ConvSpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A network fed with a camera's pixels: its C gives what the Java decode and the reference executor
 * give, over all 65,536 RGB565 values and a dense grid of YUV422; and the values behind the pixels
 * are the card's.
 */
class CameraPixelsInCTest {
  private static final int SIDE = 256;
  private static final double[] MEANS = {103.5, 116.25, 123.75};

  @TempDir static Path runtime;
  @TempDir Path dir;

  @BeforeAll
  static void compileRuntime() throws Exception {
    HostFirmware.compileRuntime(runtime);
  }

  @ParameterizedTest
  @CsvSource({
    "RGB565, INT8, RGB, ROWS, TIME",
    "RGB565, UINT8, BGR, FRAME, TIME",
    "RGB565, FLOAT32, BGR, FRAME, RAM",
    "YUV422, INT8, BGR, FRAME, RAM",
    "YUV422, UINT8, RGB, FRAME, TIME",
    "YUV422, FLOAT32, RGB, ROWS, RAM",
  })
  void equalsTheReference(
      PixelFormat pixels,
      DataType type,
      InputSpec.ColorOrder order,
      InputMode input,
      Objective objective)
      throws Exception {
    Compiled compiled = Compiled.of(model(type, order), PlanGoal.of(objective, input), pixels);
    HostFirmware firmware = HostFirmware.build(compiled, dir.resolve("project"), runtime);
    for (byte[] image : pixels == PixelFormat.RGB565 ? List.of(all565()) : grid()) {
      HostFirmware.Answer answer = firmware.run(image, compiled.network().layers().size());
      Activations expected =
          ReferenceExecutor.run(
              compiled.model().graph(),
              Map.of(compiled.network().input().modelInput(), modelInput(compiled, order, image)));
      assertThat(answer.crcs()).isEqualTo(crcs(compiled, image, expected));
      assertThat(answer.outputs().get(0))
          .isEqualTo(expected.bytes(compiled.network().outputs().get(0).tensor()));
    }
  }

  /** A small network whose input is of a type and whose card's scale and offset are its own. */
  private ModelFile model(DataType type, InputSpec.ColorOrder order) {
    GraphBuilder g = new GraphBuilder("camera", 7);
    PerTensor inner = new PerTensor(1.1f, 3);
    TensorId x =
        g.input(
            Shape.nhwc(SIDE, SIDE, 3),
            type,
            type == DataType.INT8
                ? inner
                : type == DataType.UINT8 ? new PerTensor(1.1f, 131) : Quantization.NONE);
    x = type == DataType.INT8 ? x : g.quantize(x, inner);
    x = g.conv(x, ConvSpec.of(4, 3, 2));
    Graph graph = g.build(g.conv(x, ConvSpec.of(5, 3, 4)));
    return new ModelFile(
        dir.resolve("camera.tflite"), "camera.tflite", "ab".repeat(32), graph, card(order));
  }

  private static Optional<ModelCard> card(InputSpec.ColorOrder order) {
    return Optional.of(
        new ModelCard(
            "camera",
            "camera",
            "test",
            "test",
            ModelCard.Weights.PSEUDO_RANDOM,
            List.of(),
            new InputSpec(
                InputSpec.Fit.STRETCH,
                InputSpec.Resample.BILINEAR,
                order,
                List.of(1.0, 0.75, 1.25),
                List.of(-MEANS[0], -MEANS[1], -MEANS[2]),
                List.of(0.0, 0.0, 0.0)),
            List.of(),
            new ModelCard.Thresholds(0.5, 0.5, 10),
            List.of(),
            List.of()));
  }

  private static byte[] all565() {
    ByteBuffer words = ByteBuffer.allocate(2 * SIDE * SIDE).order(ByteOrder.LITTLE_ENDIAN);
    for (int word = 0; word < SIDE * SIDE; word++) {
      words.putShort((short) word);
    }
    return words.array();
  }

  /** Every third U and V, with lumas that wander over all values. */
  private static List<byte[]> grid() {
    List<byte[]> images = new ArrayList<>();
    ByteBuffer image = ByteBuffer.allocate(2 * SIDE * SIDE);
    int luma = 0;
    for (int repeat = 0; repeat < 16; repeat++) {
      for (int u = 0; u < 256; u += 3) {
        for (int v = 0; v < 256; v += 3) {
          image.put((byte) luma).put((byte) u).put((byte) (luma + 128)).put((byte) v);
          luma += 37;
          if (!image.hasRemaining()) {
            images.add(image.array().clone());
            image.clear();
          }
        }
      }
    }
    return images;
  }

  /** The model's input in real arithmetic: colours by their weights, then the card's, then q. */
  private static byte[] modelInput(Compiled compiled, InputSpec.ColorOrder order, byte[] image) {
    Network.Input input = compiled.network().input();
    InputSpec spec = compiled.model().card().orElseThrow().input();
    DataType type = compiled.model().graph().tensor(input.modelInput()).type();
    int bytes = type == DataType.FLOAT32 ? 4 : 1;
    ByteBuffer tensor =
        ByteBuffer.allocate(image.length / 2 * 3 * bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int pixel = 0; pixel < image.length / 2; pixel++) {
      int[] rgb = colours(input.pixels(), image, pixel);
      for (int c = 0; c < 3; c++) {
        int value = rgb[order == InputSpec.ColorOrder.BGR ? 2 - c : c];
        double real = value * spec.pixelScale().get(c) + spec.pixelOffset().get(c);
        double steps = real / 1.1;
        long q = (steps < 0 ? -Math.round(-steps) : Math.round(steps)) + input.zeroPoint();
        int least = type == DataType.UINT8 ? 0 : -128;
        q = Math.max(least, Math.min(least + 255, q));
        if (bytes == 4) {
          tensor.putFloat((float) ((double) input.scale() * (q - input.zeroPoint())));
        } else {
          tensor.put((byte) q);
        }
      }
    }
    return tensor.array();
  }

  private static int[] colours(PixelFormat format, byte[] image, int pixel) {
    if (format == PixelFormat.RGB565) {
      int word = (image[2 * pixel] & 0xFF) + 256 * (image[2 * pixel + 1] & 0xFF);
      return new int[] {word / 2048 * 33 / 4, word / 32 % 64 * 65 / 16, word % 32 * 33 / 4};
    }
    int y = image[2 * pixel] & 0xFF;
    int u = (image[pixel / 2 * 4 + 1] & 0xFF) - 128;
    int v = (image[pixel / 2 * 4 + 3] & 0xFF) - 128;
    return new int[] {
      colour(y, 91881.0 * v), colour(y, -22554.0 * u - 46802.0 * v), colour(y, 116130.0 * u)
    };
  }

  private static int colour(int y, double chroma) {
    return (int) Math.max(0, Math.min(255, y + Math.floor(chroma / 65536 + 0.5)));
  }

  private static List<Long> crcs(Compiled compiled, byte[] image, Activations expected) {
    List<Long> crcs = new ArrayList<>();
    for (Layer layer : compiled.network().layers()) {
      CRC32 crc = new CRC32();
      crc.update(
          layer.index() == 0
              ? compiled.network().pixels().orElseThrow().rows(image)
              : expected.bytes(layer.output()));
      crcs.add(crc.getValue());
    }
    return crcs;
  }
}
