package org.fovea.generator.check;

import java.nio.ByteBuffer;
import org.fovea.generator.ir.Graph;

/** How far from zero the accumulators of a convolution can get, one bound per output channel. */
final class Accumulators {
  private Accumulators() {}

  /** {@code |bias| + distance * sum |weights|}. */
  static long[] bounds(Graph graph, Convolutional conv, int distance) {
    int channels = conv.channels(graph);
    ByteBuffer weights = conv.weights(graph).data().orElseThrow().view();
    int[] bias = conv.bias(graph).data().orElseThrow().toInt32();
    // Depthwise weights have the channel innermost, the others outermost.
    int perChannel = conv.depthwise() ? 1 : weights.remaining() / channels;
    long[] bounds = new long[channels];
    for (int i = 0; i < weights.limit(); i++) {
      bounds[i / perChannel % channels] += (long) distance * Math.abs((int) weights.get(i));
    }
    for (int c = 0; c < channels; c++) {
      bounds[c] += Math.abs((long) bias[c]);
    }
    return bounds;
  }
}
