package org.fovea.generator.kernel;

import org.fovea.generator.ir.ConstData;
import org.fovea.generator.lower.Kernel;

/** What the sums of a convolution can be, whatever the input: from the actual weights. */
final class SumBounds {
  private SumBounds() {}

  /** How a kernel's weights lie. */
  enum Weights {
    /** [out channels][...] */
    BY_CHANNEL,
    /** [...][out channels] */
    BY_TAP;

    private int of(Kernel.ConvBody body, int channel, int i) {
      int filter = body.weights().size() / body.outChannels();
      return body.weights()
          .byteAt(this == BY_CHANNEL ? channel * filter + i : i * body.outChannels() + channel);
    }
  }

  /**
   * Bias less the input's zero point times the weights: what must be added to the sum of x times w.
   *
   * @param weights where each channel's weights are
   */
  static long[] foldedBias(Kernel.ConvBody body, Weights weights) {
    int filter = body.weights().size() / body.outChannels();
    int[] bias = body.bias().toInt32();
    long[] folded = new long[bias.length];
    for (int o = 0; o < bias.length; o++) {
      long sum = 0;
      for (int i = 0; i < filter; i++) {
        sum += weights.of(body, o, i);
      }
      folded[o] = bias[o] - body.inZeroPoint() * sum;
    }
    return folded;
  }

  /** Greatest magnitude of any sum, with any input from -128 to 127 and the folded bias. */
  static long greatest(Kernel.ConvBody body, Weights weights, long[] foldedBias) {
    int filter = body.weights().size() / body.outChannels();
    long greatest = 0;
    for (int o = 0; o < foldedBias.length; o++) {
      long low = foldedBias[o];
      long high = foldedBias[o];
      for (int i = 0; i < filter; i++) {
        int w = weights.of(body, o, i);
        low += Math.min(-128 * w, 127 * w);
        high += Math.max(-128 * w, 127 * w);
      }
      greatest = Math.max(greatest, Math.max(Math.abs(low), Math.abs(high)));
    }
    return greatest;
  }

  /** Whether a table never falls, so that the maximum may be taken before it. */
  static boolean neverFalls(ConstData table) {
    for (int i = 1; i < table.size(); i++) {
      if (table.byteAt(i) < table.byteAt(i - 1)) {
        return false;
      }
    }
    return true;
  }
}
