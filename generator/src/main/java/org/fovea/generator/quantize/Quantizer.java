package org.fovea.generator.quantize;

import java.util.ArrayList;
import java.util.List;
import org.fovea.generator.card.Head;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.quantize.Settings.Step;

/** Makes an int8 model of a float one. */
public final class Quantizer {
  private static final float STAND_IN_SCALE = 0x1p-8f;

  private Quantizer() {}

  /**
   * Whether {@link #quantize} takes the model, before any image is looked at.
   *
   * @throws org.fovea.generator.fault.UserFault.ModelRejected with everything that is in the way
   */
  public static void require(Graph graph) {
    FloatModel.require(graph);
  }

  /**
   * An int8 model of the same layers and the same zeros among its weights, to plan with before
   * there are pictures. Its other numbers mean nothing, and are such that the kernels of ordinary
   * models can run.
   *
   * @throws org.fovea.generator.fault.UserFault.ModelRejected with everything that is in the way
   */
  public static Graph standIn(Graph graph) {
    FloatModel.require(graph);
    return FloatModel.trial(graph, STAND_IN_SCALE, true);
  }

  /**
   * An int8 model whose results are as near to the float model's as the settings allow.
   *
   * @param graph float32, one image in
   * @param images 1 to 500
   * @param heads how boxes are read from its outputs
   * @throws org.fovea.generator.fault.UserFault.ModelRejected when the model cannot become int8
   * @throws org.fovea.generator.fault.UserFault.UsageRefused when the images say nothing
   */
  public static Quantized quantize(
      Graph graph, CalibrationImages images, List<Head> heads, Settings settings) {
    CalibrationCheck.count(images);
    FloatModel.require(graph);
    SplitHeads split =
        settings.has(Step.SPLIT)
            ? SplitHeads.of(graph, heads)
            : new SplitHeads(graph, heads, List.of());
    Calibration calibration = Calibration.of(Edits.spreadOut(split.graph()), images);
    CalibrationCheck.require(calibration, images);
    List<String> notes = new ArrayList<>(split.notes());
    notes.addAll(CalibrationCheck.notes(calibration));
    List<String> pairs = List.of();
    if (settings.has(Step.EQUALISE)) {
      Equalization.Equalized equal = Equalization.of(calibration, settings.perTensorWeights());
      pairs = equal.pairs();
      calibration = pairs.isEmpty() ? calibration : Calibration.of(equal.graph(), images);
    }
    Ranges ranges = Ranges.of(calibration, settings.method());
    if (settings.has(Step.HEAD)) {
      ranges = ranges.forHeads(calibration, split.heads());
    }
    Graph real = calibration.graph();
    Int8Graph int8 = new Int8Graph(real, Int8Graph.scales(ranges));
    int count = images.names().size();
    boolean looks = settings.has(Step.HEAD) || settings.has(Step.SPLIT);
    Attention attention = Attention.of(calibration, looks ? split.heads() : List.of());
    new LayerByLayer(real, int8, settings, count, attention).run(images);
    Graph joined = Edits.fused(int8.graph());
    Report report =
        Measurement.of(real, joined, images)
            .report(settings, ranges, split.heads(), count, pairs, notes);
    return new Quantized(Int8Graph.withInput(joined, settings.io()), split.heads(), report);
  }

  /**
   * A float graph with the outputs that an int8 model of it has whose heads were split: an output
   * for each field. No number changes.
   *
   * @param heads of the int8 model
   */
  public static Graph partedLike(List<Head> heads, Graph graph) {
    List<Head> whole = new ArrayList<>();
    for (Head head : heads) {
      boolean split = head instanceof Head.Grid grid && grid.isSplit();
      int first = whole.size();
      whole.add(split ? head.in(List.of(first)) : head);
    }
    boolean none = heads.equals(whole) || graph.outputs().size() != heads.size();
    return none ? graph : SplitHeads.of(graph, whole).graph();
  }
}
