package org.fovea.generator.neuralart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.PixelFormat;
import org.fovea.generator.ir.Quantization;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.lower.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Buffers of a compiled network beside the tensors of the model. */
class ModelMatchTest {
  private static final Shape IMAGE = Shape.nhwc(96, 96, 3);
  private static final float PIXEL = 1 / 255f;

  private final List<Finding> findings = new ArrayList<>();

  private static Buffer buffer(Shape shape, DataType type, float scale, int zeroPoint) {
    return new Buffer("b", 0, 1, shape, type, new Quantization.PerTensor(scale, zeroPoint));
  }

  private static Network model(DataType type, int zeroPoint, Network.Output... outputs) {
    TensorId id = new TensorId(0);
    Network.Input input =
        new Network.Input(id, id, "in", IMAGE, PixelFormat.RGB888, type, PIXEL, zeroPoint);
    return new Network(input, List.of(), List.of(outputs));
  }

  private static Network.Output output(Shape shape, float scale, int zeroPoint) {
    TensorId id = new TensorId(1);
    return new Network.Output(id, id, "out", shape, DataType.INT8, scale, zeroPoint);
  }

  private Optional<ModelMatch> match(Network model, Buffer input, Buffer... outputs) {
    CompiledNetwork compiled =
        new CompiledNetwork("n", "c", List.of(), List.of(input), List.of(outputs));
    return ModelMatch.of(compiled, "network.c", model, findings);
  }

  /** The compiler has an order of its own. */
  @Test
  void findsEachOutputByItsShapeAndScale() {
    Shape small = Shape.nhwc(7, 7, 18);
    Shape large = Shape.nhwc(14, 14, 18);
    Network model =
        model(
            DataType.INT8,
            -128,
            output(large, 0.5f, 3),
            output(small, 0.25f, 4),
            output(small, 0.5f, 4));
    assertThat(
            match(
                model,
                buffer(IMAGE, DataType.INT8, PIXEL, -128),
                buffer(small, DataType.INT8, 0.5f, 4),
                buffer(large, DataType.INT8, 0.5f, 3),
                buffer(small, DataType.INT8, 0.25f, 4)))
        .hasValueSatisfying(
            m -> {
              assertThat(m.outputs()).containsExactly(1, 2, 0);
              assertThat(m.flipped()).isFalse();
            });
  }

  @Test
  void keepsTheOrderOfOutputsThatAreAlike() {
    Shape shape = Shape.nhwc(7, 7, 18);
    Network model = model(DataType.INT8, -128, output(shape, 0.5f, 3), output(shape, 0.5f, 3));
    Buffer alike = buffer(shape, DataType.INT8, 0.5f, 3);
    assertThat(match(model, buffer(IMAGE, DataType.INT8, PIXEL, -128), alike, alike))
        .hasValueSatisfying(m -> assertThat(m.outputs()).containsExactly(0, 1));
  }

  @ParameterizedTest
  @CsvSource({
    "INT8, -128, UINT8, 0, true",
    "UINT8, 0, INT8, -128, true",
    "UINT8, 0, UINT8, 0, false",
  })
  void takesTheSamePixelsWithOrWithoutASign(
      DataType type, int zero, DataType compiled, int compiledZero, boolean flipped) {
    Optional<ModelMatch> match =
        match(model(type, zero), buffer(IMAGE, compiled, PIXEL, compiledZero));
    assertThat(match).hasValueSatisfying(m -> assertThat(m.flipped()).isEqualTo(flipped));
  }

  @ParameterizedTest
  @CsvSource({
    "INT8, -127, 0.003921569, its input is 1x96x96x3 int8",
    "UINT8, -128, 0.003921569, its input is 1x96x96x3 uint8",
    "INT8, -128, 0.004, scale 0.004",
    "FLOAT32, -128, 0.003921569, float32",
  })
  void refusesAnotherInput(DataType type, int zero, float scale, String finding) {
    assertThat(match(model(DataType.INT8, -128), buffer(IMAGE, type, scale, zero))).isEmpty();
    assertThat(findings)
        .singleElement()
        .satisfies(f -> assertThat(f.toString()).contains(finding, "compiled from another model"));
  }

  @Test
  void refusesOtherOutputs() {
    Shape shape = Shape.nhwc(7, 7, 30);
    Network model = model(DataType.INT8, -128, output(shape, 0.5f, 3));
    Buffer input = buffer(IMAGE, DataType.INT8, PIXEL, -128);
    assertThat(match(model, input, buffer(shape, DataType.INT8, 0.5f, 2))).isEmpty();
    assertThat(match(model, input, buffer(shape, DataType.FLOAT32, 1, 0))).isEmpty();
    assertThat(match(model, input)).isEmpty();
    assertThat(findings).hasSize(3);
    assertThat(findings.get(0).toString()).contains("zero point 2", "zero point 3");
    assertThat(findings.get(1).remedy()).contains("--output-data-type int8");
    assertThat(findings.get(2).toString()).contains("has 0 outputs: the model has 1");
  }
}
