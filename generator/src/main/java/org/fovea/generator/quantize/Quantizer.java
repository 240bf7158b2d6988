package org.fovea.generator.quantize;

import java.util.List;
import org.fovea.generator.card.Head;
import org.fovea.generator.ir.Graph;

/** Makes an int8 model of a float one. */
public final class Quantizer {
  private Quantizer() {}

  /**
   * An int8 model whose results are as near to the float model's as the settings allow.
   *
   * @param graph float32, one image in
   * @param images at least one
   * @param heads how boxes are read from its outputs
   * @throws org.fovea.generator.fault.UserFault.ModelRejected when the model cannot become int8
   * @throws org.fovea.generator.fault.UserFault.UsageRefused when the images say nothing
   */
  public static Quantized quantize(
      Graph graph, CalibrationImages images, List<Head> heads, Settings settings) {
    FloatModel.require(graph);
    Graph real = Edits.spreadOut(graph);
    Calibration calibration = Calibration.of(real, images);
    CalibrationCheck.require(calibration, images);
    Ranges ranges = Ranges.of(calibration, settings.method());
    if (settings.has(Settings.Step.HEAD)) {
      ranges = ranges.forHeads(calibration, heads);
    }
    Int8Graph int8 = new Int8Graph(real, Int8Graph.scales(ranges));
    new LayerByLayer(real, int8, settings, images.names().size()).run(images);
    return new Quantized(Int8Graph.withInput(Edits.fused(int8.graph()), settings.io()));
  }
}
