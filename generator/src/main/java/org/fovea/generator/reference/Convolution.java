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
  private final Shape in;
  private final Shape out;
  private final Window window;
  private final Padding padding;
  private final Taps taps;
  private final int[] bias;
  private final List<QuantizedMultiplier> multipliers;
  private final int outZeroPoint;
  private final FixedPoint.Range range;

  private Convolution(
      Graph graph,
      TensorId input,
      TensorId output,
      Window window,
      Padding padding,
      FusedActivation activation,
      Taps taps,
      TensorId bias,
      List<QuantizedMultiplier> multipliers) {
    PerTensor y = (PerTensor) graph.tensor(output).quantization();
    this.in = graph.tensor(input).shape();
    this.out = graph.tensor(output).shape();
    this.window = window;
    this.padding = padding;
    this.taps = taps;
    this.bias = graph.tensor(bias).data().orElseThrow().toInt32();
    this.multipliers = multipliers;
    this.outZeroPoint = y.zeroPoint();
    this.range = FixedPoint.activationRange(activation, y.scale(), y.zeroPoint());
  }

  static Convolution of(Graph graph, Op.Conv2d op) {
    return new Convolution(
        graph,
        op.input(),
        op.output(),
        op.window(),
        op.padding(),
        op.activation(),
        Taps.dense(graph, op),
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
        Taps.depthwise(graph, op),
        op.bias(),
        ConvMultipliers.of(graph, op));
  }

  byte[] run(byte[] input, Rows rows) {
    byte[] output = new byte[(int) out.elements()];
    rows.each(out.height(), y -> row(input, output, y));
    return output;
  }

  private void row(byte[] input, byte[] output, int y) {
    int[] sums = new int[out.width() * out.channels()];
    for (int at = 0; at < sums.length; at += bias.length) {
      System.arraycopy(bias, 0, sums, at, bias.length);
    }
    for (int ky = 0; ky < window.height(); ky++) {
      int row = y * window.strideY() - padding.top() + ky * window.dilationY();
      if (row >= 0 && row < in.height()) {
        accumulate(input, row, ky, sums);
      }
    }
    for (int at = 0; at < sums.length; at += bias.length) {
      for (int c = 0; c < bias.length; c++) {
        int rescaled = multipliers.get(c).times(sums[at + c]);
        output[y * sums.length + at + c] = range.clamp(outZeroPoint + rescaled);
      }
    }
  }

  /** Adds what one input row gives through row {@code ky} of the window. */
  private void accumulate(byte[] input, int row, int ky, int[] sums) {
    for (int kx = 0; kx < window.width(); kx++) {
      int shift = kx * window.dilationX() - padding.left();
      int first = shift >= 0 ? 0 : (-shift + window.strideX() - 1) / window.strideX();
      int from = (row * in.width() + shift) * in.channels();
      int beyond = shift >= in.width() ? 0 : (in.width() - 1 - shift) / window.strideX() + 1;
      int tap = ky * window.width() + kx;
      taps.accumulate(
          tap,
          input,
          from,
          window.strideX() * in.channels(),
          sums,
          first,
          Math.min(out.width(), beyond));
    }
  }
}
