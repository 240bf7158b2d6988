package org.fovea.generator.openvino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.fovea.generator.card.Head;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.openvino.IrBuilder.Out;
import org.fovea.generator.openvino.IrBuilder.Reals;
import org.fovea.generator.openvino.NaiveIr.Numbers;
import org.fovea.generator.tflite.TfliteInterpreter;
import org.fovea.generator.tflite.TfliteInterpreter.Kernels;
import org.fovea.generator.tflite.TfliteWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OpenVinoReaderTest {

  static Stream<String> networks() {
    return Networks.all().keySet().stream();
  }

  static OpenVinoModel read(IrBuilder ir) {
    return read(ir.xml(), ir.bin());
  }

  static OpenVinoModel read(String xml, byte[] bin) {
    return IrFiles.of("net.xml", xml.getBytes(StandardCharsets.UTF_8), bin).model();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void computesWhatTheSpecificationSays(String name) {
    check(Networks.all().get(name));
  }

  /** Runs the graph in TFLite and compares every number. */
  static void check(IrBuilder ir) {
    OpenVinoModel model = read(ir);
    byte[] file = TfliteWriter.write(model.graph());
    try (var tflite = TfliteInterpreter.open(file, Kernels.REFERENCE, 1)) {
      List<byte[]> outputs = tflite.run(List.of(image(model, ir.image())));
      assertThat(outputs).hasSameSizeAs(ir.results());
      for (int i = 0; i < outputs.size(); i++) {
        FloatBuffer found =
            ByteBuffer.wrap(outputs.get(i)).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        Shape shape = model.graph().tensor(model.graph().outputs().get(i)).shape();
        boolean nhwc = model.outputs().get(i).form() == OpenVinoModel.Form.NHWC;
        double[] expected = nhwc ? ir.results().get(i).values() : nhwc(ir.results().get(i), shape);
        assertThat(found.remaining()).isEqualTo(expected.length);
        for (double value : expected) {
          double tolerance = 1e-5 * Math.max(1, Math.abs(value));
          assertThat((double) found.get()).isCloseTo(value, within(tolerance));
        }
      }
    }
  }

  /** The image as the graph takes it. */
  private static byte[] image(OpenVinoModel model, Numbers image) {
    Shape shape = model.graph().tensor(model.graph().inputs().get(0)).shape();
    boolean nchw = image.dims()[1] == shape.channels();
    double[] pixels = nchw ? nhwc(image, shape) : image.values();
    ByteBuffer bytes = ByteBuffer.allocate(4 * pixels.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < pixels.length; i++) {
      int c = i % shape.channels();
      boolean colors = shape.channels() == model.inputScale().size();
      double scale = colors ? model.inputScale().get(c) : 1;
      bytes.putFloat((float) (pixels[i] * scale + (colors ? model.inputShift().get(c) : 0)));
    }
    return bytes.array();
  }

  private static double[] nhwc(Numbers n, Shape shape) {
    double[] out = new double[n.size()];
    int area = shape.height() * shape.width();
    for (int i = 0; i < out.length; i++) {
      out[i] = n.values()[i % shape.channels() * area + i / shape.channels()];
    }
    return out;
  }

  @Test
  void arithmeticBehindAConvolutionBecomesPartOfIt() {
    for (String name : List.of("bias", "scale, shift", "relu6", "from a constant")) {
      assertThat(read(Networks.all().get("conv, " + name)).graph().ops())
          .as(name)
          .hasSize(1)
          .allMatch(op -> op instanceof Op.Conv2d);
    }
  }

  @Test
  void regionIsAYolov2HeadOfTheConvolution() {
    OpenVinoModel model = read(Networks.tinyYolo(10, Reals.F32));
    assertThat(model.heads())
        .containsExactly(
            new Head.Grid(
                Head.Family.YOLOV2,
                List.of(0),
                Head.Layout.CELL_ANCHOR_VALUE,
                32,
                List.of(new Head.Anchor(1, 2), new Head.Anchor(3.5, 4)),
                Head.AnchorUnit.CELLS,
                2,
                Head.ClassActivation.SOFTMAX,
                1));
    assertThat(model.graph().tensor(model.graph().outputs().get(0)).shape())
        .isEqualTo(Shape.nhwc(2, 3, 14));
    assertThat(model.notes()).isEmpty();
  }

  @Test
  void regionWithoutSoftmaxIsAYolov3HeadOfMaskedAnchors() {
    IrBuilder b = IrBuilder.of(1);
    Out x = b.parameter(1, 3, 32, 32);
    Out y = b.layer("Convolution", "opset1", "strides=16,16", x, b.weights(1, 12, 3, 16, 16));
    String region =
        "anchors=10,14,23,27,37,58,81,82 classes=1 coords=4 do_softmax=0 mask=3,1 num=4";
    b.result(b.layer("RegionYolo", "opset1", region, y));
    Head.Grid head = read(b).heads().get(0);
    assertThat(head.family()).isEqualTo(Head.Family.YOLOV3);
    assertThat(head.anchors()).containsExactly(new Head.Anchor(81, 82), new Head.Anchor(23, 27));
    assertThat(head.anchorUnit()).isEqualTo(Head.AnchorUnit.PIXELS);
    assertThat(head.classActivation()).isEqualTo(Head.ClassActivation.SIGMOID);
    assertThat(head.stride()).isEqualTo(16);
  }

  @Test
  void whatIsDoneToTheImageIsTheCardsMatter() {
    IrBuilder b = IrBuilder.of(2);
    Out x = b.parameter(1, 3, 6, 6);
    Out mean = b.reals(new double[] {1, 2, 3}, 1, 3, 1, 1);
    Out part = b.layer("Subtract", "opset1", "", x, mean);
    Out scaled = b.layer("Divide", "opset1", "", part, b.reals(new double[] {4}));
    b.result(
        b.layer(
            "Convolution",
            "opset1",
            "strides=1,1 pads_begin=1,1 pads_end=1,1",
            scaled,
            b.weights(1, 2, 3, 3, 3)));
    OpenVinoModel model = read(b);
    assertThat(model.inputScale()).containsExactly(.25, .25, .25);
    assertThat(model.inputShift()).containsExactly(-.25, -.5, -.75);
    assertThat(model.graph().ops()).hasSize(1);
    assertThat(model.notes()).singleElement().asString().contains("pixel_scale");
    check(b);
  }

  @Test
  void roundedActivationsAreLeftOutAndSaid() {
    assertThat(read(Networks.all().get("conv, rounded activation")).notes())
        .singleElement()
        .asString()
        .startsWith("1 FakeQuantize");
  }

  @Test
  void halfFloatsAreExact() {
    assertThat(ElementType.half((short) 0x3C01)).isEqualTo(0x1.004p0f);
    assertThat(ElementType.half((short) 0xC000)).isEqualTo(-2);
    assertThat(ElementType.half((short) 0x7BFF)).isEqualTo(65504);
    assertThat(ElementType.half((short) 0x0001)).isEqualTo(0x1p-24f);
    assertThat(ElementType.half((short) 0x83FF)).isEqualTo(-1023 * 0x1p-24f);
    assertThat(ElementType.half((short) 0xFC00)).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(ElementType.half((short) 0x7E00)).isNaN();
  }
}
