package org.fovea.generator.reference;

import java.util.stream.IntStream;
import org.fovea.generator.ir.ConstData;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Shape;

/**
 * The sums of products of a convolution. Each inner loop goes over the output channels of one pixel
 * and has one index into arrays of their own: HotSpot makes vector instructions of that.
 */
interface Products {
  /**
   * Adds each window's products to its pixel's sums.
   *
   * @param windows per pixel, input values less their zero point: row, column, channel; 0 beside
   *     the image
   * @param sums per pixel, one for each output channel
   */
  void addTo(int[][] sums, int[][] windows);

  /** Each weight that is loaded serves all pixels. */
  static Products dense(Graph graph, Op.Conv2d op) {
    int[][] weights = byInput(graph, op);
    return (sums, windows) -> {
      int k = 0;
      for (; k + 4 <= weights.length; k += 4) {
        for (int p = 0; p < sums.length; p++) {
          addFour(sums[p], windows[p], k, weights);
        }
      }
      for (; k < weights.length; k++) {
        for (int p = 0; p < sums.length; p++) {
          addOne(sums[p], windows[p][k], weights[k]);
        }
      }
    };
  }

  /** Four inputs at once: a quarter of the loads and stores of the sums. */
  private static void addFour(int[] sums, int[] window, int k, int[][] weights) {
    int a = window[k];
    int b = window[k + 1];
    int c = window[k + 2];
    int d = window[k + 3];
    int[] ofA = weights[k];
    int[] ofB = weights[k + 1];
    int[] ofC = weights[k + 2];
    int[] ofD = weights[k + 3];
    for (int o = 0; o < sums.length; o++) {
      sums[o] += a * ofA[o] + b * ofB[o] + c * ofC[o] + d * ofD[o];
    }
  }

  private static void addOne(int[] sums, int a, int[] weights) {
    for (int o = 0; o < sums.length; o++) {
      sums[o] += a * weights[o];
    }
  }

  /** Output channel {@code o} sees input channel {@code o / depthMultiplier} only. */
  static Products depthwise(Graph graph, Op.DepthwiseConv2d op) {
    ConstData data = graph.tensor(op.weights()).data().orElseThrow();
    byte[] bytes = data.toBytes();
    int[] weights = IntStream.range(0, bytes.length).map(i -> bytes[i]).toArray();
    return (sums, windows) -> {
      for (int p = 0; p < sums.length; p++) {
        int[] window = repeated(windows[p], op.depthMultiplier());
        for (int at = 0; at < weights.length; at += sums[p].length) {
          addEach(sums[p], window, weights, at);
        }
      }
    };
  }

  private static void addEach(int[] sums, int[] window, int[] weights, int at) {
    for (int o = 0; o < sums.length; o++) {
      sums[o] += window[at + o] * weights[at + o];
    }
  }

  private static int[] repeated(int[] values, int times) {
    if (times == 1) {
      return values;
    }
    int[] repeated = new int[values.length * times];
    for (int i = 0; i < repeated.length; i++) {
      repeated[i] = values[i / times];
    }
    return repeated;
  }

  /** The weights of each input of the window, for all output channels. */
  private static int[][] byInput(Graph graph, Op.Conv2d op) {
    Shape ohwi = graph.tensor(op.weights()).shape();
    ConstData data = graph.tensor(op.weights()).data().orElseThrow();
    byte[] weights = data.toBytes();
    int outs = ohwi.dim(0);
    int[][] byInput = new int[weights.length / outs][outs];
    for (int k = 0; k < byInput.length; k++) {
      for (int o = 0; o < outs; o++) {
        byInput[k][o] = weights[o * byInput.length + k];
      }
    }
    return byInput;
  }
}
