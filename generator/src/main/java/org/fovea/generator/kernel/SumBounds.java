package org.fovea.generator.kernel;

import org.fovea.generator.ir.ConstData;
import org.fovea.generator.lower.Kernel;

/** What the sums of a convolution can be, whatever the input: from the actual weights. */
final class SumBounds {
  private SumBounds() {}

  /**
   * Bias less the input's zero point times the weights: what must be added to the sum of x times w.
   *
   * @param body whose weights are [out channels][...]
   */
  static long[] foldedBias(Kernel.ConvBody body) {
    int filter = body.weights().size() / body.outChannels();
    int[] bias = body.bias().toInt32();
    long[] folded = new long[bias.length];
    for (int o = 0; o < bias.length; o++) {
      long sum = 0;
      for (int i = 0; i < filter; i++) {
        sum += body.weights().byteAt(o * filter + i);
      }
      folded[o] = bias[o] - body.inZeroPoint() * sum;
    }
    return folded;
  }

  /** Greatest magnitude of any sum, with any input from -128 to 127 and the folded bias. */
  static long greatest(Kernel.ConvBody body, long[] foldedBias) {
    int filter = body.weights().size() / body.outChannels();
    long greatest = 0;
    for (int o = 0; o < foldedBias.length; o++) {
      long low = foldedBias[o];
      long high = foldedBias[o];
      for (int i = o * filter; i < (o + 1) * filter; i++) {
        int w = body.weights().byteAt(i);
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
