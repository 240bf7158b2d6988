package org.fovea.generator.reference;

import java.util.Collections;
import java.util.List;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Quantization.PerChannel;
import org.fovea.generator.ir.Quantization.PerTensor;
import org.fovea.generator.ir.TensorId;

/** From an accumulator to the output's scale, one factor per output channel, by double products. */
public final class ConvMultipliers {
  private ConvMultipliers() {}

  public static List<QuantizedMultiplier> of(Graph graph, Op.Conv2d op) {
    int channels = graph.tensor(op.weights()).shape().dim(0);
    return of(graph, op.input(), op.weights(), op.output(), channels);
  }

  public static List<QuantizedMultiplier> of(Graph graph, Op.DepthwiseConv2d op) {
    int channels = graph.tensor(op.weights()).shape().dim(3);
    return of(graph, op.input(), op.weights(), op.output(), channels);
  }

  private static List<QuantizedMultiplier> of(
      Graph graph, TensorId input, TensorId weights, TensorId output, int channels) {
    double in = ((PerTensor) graph.tensor(input).quantization()).scale();
    double out = ((PerTensor) graph.tensor(output).quantization()).scale();
    return weightScales(graph, weights, channels).stream()
        .map(scale -> QuantizedMultiplier.of(in * scale / out))
        .toList();
  }

  private static List<Float> weightScales(Graph graph, TensorId weights, int channels) {
    if (graph.tensor(weights).quantization() instanceof PerChannel w) {
      return w.scales();
    }
    PerTensor w = (PerTensor) graph.tensor(weights).quantization();
    return Collections.nCopies(channels, w.scale());
  }
}
