package org.fovea.generator.lower;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.fovea.generator.check.Checker;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.FusedActivation;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Padding;
import org.fovea.generator.ir.Quantization.PerTensor;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.Tensor;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.ir.Window;
import org.fovea.generator.support.GraphBuilder;
import org.fovea.generator.support.GraphBuilder.ConvSpec;
import org.fovea.generator.support.TestModels;
import org.fovea.generator.tflite.TfliteReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A model that was resized is the model that is exported for that size. */
class ImageResizeTest {
  private static final FusedActivation NONE = FusedActivation.NONE;

  /** Everything that a detector has: strides, pads, pools, a route, upsampling, a flat output. */
  private static Graph detector(int height, int width) {
    GraphBuilder g = new GraphBuilder("detector", 7);
    PerTensor pixel = new PerTensor(1 / 255f, 0);
    TensorId x = g.input(Shape.nhwc(height, width, 3), DataType.UINT8, pixel);
    x = g.quantize(x, new PerTensor(1 / 255f, -128));
    x = g.conv(g.pad(x, new Padding(1, 1, 1, 1)), ConvSpec.of(8, 3, 2).valid());
    x = g.maxPool(g.leaky(x, 0.1f), Window.of(2, 2), true, NONE);
    TensorId route = g.depthwise(x, ConvSpec.of(8, 3, 1));
    x = g.maxPool(route, Window.of(2, 2), true, NONE);
    x = g.maxPool(g.conv(x, ConvSpec.of(8, 3, 1)), Window.of(2, 1), true, NONE);
    Shape small = g.shape(x);
    x = g.resize(x, 2 * small.height(), 2 * small.width(), false, false);
    x = g.conv(g.concat(x, x), ConvSpec.of(14, 1, 1));
    Shape last = g.shape(x);
    x = g.reshape(x, Shape.of(1, last.height() * last.width() * 2, 7));
    return g.build(g.dequantize(x));
  }

  @ParameterizedTest
  @CsvSource({"96, 96, 64, 64", "64, 64, 128, 96", "96, 160, 32, 64", "64, 64, 64, 64"})
  void isTheModelBuiltForThatSize(int height, int width, int newHeight, int newWidth) {
    Graph resized = resized(detector(height, width), newHeight, newWidth);
    Graph built = detector(newHeight, newWidth);
    assertThat(resized.ops()).isEqualTo(built.ops());
    assertThat(shapes(resized)).isEqualTo(shapes(built));
    assertThat(Checker.check(resized)).isEmpty();
  }

  /** SAME pads an odd image by more than an even one. */
  @ParameterizedTest
  @CsvSource({"8, 7", "9, 8", "14, 11", "11, 14"})
  void paddingsFollowTheSize(int side, int newSide) {
    assertThat(resized(strided(side), newSide, newSide).ops()).isEqualTo(strided(newSide).ops());
  }

  private static Graph strided(int side) {
    GraphBuilder g = new GraphBuilder("strided", 5);
    TensorId x = g.conv(g.input(side, side, 3), ConvSpec.of(4, 3, 2));
    return g.build(g.maxPool(g.depthwise(x, ConvSpec.of(4, 3, 2)), Window.of(3, 2), true, NONE));
  }

  @Test
  void roadSignsOf192IsThatOf224() throws IOException {
    Path folder = Path.of("../models/roadsigns");
    Graph small =
        TfliteReader.read(Files.readAllBytes(folder.resolve("roadsigns_192_int8.tflite")));
    Graph large =
        TfliteReader.read(Files.readAllBytes(folder.resolve("roadsigns_224_int8.tflite")));
    assertThat(activations(resized(small, 224, 224))).isEqualTo(activations(large));
    assertThat(activations(resized(large, 192, 192))).isEqualTo(activations(small));
  }

  @ParameterizedTest
  @CsvSource({
    "tiny_yolo_v2_224/tiny_yolo_v2_224_u8_f32, 416, tiny_yolo_v2_416/tiny_yolo_v2_416_u8_f32",
    "st_yolo_lc_v1_256/st_yolo_lc_v1_256_u8_f32, 192, st_yolo_lc_v1_192/st_yolo_lc_v1_192_u8_f32",
    "tiny_face_detector/tiny_face_416_int8, 224, tiny_face_detector/tiny_face_224_int8"
  })
  void largeModels(String from, int side, String to) {
    Graph model = TfliteReader.read(TestModels.bytes(from + ".tflite"));
    Graph other = TfliteReader.read(TestModels.bytes(to + ".tflite"));
    assertThat(activations(resized(model, side, side))).isEqualTo(activations(other));
  }

  @Test
  void anUpsamplingByNoWholeFactorIsRefused() {
    assertThat(reasons(10, g -> x -> g.resize(x, 15, 10, false, false), 20))
        .containsExactly(
            "RESIZE_NEAREST_NEIGHBOR from 1x10x10x3 to 1x15x10x3 is no whole multiple");
  }

  @Test
  void aFlatOutputWithoutCellsIsRefused() {
    assertThat(reasons(4, g -> x -> g.reshape(x, Shape.of(2, 24)), 8))
        .singleElement()
        .asString()
        .startsWith("RESHAPE from 1x4x4x3 to 2x24");
  }

  @Test
  void aJoinOfSizesThatPartIsRefused() {
    assertThat(
            reasons(
                8,
                g ->
                    x ->
                        g.concat(
                            g.maxPool(x, Window.of(2, 2), true, NONE),
                            g.conv(x, ConvSpec.of(3, 5, 1).valid())),
                6))
        .singleElement()
        .asString()
        .startsWith("CONCATENATION would join 1x3x3x3 and 1x2x2x3");
  }

  /** A 2x2 pool of an even image does not tell what it does with an odd one. */
  @Test
  void aPaddingThatCannotBeToldIsRefused() {
    assertThat(reasons(8, g -> x -> g.maxPool(x, Window.of(2, 2), true, NONE), 7))
        .singleElement()
        .asString()
        .contains("does not tell whether it pads");
    assertThat(reasons(8, g -> x -> g.maxPool(x, Window.of(2, 2), true, NONE), 6)).isEmpty();
  }

  @Test
  void aWindowLargerThanTheImageIsRefused() {
    assertThat(reasons(16, g -> x -> g.conv(x, ConvSpec.of(2, 5, 1).valid()), 4))
        .containsExactly("CONV_2D has a window larger than what is left of the image");
  }

  private interface Tail {
    UnaryOperator<TensorId> on(GraphBuilder g);
  }

  private static List<String> reasons(int side, Tail tail, int newSide) {
    GraphBuilder g = new GraphBuilder("tail", 3);
    TensorId x = g.input(side, side, 3);
    Graph graph = g.build(tail.on(g).apply(x));
    return ImageResize.to(graph, newSide, newSide) instanceof ImageResize.Impossible i
        ? i.reasons()
        : List.of();
  }

  private static Graph resized(Graph graph, int height, int width) {
    ImageResize.Outcome outcome = ImageResize.to(graph, height, width);
    assertThat(outcome).isInstanceOf(ImageResize.Resized.class);
    return ((ImageResize.Resized) outcome).graph();
  }

  private static List<Shape> shapes(Graph graph) {
    return graph.tensors().stream().map(Tensor::shape).toList();
  }

  private static List<Shape> activations(Graph graph) {
    return graph.ops().stream()
        .flatMap(op -> op.outputs().stream())
        .map(id -> graph.tensor(id).shape())
        .toList();
  }
}
