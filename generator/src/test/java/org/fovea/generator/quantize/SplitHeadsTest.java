package org.fovea.generator.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.generator.card.Head;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Quantization;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.Tensor;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.tflite.TfliteInterpreter;
import org.fovea.generator.tflite.TfliteWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitHeadsTest {
  /** Its output is 1x8x8x14. */
  private static final Graph MODEL = FloatModels.detector();

  private static final CalibrationImages IMAGES = FloatModels.images(4);

  private static Head.Grid head(int output, int anchors, int classes, Head.Layout layout) {
    return new Head.Grid(
        Head.Family.YOLOV2,
        List.of(output),
        layout,
        2,
        new ArrayList<>(java.util.Collections.nCopies(anchors, new Head.Anchor(1, 2))),
        Head.AnchorUnit.CELLS,
        classes,
        Head.ClassActivation.SOFTMAX,
        1);
  }

  private static Head.Grid head(int output, int anchors, int classes) {
    return head(output, anchors, classes, Head.Layout.CELL_ANCHOR_VALUE);
  }

  /** The same with its output, flat, once more behind a RESHAPE. */
  private static Graph reshaped(boolean alsoRaw) {
    List<Tensor> tensors = new ArrayList<>(MODEL.tensors());
    TensorId flat = new TensorId(tensors.size());
    TensorId raw = MODEL.outputs().get(0);
    tensors.add(
        new Tensor(
            flat,
            "flat",
            Shape.of(1, 64, 14),
            DataType.FLOAT32,
            Quantization.NONE,
            Optional.empty()));
    List<Op> ops = new ArrayList<>(MODEL.ops());
    ops.add(new Op.Reshape(raw, flat));
    return new Graph(
        "", tensors, ops, MODEL.inputs(), alsoRaw ? List.of(flat, raw) : List.of(flat));
  }

  private static List<float[]> run(Graph graph, byte[] image) {
    try (TfliteInterpreter tflite =
        TfliteInterpreter.open(TfliteWriter.write(graph), TfliteInterpreter.Kernels.REFERENCE, 1)) {
      return tflite.run(List.of(image)).stream().map(Floats::of).toList();
    }
  }

  /** Two anchors of 7, or 14 - 5 = 9 classes of one anchor. */
  @ParameterizedTest
  @CsvSource({"2, 2, false", "1, 9, false", "2, 2, true"})
  void everyNumberStaysTheSame(int anchors, int classes, boolean flat) {
    Graph graph = flat ? reshaped(false) : MODEL;
    SplitHeads split = SplitHeads.of(graph, List.of(head(0, anchors, classes)));
    assertThat(split.notes()).isEmpty();
    assertThat(split.graph().outputs()).hasSize(4);
    Head.Grid grid = (Head.Grid) split.heads().get(0);
    assertThat(grid.outputs()).containsExactly(0, 1, 2, 3);
    Calibration calibration = Calibration.of(Edits.spreadOut(split.graph()), IMAGES);
    for (int i = 0; i < IMAGES.names().size(); i++) {
      float[] wanted = run(graph, IMAGES.tensor(i)).get(0);
      List<float[]> found = run(split.graph(), IMAGES.tensor(i));
      assertThat(HeadValues.joined(grid, found)).isEqualTo(wanted);
      assertThat(HeadValues.of(calibration, grid).get(i)).hasSameSizeAs(wanted);
    }
  }

  @Test
  void outputsBehindASplitOneMoveOn() {
    Graph two =
        new Graph(
            "",
            MODEL.tensors(),
            MODEL.ops(),
            MODEL.inputs(),
            List.of(MODEL.ops().get(4).outputs().get(0), MODEL.outputs().get(0)));
    SplitHeads last = SplitHeads.of(two, List.of(head(1, 2, 2), new Head.Rows(0, 2, 0)));
    assertThat(last.heads().get(0).parts())
        .extracting(Head.Part::output)
        .containsExactly(1, 2, 3, 4);
    assertThat(last.heads().get(1)).isEqualTo(new Head.Rows(0, 2, 0));
    Graph turned =
        new Graph(
            "",
            MODEL.tensors(),
            MODEL.ops(),
            MODEL.inputs(),
            List.of(two.outputs().get(1), two.outputs().get(0)));
    SplitHeads first = SplitHeads.of(turned, List.of(head(0, 2, 2), new Head.Rows(1, 2, 0)));
    assertThat(first.heads().get(1)).isEqualTo(new Head.Rows(4, 2, 0));
    assertThat(first.graph().outputs().get(4)).isEqualTo(turned.outputs().get(1));
  }

  @Test
  void headsThatCannotBeSplitStayAndAreTold() {
    assertWhole(MODEL, head(0, 2, 2, Head.Layout.ANCHOR_VALUE_CELL), "do not lie side by side");
    assertWhole(MODEL, head(0, 3, 2), "14 channels, not 21");
    assertWhole(reshaped(true), head(0, 2, 2), "no CONV_2D makes it alone");
    assertWhole(reshaped(true), head(1, 2, 2), "output 1", "no CONV_2D makes it alone");
  }

  private static void assertWhole(Graph graph, Head head, String... words) {
    SplitHeads split = SplitHeads.of(graph, List.of(head));
    assertThat(split.graph()).isSameAs(graph);
    assertThat(split.heads()).containsExactly(head);
    assertThat(split.notes()).singleElement().asString().contains(words);
  }

  /** One class less: objectness alone is the score. */
  @Test
  void aHeadWithoutClassesHasThreeParts() {
    Head.Grid grid = head(0, 2, 0).in(List.of(0, 1, 2));
    assertThat(grid.parts())
        .containsExactly(
            new Head.Part(Head.Field.XY, 0, 0, 2),
            new Head.Part(Head.Field.WH, 1, 2, 2),
            new Head.Part(Head.Field.OBJECTNESS, 2, 4, 1));
  }

  @Test
  void theDefaultSplitsAndLosesLessOfTheHead() {
    List<Head> heads = List.of(head(0, 2, 2));
    Quantized converter = Quantizer.quantize(MODEL, IMAGES, heads, Settings.of(Method.MINMAX));
    Quantized split = Quantizer.quantize(MODEL, IMAGES, heads, Settings.of(Method.AUTO));
    assertThat(converter.graph().outputs()).hasSize(1);
    assertThat(converter.heads()).isEqualTo(heads);
    assertThat(converter.report().heads()).isEqualTo(converter.report().outputs());
    assertThat(split.graph().outputs()).hasSize(4);
    assertThat(split.heads().get(0).parts()).hasSize(4);
    assertThat(split.report().outputs()).hasSize(4);
    assertThat(split.report().heads().get(0)).isGreaterThan(converter.report().heads().get(0));
  }
}
