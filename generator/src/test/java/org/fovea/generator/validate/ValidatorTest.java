package org.fovea.generator.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.fovea.generator.card.Head;
import org.fovea.generator.card.InputSpec;
import org.fovea.generator.card.ModelCard;
import org.fovea.generator.fault.UserFault.ModelRejected;
import org.fovea.generator.ir.ConstData;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.FusedActivation;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Padding;
import org.fovea.generator.ir.Quantization.PerTensor;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.Tensor;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.ir.Window;
import org.fovea.generator.quantize.CalibrationImages;
import org.fovea.generator.quantize.FloatModels;
import org.fovea.generator.quantize.Floats;
import org.fovea.generator.quantize.Method;
import org.fovea.generator.quantize.Quantizer;
import org.fovea.generator.quantize.Settings;
import org.fovea.generator.simplify.Simplification;
import org.fovea.generator.tflite.TfliteReader;
import org.fovea.generator.tflite.TfliteWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Operators of the model: CONV_2D, LEAKY_RELU, MAX_POOL_2D, DEPTHWISE_CONV_2D, two CONV_2D. */
class ValidatorTest {
  private static final Graph REAL = FloatModels.detector();
  private static final CalibrationImages IMAGES = FloatModels.images(4);
  private static final int FIRST = 0;
  private static final int LAST = 5;

  private static Graph int8(Graph real, boolean perTensor) {
    return Quantizer.quantize(
            real,
            IMAGES,
            List.of(),
            new Settings(Method.MINMAX, perTensor, DataType.INT8, Set.of()))
        .graph();
  }

  private static Validator.Model model(Graph graph) {
    byte[] file = TfliteWriter.write(graph);
    return Validator.Model.of(TfliteReader.read(file), file);
  }

  private static Validation validation(Graph int8, Graph real) {
    return validation(int8, real, Optional.empty());
  }

  private static Validation validation(Graph int8, Graph real, Optional<ModelCard> card) {
    try (Validator validator = new Validator(model(int8), model(real), card)) {
      for (int i = 0; i < IMAGES.names().size(); i++) {
        byte[] picture = IMAGES.tensor(i);
        validator.add(IMAGES.names().get(i), stored(int8, Floats.of(picture)), picture);
      }
      return validator.validation();
    }
  }

  private static byte[] stored(Graph int8, float[] real) {
    PerTensor q = (PerTensor) int8.tensor(int8.inputs().get(0)).quantization();
    byte[] bytes = new byte[real.length];
    for (int i = 0; i < real.length; i++) {
      int code = Math.round(real[i] / q.scale()) + q.zeroPoint();
      bytes[i] = (byte) Math.max(-128, Math.min(127, code));
    }
    return bytes;
  }

  private static List<Cause> causes(Validation validation, int layer) {
    return validation.layers().get(layer).causes().stream()
        .map(Validation.Diagnosis::cause)
        .toList();
  }

  @ParameterizedTest
  @EnumSource(Method.class)
  void aGoodModelHasNothingToExplain(Method method) {
    Graph int8 = Quantizer.quantize(REAL, IMAGES, List.of(), Settings.of(method)).graph();
    Validation found = validation(int8, REAL);
    assertThat(found.unmatched()).isEmpty();
    assertThat(found.layers()).hasSize(7);
    assertThat(found.layers()).allSatisfy(l -> assertThat(l.causes()).as(l.name()).isEmpty());
    assertThat(found.kernels().difference()).isEmpty();
    assertThat(found.outputs().get(0).orElseThrow().sqnrDb()).isGreaterThan(20);
    assertThat(found.layers().get(3).ownDb()).as("a pool loses nothing").hasValue(120.0);
  }

  /** As the command line reads both files: simplified, with tensors that they lack. */
  @Test
  void simplifiedModelsAreCompared() {
    byte[] file = TfliteWriter.write(FloatModels.branched());
    Graph real = Simplification.of(TfliteReader.read(file));
    byte[] int8File = TfliteWriter.write(int8(real, false));
    Graph int8 = Simplification.of(TfliteReader.read(int8File));
    try (Validator validator =
        new Validator(
            Validator.Model.of(int8, int8File), Validator.Model.of(real, file), Optional.empty())) {
      byte[] picture = IMAGES.tensor(0);
      validator.add("0", stored(int8, Floats.of(picture)), picture);
      Validation found = validator.validation();
      assertThat(found.unmatched()).isEmpty();
      assertThat(found.kernels().difference()).isEmpty();
      assertThat(found.layers())
          .allSatisfy(l -> assertThat(l.ownDb().orElseThrow()).isGreaterThan(20));
    }
  }

  @Test
  void joinedOperatorsAreMatched() {
    Graph int8 = int8(REAL, false);
    Graph apart = Tampered.apart(REAL);
    Validation joined = validation(int8, REAL);
    Validation found = validation(int8, apart);
    assertThat(found.unmatched()).isEmpty();
    assertThat(found.layers()).extracting(Validation.Layer::operator).hasSize(7);
    for (int i = 0; i < 7; i++) {
      assertThat(found.layers().get(i).ownDb().orElseThrow())
          .isCloseTo(joined.layers().get(i).ownDb().orElseThrow(), Offset.offset(0.01));
    }
    Graph int8Apart = int8(apart, false);
    Validation other = validation(int8Apart, REAL);
    assertThat(other.unmatched()).extracting(Validation.Unmatched::operator).containsExactly("PAD");
    assertThat(other.outputs().get(0).orElseThrow().sqnrDb()).isGreaterThan(20);
  }

  @Test
  void otherInputsAndOutputsAreSeenThrough() {
    Graph int8 =
        Quantizer.quantize(
                REAL,
                IMAGES,
                List.of(),
                new Settings(Method.MINMAX, false, DataType.FLOAT32, Set.of()))
            .graph();
    try (Validator validator = new Validator(model(int8), model(REAL), Optional.empty())) {
      validator.add("a", IMAGES.tensor(0), IMAGES.tensor(0));
      Validation found = validator.validation();
      assertThat(found.unmatched()).isEmpty();
      assertThat(found.layers().get(0).operator()).isEqualTo("QUANTIZE");
      assertThat(found.outputs().get(0).orElseThrow().sqnrDb()).isGreaterThan(20);
      assertThat(found.kernels().difference()).isEmpty();
    }
  }

  @Test
  void aFlippedWeightIsTheWorstLayer() {
    Graph int8 = int8(REAL, false);
    for (int op : new int[] {FIRST, 3, LAST}) {
      int place = Tampered.coarsest(int8, op);
      Graph flipped =
          Tampered.weights(int8, op, i -> Tampered.weight(int8, op, i) ^ (i == place ? 0x80 : 0));
      Validation found = validation(flipped, REAL);
      assertThat(found.worst(3).get(0)).isEqualTo(found.layers().get(op + 1));
      assertThat(causes(found, op + 1)).contains(Cause.ALTERED_WEIGHTS);
      assertThat(found.layers().get(op + 1).causes().get(0).evidence()).contains("steps off");
    }
  }

  @Test
  void saturation() {
    Graph graph = Tampered.scale(int8(REAL, false), FIRST, 0.25);
    Validation found = validation(graph, REAL);
    assertThat(causes(found, 1)).contains(Cause.SATURATION);
    assertThat(found.layers().get(1).below() + found.layers().get(1).above()).isGreaterThan(0.01);
    assertThat(found.worst(1).get(0)).isEqualTo(found.layers().get(1));
  }

  @Test
  void wideRange() {
    Graph graph = Tampered.scale(int8(REAL, false), FIRST, 16);
    Validation found = validation(graph, REAL);
    assertThat(causes(found, 1)).containsExactly(Cause.WIDE_RANGE);
    assertThat(found.layers().get(1).codes()).isBetween(4, 20);
  }

  @Test
  void dominantFilter() {
    Graph real = Tampered.floats(REAL, FIRST, (i, w) -> i < 27 ? w * 100 : w);
    assertThat(causes(validation(int8(real, true), real), 1)).contains(Cause.DOMINANT_FILTER);
    assertThat(causes(validation(int8(REAL, true), REAL), 1)).doesNotContain(Cause.DOMINANT_FILTER);
  }

  @Test
  void fewLevels() {
    Graph wide = convolutions(0.5f);
    Graph int8 = int8(wide, false);
    Graph coarse =
        Tampered.weightScales(
            Tampered.weights(int8, 1, i -> Math.round(Tampered.weight(int8, 1, i) / 16f)), 1, 16);
    assertThat(causes(validation(coarse, wide), 2)).contains(Cause.FEW_LEVELS);
    assertThat(causes(validation(int8, wide), 2)).doesNotContain(Cause.FEW_LEVELS);
  }

  @Test
  void deadChannels() {
    Graph int8 = int8(REAL, false);
    Graph dead =
        Tampered.weights(int8, FIRST, i -> i / 27 == 2 ? 0 : Tampered.weight(int8, FIRST, i));
    Validation found = validation(dead, REAL);
    assertThat(causes(found, 1)).contains(Cause.DEAD_CHANNELS);
    assertThat(found.layers().get(1).causes().toString()).contains("1 of 8 channels: [2]");
  }

  @Test
  void unequalOperands() {
    Graph real = convolutions(0.01f);
    assertThat(causes(validation(int8(real, false), real), 3))
        .containsExactly(Cause.UNEQUAL_OPERANDS);
    Graph equal = convolutions(0.5f);
    assertThat(causes(validation(int8(equal, false), equal), 3)).isEmpty();
  }

  @Test
  void shiftedBias() {
    Graph int8 = int8(REAL, false);
    Validation found = validation(Tampered.bias(int8, FIRST, b -> b + 4000), REAL);
    assertThat(causes(found, 1)).contains(Cause.SHIFTED_BIAS);
  }

  @Test
  void inputScale() {
    assertThat(causes(withCard(1 / 127.5, -1), 0)).containsExactly(Cause.INPUT_SCALE);
    assertThat(causes(withCard(1 / 1000.0, 0), 0)).containsExactly(Cause.INPUT_SCALE);
    assertThat(causes(withCard(1 / 255.0, 0), 0)).isEmpty();
  }

  private static Validation withCard(double scale, double offset) {
    return validation(int8(REAL, false), REAL, Optional.of(card(scale, offset)));
  }

  /** Two anchors of four box values, an objectness and two classes. */
  private static ModelCard card(double scale, double offset) {
    List<Head.Anchor> anchors = List.of(new Head.Anchor(1, 1), new Head.Anchor(2, 2));
    Head head =
        new Head.Grid(
            Head.Family.YOLOV2,
            List.of(0),
            Head.Layout.CELL_ANCHOR_VALUE,
            2,
            anchors,
            Head.AnchorUnit.CELLS,
            2,
            Head.ClassActivation.SOFTMAX,
            1);
    InputSpec input =
        new InputSpec(
            InputSpec.Fit.STRETCH,
            InputSpec.Resample.BILINEAR,
            InputSpec.ColorOrder.RGB,
            List.of(scale, scale, scale),
            List.of(offset, offset, offset),
            List.of(0.0, 0.0, 0.0));
    return new ModelCard(
        "micro",
        "micro",
        "",
        "",
        ModelCard.Weights.UNKNOWN,
        List.of(),
        input,
        List.of(head),
        new ModelCard.Thresholds(0.5, 0.5, 10),
        List.of("a", "b"),
        List.of());
  }

  @Test
  void oneScaleForBoxesAndBackground() {
    Graph real = Tampered.floats(REAL, LAST, (i, w) -> (int) (i / 12) % 7 == 4 ? w * 60 : w / 20);
    Optional<ModelCard> card = Optional.of(card(1 / 255.0, 0));
    assertThat(causes(validation(int8(real, false), real, card), LAST + 1))
        .contains(Cause.HEAD_SCALE);
    Graph fine = Tampered.floats(REAL, LAST, (i, w) -> w / 1000);
    assertThat(causes(validation(int8(fine, false), fine, card), LAST + 1))
        .doesNotContain(Cause.HEAD_SCALE);
    assertThat(causes(validation(int8(real, false), real), LAST + 1))
        .as("no card")
        .doesNotContain(Cause.HEAD_SCALE);
  }

  @Test
  void modelsThatDoNotBelongTogetherAreRefusedAtOnce() {
    Graph int8 = int8(REAL, false);
    List<String> names = List.of("a.tflite", "b.tflite");
    ModelPair.require(int8, REAL, names);
    assertThatThrownBy(() -> ModelPair.require(REAL, int8, names))
        .isInstanceOf(ModelRejected.class)
        .hasMessageContaining("a.tflite: computes in float")
        .hasMessageContaining("b.tflite: is quantised")
        .hasMessageContaining("swap them");
    assertThatThrownBy(() -> ModelPair.require(int8, convolutions(1), names))
        .isInstanceOf(ModelRejected.class)
        .hasMessageContaining("has the outputs 896 values: b.tflite has 2048 values");
    assertThatThrownBy(() -> ModelPair.require(REAL, REAL, names))
        .isInstanceOf(ModelRejected.class)
        .hasMessageContaining("give the int8 model first");
  }

  /** Two convolutions of the image, the second's weights times {@code second}, and their sum. */
  private static Graph convolutions(float second) {
    List<Tensor> tensors = new ArrayList<>(REAL.tensors());
    Op.Conv2d first = (Op.Conv2d) REAL.ops().get(0);
    Tensor like = REAL.tensor(first.output());
    TensorId other = new TensorId(tensors.size());
    tensors.add(
        new Tensor(other, "other", like.shape(), like.type(), like.quantization(), like.data()));
    TensorId sum = new TensorId(tensors.size());
    tensors.add(
        new Tensor(sum, "sum", like.shape(), like.type(), like.quantization(), like.data()));
    Tensor weights = REAL.tensor(first.weights());
    Random random = new Random(3);
    float[] wide = new float[8 * 5 * 5 * 3];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = second * (float) random.nextGaussian() * 0.4f;
    }
    TensorId own = new TensorId(tensors.size());
    tensors.add(
        new Tensor(
            own,
            "wide",
            Shape.of(8, 5, 5, 3),
            weights.type(),
            weights.quantization(),
            Optional.of(ConstData.ofFloat32(wide))));
    TensorId bias = new TensorId(tensors.size());
    tensors.add(
        new Tensor(
            bias,
            "zero",
            REAL.tensor(first.bias()).shape(),
            weights.type(),
            weights.quantization(),
            Optional.of(ConstData.ofFloat32(new float[8]))));
    Window window = Window.of(5, 1);
    List<Op> ops =
        List.of(
            first,
            new Op.Conv2d(
                first.input(),
                own,
                bias,
                other,
                window,
                Padding.same(FloatModels.SIDE, FloatModels.SIDE, window),
                FusedActivation.NONE),
            new Op.Add(first.output(), other, sum, FusedActivation.NONE));
    return new Graph("", tensors, ops, REAL.inputs(), List.of(sum));
  }
}
