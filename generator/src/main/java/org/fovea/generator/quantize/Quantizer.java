package org.fovea.generator.quantize;

import org.fovea.generator.ir.Graph;

/** Makes an int8 model of a float one. */
public final class Quantizer {
  private Quantizer() {}

  /**
   * An int8 model whose results are as near to the float model's as the settings allow.
   *
   * @param graph float32, one image in
   * @param images at least one
   * @throws org.fovea.generator.fault.UserFault.ModelRejected when the model cannot become int8
   * @throws org.fovea.generator.fault.UserFault.UsageRefused when the images say nothing
   */
  public static Quantized quantize(Graph graph, CalibrationImages images, Settings settings) {
    FloatModel.require(graph);
    Graph real = Edits.spreadOut(graph);
    Calibration calibration = Calibration.of(real, images);
    CalibrationCheck.require(calibration, images);
    Ranges ranges = Ranges.of(calibration, settings.method());
    Int8Graph int8 = new Int8Graph(real, Int8Graph.scales(ranges));
    for (Layer layer : Layer.all(real)) {
      float[][] rows = layer.rows(real);
      float[] bias = Floats.of(real.tensor(layer.bias()));
      double[] wide = new double[bias.length];
      for (int f = 0; f < bias.length; f++) {
        wide[f] = bias[f];
      }
      float[] scales =
          Int8Layer.holdingBias(
              WeightScales.minmax(rows, settings.perTensorWeights()),
              wide,
              int8.scale(layer.input()),
              settings.perTensorWeights());
      int8.put(layer, Int8Layer.nearest(rows, scales, wide, settings.perTensorWeights()));
    }
    return new Quantized(Int8Graph.withInput(Edits.fused(int8.graph()), settings.io()));
  }
}
