package org.fovea.generator.darknet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.fovea.generator.card.Head;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.tflite.TfliteInterpreter;
import org.fovea.generator.tflite.TfliteInterpreter.Kernels;
import org.fovea.generator.tflite.TfliteWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DarknetReaderTest {

  static Stream<String> networks() {
    return Networks.all().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void computesWhatDarknetDoes(String name) {
    String cfg = Networks.all().get(name);
    NaiveDarknet.Example example = NaiveDarknet.example(cfg, name.hashCode());
    byte[] file = TfliteWriter.write(read(cfg, example.weights()).graph());
    try (var tflite = TfliteInterpreter.open(file, Kernels.REFERENCE, 1)) {
      List<byte[]> outputs = tflite.run(List.of(example.image()));
      assertThat(outputs).hasSameSizeAs(example.outputs());
      for (int i = 0; i < outputs.size(); i++) {
        double[] expected = example.outputs().get(i);
        FloatBuffer found =
            ByteBuffer.wrap(outputs.get(i)).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        assertThat(found.remaining()).isEqualTo(expected.length);
        for (double value : expected) {
          double tolerance = 1e-4 * Math.max(1, Math.abs(value));
          assertThat((double) found.get()).isCloseTo(value, within(tolerance));
        }
      }
    }
  }

  @Test
  void regionIsAYolov2Head() {
    DarknetModel model = read(Networks.tinyYolov2());
    assertThat(model.heads())
        .containsExactly(
            new Head.Grid(
                Head.Family.YOLOV2,
                List.of(0),
                Head.Layout.CELL_ANCHOR_VALUE,
                16,
                List.of(
                    new Head.Anchor(0.5, 0.75),
                    new Head.Anchor(1, 1.5),
                    new Head.Anchor(1.25, 2),
                    new Head.Anchor(2.5, 2),
                    new Head.Anchor(3, 1)),
                Head.AnchorUnit.CELLS,
                6,
                Head.ClassActivation.SOFTMAX,
                1));
    assertThat(model.graph().ops())
        .extracting(Op::kind)
        .startsWith("CONV_2D", "LEAKY_RELU", "MAX_POOL_2D", "CONV_2D", "LEAKY_RELU", "MAX_POOL_2D");
    assertThat(model.graph().ops()).extracting(Op::kind).doesNotContain("PAD").hasSize(13);
    assertThat(model.notes()).isEmpty();
  }

  @Test
  void yoloHeadsComeInTheFilesOrder() {
    List<Head.Grid> heads = read(Networks.twoHeads()).heads();
    assertThat(heads).extracting(Head.Grid::outputs).containsExactly(List.of(0), List.of(1));
    assertThat(heads).extracting(Head.Grid::stride).containsExactly(4, 2);
    assertThat(heads).extracting(Head.Grid::family).containsOnly(Head.Family.YOLOV4);
    assertThat(heads).extracting(Head.Grid::scaleXy).containsOnly(1.05);
    assertThat(heads.get(0).anchors())
        .containsExactly(new Head.Anchor(37, 58), new Head.Anchor(81, 82));
    assertThat(heads.get(1).anchors())
        .containsExactly(new Head.Anchor(10, 14), new Head.Anchor(23, 27));
  }

  @Test
  void theSizeCanBeAnother() {
    String cfg = Networks.tinyYolov2();
    byte[] weights = NaiveDarknet.example(cfg, 1).weights();
    DarknetModel model =
        DarknetReader.read(
            "net.cfg", utf8(cfg), "net.weights", weights, Optional.of(new ImageSize(96, 64)));
    assertThat(model.graph().tensor(model.graph().inputs().get(0)).shape())
        .isEqualTo(Shape.nhwc(64, 96, 3));
    assertThat(model.graph().tensor(model.graph().outputs().get(0)).shape())
        .isEqualTo(Shape.nhwc(4, 6, 55));
  }

  /** Before version 0.2 the header counted images in four bytes. */
  @Test
  void oldHeadersAreShorter() {
    String cfg = Networks.tinyYolov2();
    byte[] weights = NaiveDarknet.example(cfg, 1).weights();
    ByteBuffer old = ByteBuffer.allocate(weights.length - 4).order(ByteOrder.LITTLE_ENDIAN);
    old.putInt(0).putInt(1).putInt(0).putInt(64_000).put(weights, 20, weights.length - 20);
    assertThat(TfliteWriter.write(read(cfg, old.array()).graph()))
        .isEqualTo(TfliteWriter.write(read(cfg, weights).graph()));
  }

  @Test
  void blanksAndCommentsMeanNothing() {
    String cfg = Networks.tinyYolov2();
    String loose =
        "# a comment\n; another\n" + cfg.replace("=", " =\t").replace("\n", "  \r\n") + "\n\n";
    byte[] weights = NaiveDarknet.example(cfg, 1).weights();
    assertThat(TfliteWriter.write(read(loose, weights).graph()))
        .isEqualTo(TfliteWriter.write(read(cfg, weights).graph()));
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', true",
    "new_coords=1, new_coords, false",
  })
  void whatACardCannotSayIsNoted(String line, String note, boolean hasHeads) {
    DarknetModel model = read(Networks.twoHeads() + line + "\n");
    assertThat(model.notes().toString()).contains(note);
    assertThat(model.heads().isEmpty()).isEqualTo(!hasHeads);
  }

  @Test
  void whatIsWrittenAnotherWayIsNoted() {
    assertThat(read(Networks.all().get("two groups")).notes())
        .anyMatch(n -> n.equals("layer 0: its 2 groups became one, with zeros"));
    assertThat(read(Networks.all().get("route part")).notes())
        .anyMatch(n -> n.equals("layer 2: a 1x1 convolution picks its part of the channels"));
  }

  private static DarknetModel read(String cfg) {
    return read(cfg, NaiveDarknet.example(cfg, 1).weights());
  }

  private static DarknetModel read(String cfg, byte[] weights) {
    return DarknetReader.read("net.cfg", utf8(cfg), "net.weights", weights, Optional.empty());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
