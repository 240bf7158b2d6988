package org.fovea.generator.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import org.fovea.generator.check.Checker;
import org.fovea.generator.fault.UserFault.ModelRejected;
import org.fovea.generator.fault.UserFault.UsageRefused;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.FusedActivation;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Quantization.PerTensor;
import org.fovea.generator.ir.Tensor;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.reference.PreparedModel;
import org.fovea.generator.support.MicroModels;
import org.fovea.generator.tflite.TfliteInterpreter;
import org.fovea.generator.tflite.TfliteWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantizerTest {
  private static final Graph MODEL = FloatModels.detector();
  private static final CalibrationImages IMAGES = FloatModels.images(8);

  private static Quantized quantized(Settings settings) {
    return Quantizer.quantize(MODEL, IMAGES, List.of(), settings);
  }

  /** The fixture is of TensorFlow 2.21's Calibrator, run on this very model and these images. */
  @Test
  void minmaxIsWhatTflitesConverterMakes() throws IOException {
    Graph graph = quantized(Settings.of(Method.MINMAX)).graph();
    List<String> expected;
    try (InputStream in = QuantizerTest.class.getResourceAsStream("/quantize/minmax.txt")) {
      expected =
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.startsWith("#"))
              .toList();
    }
    List<String> found = new ArrayList<>();
    for (Op op : graph.ops()) {
      PerTensor q = (PerTensor) graph.tensor(op.outputs().get(0)).quantization();
      String weights = Layer.of(0, op).map(layer -> crc(graph.tensor(layer.weights()))).orElse("-");
      found.add("%s %.4e %d %s".formatted(op.kind(), q.scale(), q.zeroPoint(), weights));
    }
    assertThat(found).isEqualTo(expected);
  }

  private static String crc(Tensor weights) {
    CRC32 crc = new CRC32();
    crc.update(weights.data().orElseThrow().toBytes());
    return "%08x".formatted(crc.getValue());
  }

  @ParameterizedTest
  @EnumSource(Method.class)
  void tfliteRunsTheResultBitForBit(Method method) {
    Graph graph = quantized(Settings.of(method)).graph();
    assertThat(Checker.check(graph)).isEmpty();
    PerTensor q = (PerTensor) graph.tensor(graph.inputs().get(0)).quantization();
    byte[] stored = LayerByLayer.stored(Floats.of(IMAGES.tensor(3)), q);
    byte[] wanted =
        PreparedModel.of(graph)
            .run(Map.of(graph.inputs().get(0), stored))
            .bytes(graph.outputs().get(0));
    try (TfliteInterpreter tflite =
        TfliteInterpreter.open(TfliteWriter.write(graph), TfliteInterpreter.Kernels.REFERENCE, 1)) {
      assertThat(tflite.run(List.of(stored)).get(0)).isEqualTo(wanted);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"UINT8", "FLOAT32"})
  void otherInputsAreRunToo(DataType io) {
    Graph graph = quantized(new Settings(Method.AUTO, true, io, Set.of())).graph();
    assertThat(Checker.check(graph)).isEmpty();
    assertThat(graph.tensor(graph.inputs().get(0)).type()).isEqualTo(io);
    assertThat(graph.tensor(graph.outputs().get(0)).type()).isEqualTo(DataType.FLOAT32);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void allStepsTogetherLoseLess(boolean perTensor) {
    Settings plain = new Settings(Method.MINMAX, perTensor, DataType.INT8, Set.of());
    Settings all =
        new Settings(Method.AUTO, perTensor, DataType.INT8, Settings.of(Method.AUTO).steps());
    double before = quantized(plain).report().outputs().get(0);
    assertThat(quantized(all).report().outputs().get(0)).isGreaterThan(before + 0.5);
  }

  @Test
  void theSameInputGivesTheSameBytes() {
    byte[] first = TfliteWriter.write(quantized(Settings.of(Method.AUTO)).graph());
    assertThat(TfliteWriter.write(quantized(Settings.of(Method.AUTO)).graph())).isEqualTo(first);
  }

  @Test
  void equalisingChangesNoResult() {
    Graph real = Edits.spreadOut(MODEL);
    Calibration calibration = Calibration.of(real, IMAGES);
    Equalization.Equalized equal = Equalization.of(calibration, false);
    assertThat(equal.pairs()).hasSize(3);
    Calibration after = Calibration.of(equal.graph(), IMAGES);
    TensorId output = real.outputs().get(0);
    float[] wanted = calibration.outputs().get(output).get(2);
    float[] found = after.outputs().get(output).get(2);
    for (int i = 0; i < wanted.length; i++) {
      assertThat((double) found[i]).isCloseTo(wanted[i], org.assertj.core.data.Offset.offset(1e-3));
    }
    Layer depthwise = Layer.all(real).get(1);
    assertThat(spread(after.of(depthwise.input())))
        .isLessThan(spread(calibration.of(depthwise.input())) / 1.5);
  }

  private static double spread(Histogram seen) {
    double least = Double.MAX_VALUE;
    double most = 0;
    for (int c = 0; c < seen.channels(); c++) {
      double range = Math.max(-seen.min(c), seen.max(c));
      least = Math.min(least, range);
      most = Math.max(most, range);
    }
    return most / least;
  }

  @Test
  void aModelIsNotQuantisedTwice() {
    Graph int8 = MicroModels.all().get("residual");
    assertThatThrownBy(() -> Quantizer.quantize(int8, IMAGES, List.of(), Settings.of(Method.AUTO)))
        .isInstanceOf(ModelRejected.class)
        .hasMessageContaining("quantised already")
        .hasMessageContaining("give the float32 model");
  }

  @Test
  void weightsThatAreNoNumbersAreNamed() {
    assertRefused(FloatModels.with(7, Float.NaN, false), "weights1", "NaN at element 7");
    assertRefused(
        FloatModels.with(2, Float.POSITIVE_INFINITY, true), "weights2", "Infinity at element 2");
  }

  @Test
  void valuesBeyondFloat32AreNamed() {
    assertRefused(FloatModels.with(0, Float.MAX_VALUE, true), "conv3", "for image0");
  }

  private static void assertRefused(Graph graph, String... words) {
    assertThatThrownBy(() -> Quantizer.quantize(graph, IMAGES, List.of(), Settings.of(Method.AUTO)))
        .isInstanceOf(ModelRejected.class)
        .message()
        .contains(words);
  }

  @Test
  void unknownOperatorsAreNamed() {
    Op last = MODEL.ops().get(5);
    List<Op> ops = new ArrayList<>(MODEL.ops().subList(0, 5));
    ops.add(new Op.Unsupported("SOFTMAX", last.inputs(), last.outputs(), "is not known"));
    Graph graph = new Graph("", MODEL.tensors(), ops, MODEL.inputs(), MODEL.outputs());
    assertRefused(graph, "SOFTMAX");
  }

  @Test
  void imagesOfOneColourAreRefused() {
    assertThatThrownBy(
            () ->
                Quantizer.quantize(MODEL, FloatModels.grey(3), List.of(), Settings.of(Method.AUTO)))
        .isInstanceOf(UsageRefused.class)
        .hasMessageContaining("3 images are of one colour");
  }

  @Test
  @Timeout(60)
  void manyWaysThroughAModelAreNoneTooMany() {
    Quantizer.quantize(FloatModels.doubled(30), IMAGES, List.of(), Settings.of(Method.AUTO));
  }

  @Test
  void deadChannelsAreTold() {
    Graph graph = FloatModels.detector();
    Layer first = Layer.all(graph).get(0);
    float[][] rows = first.rows(graph);
    java.util.Arrays.fill(rows[3], 0);
    Graph dead = Edits.with(graph, Map.of(first.weights(), first.ofRows(rows)));
    Report report = Quantizer.quantize(dead, IMAGES, List.of(), Settings.of(Method.AUTO)).report();
    assertThat(report.notes()).anyMatch(note -> note.contains("channels [3] never change"));
  }

  @Test
  void reluIsApartOnlyWhileItIsLookedThrough() {
    Graph real = Edits.spreadOut(MODEL);
    assertThat(real.ops()).filteredOn(Op.Relu.class::isInstance).hasSize(2);
    assertThat(Edits.fused(real).ops())
        .extracting(Edits::activation)
        .containsExactlyElementsOf(MODEL.ops().stream().map(Edits::activation).toList())
        .contains(FusedActivation.RELU);
  }
}
