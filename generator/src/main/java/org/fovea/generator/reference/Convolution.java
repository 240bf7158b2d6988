package org.fovea.generator.reference;

import java.util.List;
import org.fovea.generator.ir.FusedActivation;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Padding;
import org.fovea.generator.ir.Quantization.PerTensor;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.ir.Window;

/** An int8 convolution, plain or depthwise, with int32 accumulators. */
final class Convolution {
  /** Pixels that share one pass over the weights. */
  private static final int MOST_PIXELS = 64;

  private final Shape out;
  private final Windows windows;
  private final Products products;
  private final int[] bias;
  private final Requantization requantization;

  private Convolution(
      Graph graph,
      TensorId input,
      TensorId output,
      Window window,
      Padding padding,
      FusedActivation activation,
      Products products,
      TensorId bias,
      List<QuantizedMultiplier> multipliers) {
    PerTensor x = (PerTensor) graph.tensor(input).quantization();
    PerTensor y = (PerTensor) graph.tensor(output).quantization();
    this.out = graph.tensor(output).shape();
    this.windows = new Windows(graph.tensor(input).shape(), window, padding, x.zeroPoint());
    this.products = products;
    this.bias = graph.tensor(bias).data().orElseThrow().toInt32();
    this.requantization =
        new Requantization(
            multipliers,
            y.zeroPoint(),
            FixedPoint.activationRange(activation, y.scale(), y.zeroPoint()));
  }

  static Convolution of(Graph graph, Op.Conv2d op) {
    return new Convolution(
        graph,
        op.input(),
        op.output(),
        op.window(),
        op.padding(),
        op.activation(),
        Products.dense(graph, op),
        op.bias(),
        ConvMultipliers.of(graph, op));
  }

  static Convolution of(Graph graph, Op.DepthwiseConv2d op) {
    return new Convolution(
        graph,
        op.input(),
        op.output(),
        op.window(),
        op.padding(),
        op.activation(),
        Products.depthwise(graph, op),
        op.bias(),
        ConvMultipliers.of(graph, op));
  }

  byte[] run(byte[] input, Cores cores) {
    int[] centred = windows.centred(input);
    byte[] output = new byte[(int) out.elements()];
    int pixels = out.height() * out.width();
    int block = cores.share(pixels, MOST_PIXELS);
    cores.each(
        (pixels + block - 1) / block,
        b -> pixels(centred, output, b * block, Math.min(pixels, (b + 1) * block)));
    return output;
  }

  /** The pixels {@code first .. beyond - 1} in the output's order. */
  private void pixels(int[] centred, byte[] output, int first, int beyond) {
    int[][] seen = new int[beyond - first][];
    int[][] sums = new int[beyond - first][];
    for (int p = first; p < beyond; p++) {
      seen[p - first] = windows.at(centred, p / out.width(), p % out.width());
      sums[p - first] = bias.clone();
    }
    products.addTo(sums, seen);
    for (int p = first; p < beyond; p++) {
      requantization.pixel(sums[p - first], output, p * bias.length);
    }
  }
}
