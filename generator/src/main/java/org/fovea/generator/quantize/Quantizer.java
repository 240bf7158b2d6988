package org.fovea.generator.quantize;

import java.util.List;
import org.fovea.generator.card.Head;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.quantize.Settings.Step;

/** Makes an int8 model of a float one. */
public final class Quantizer {
  private Quantizer() {}

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
    Calibration calibration = Calibration.of(Edits.spreadOut(graph), images);
    CalibrationCheck.require(calibration, images);
    List<String> notes = CalibrationCheck.notes(calibration);
    List<String> pairs = List.of();
    if (settings.has(Step.EQUALISE)) {
      Equalization.Equalized equal = Equalization.of(calibration, settings.perTensorWeights());
      pairs = equal.pairs();
      calibration = pairs.isEmpty() ? calibration : Calibration.of(equal.graph(), images);
    }
    Ranges ranges = Ranges.of(calibration, settings.method());
    if (settings.has(Step.HEAD)) {
      ranges = ranges.forHeads(calibration, heads);
    }
    Graph real = calibration.graph();
    Int8Graph int8 = new Int8Graph(real, Int8Graph.scales(ranges));
    int count = images.names().size();
    Attention attention = Attention.of(calibration, settings.has(Step.HEAD) ? heads : List.of());
    new LayerByLayer(real, int8, settings, count, attention).run(images);
    Graph joined = Edits.fused(int8.graph());
    Report report =
        Measurement.of(real, joined, images).report(settings, ranges, count, pairs, notes);
    return new Quantized(Int8Graph.withInput(joined, settings.io()), report);
  }
}
