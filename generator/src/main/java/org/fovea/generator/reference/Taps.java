package org.fovea.generator.reference;

import org.fovea.generator.ir.ConstData;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Quantization.PerTensor;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.TensorId;

/**
 * The weights of a convolution, one tap of the window after the other, output channels innermost.
 */
interface Taps {
  /** Input channels whose products are added in one pass over the sums. */
  int BLOCK = 4;

  /**
   * Adds one tap's products to the sums of the pixels {@code first .. beyond - 1} of an output row.
   *
   * @param from where the input pixel of output pixel 0 starts (may lie outside the row)
   * @param step bytes from one output pixel's input to the next one's
   */
  void accumulate(int tap, byte[] in, int from, int step, int[] sums, int first, int beyond);

  /** One input channel goes to all output channels: an innermost loop that vectorises. */
  static Taps dense(Graph graph, Op.Conv2d op) {
    Shape ohwi = graph.tensor(op.weights()).shape();
    int outs = ohwi.dim(0);
    int ins = ohwi.dim(3);
    int inputs = (int) (ohwi.elements() / outs);
    int[] byInput = transposed(graph.tensor(op.weights()).data().orElseThrow(), outs, inputs);
    int zeroPoint = zeroPoint(graph, op.input());
    return (tap, in, from, step, sums, first, beyond) -> {
      int c = 0;
      for (; c + BLOCK <= ins; c += BLOCK) {
        int weights = (tap * ins + c) * outs;
        for (int x = first; x < beyond; x++) {
          multiplyAddBlock(
              in, from + x * step + c, zeroPoint, byInput, weights, sums, x * outs, outs);
        }
      }
      for (; c < ins; c++) {
        int weights = (tap * ins + c) * outs;
        for (int x = first; x < beyond; x++) {
          multiplyAdd(in[from + x * step + c] - zeroPoint, byInput, weights, sums, x * outs, outs);
        }
      }
    };
  }

  /** Output channel {@code o} sees input channel {@code o / depthMultiplier} only. */
  static Taps depthwise(Graph graph, Op.DepthwiseConv2d op) {
    int outs = graph.tensor(op.weights()).shape().channels();
    ConstData data = graph.tensor(op.weights()).data().orElseThrow();
    byte[] weights = data.toBytes();
    int multiplier = op.depthMultiplier();
    int zeroPoint = zeroPoint(graph, op.input());
    return (tap, in, from, step, sums, first, beyond) -> {
      for (int x = first; x < beyond; x++) {
        int at = from + x * step;
        int to = x * outs;
        for (int o = 0; o < outs; o += multiplier) {
          int value = in[at++] - zeroPoint;
          for (int m = o; m < o + multiplier; m++) {
            sums[to + m] += value * weights[tap * outs + m];
          }
        }
      }
    };
  }

  /** {@link #BLOCK} input channels at once: a quarter of the loads and stores of the sums. */
  private static void multiplyAddBlock(
      byte[] in,
      int from,
      int zeroPoint,
      int[] weights,
      int weight,
      int[] sums,
      int sum,
      int count) {
    int a = in[from] - zeroPoint;
    int b = in[from + 1] - zeroPoint;
    int c = in[from + 2] - zeroPoint;
    int d = in[from + 3] - zeroPoint;
    int wb = weight + count;
    int wc = wb + count;
    int wd = wc + count;
    for (int i = 0; i < count; i++) {
      sums[sum + i] +=
          a * weights[weight + i] + b * weights[wb + i] + c * weights[wc + i] + d * weights[wd + i];
    }
  }

  private static void multiplyAdd(
      int factor, int[] weights, int weight, int[] sums, int sum, int count) {
    for (int i = 0; i < count; i++) {
      sums[sum + i] += factor * weights[weight + i];
    }
  }

  private static int[] transposed(ConstData data, int outs, int inputs) {
    byte[] weights = data.toBytes();
    int[] byInput = new int[weights.length];
    for (int o = 0; o < outs; o++) {
      for (int i = 0; i < inputs; i++) {
        byInput[i * outs + o] = weights[o * inputs + i];
      }
    }
    return byInput;
  }

  private static int zeroPoint(Graph graph, TensorId id) {
    return ((PerTensor) graph.tensor(id).quantization()).zeroPoint();
  }
}
