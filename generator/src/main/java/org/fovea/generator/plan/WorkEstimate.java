package org.fovea.generator.plan;

import java.util.List;
import java.util.Optional;
import org.fovea.generator.lower.Kernel;
import org.fovea.generator.lower.Layer;
import org.fovea.generator.lower.Network;

/**
 * What one layer's steps cost, in units of one multiplication. An estimate that ranks plans of one
 * network; no time of any board.
 *
 * @param perStep reading the weights once, and the driver
 * @param perRow of the convolution, or of the output where there is none
 * @param poolStep convolution rows that the next output row begins after
 * @param poolReach convolution rows of one output row
 */
record WorkEstimate(long perStep, long perRow, int poolStep, int poolReach) {
  /** A weight crosses an external flash at a quarter of a byte per cycle. */
  private static final long PER_WEIGHT_BYTE = 4;

  private static final long PER_STEP = 2000;

  static List<WorkEstimate> of(Network network) {
    return network.layers().stream().map(WorkEstimate::of).toList();
  }

  private static WorkEstimate of(Layer layer) {
    Optional<Kernel.ConvBody> body = Constants.body(layer.kernel());
    long height = body.map(Kernel.ConvBody::convHeight).orElse(layer.outputShape().height());
    long rowBytes = (long) layer.outputShape().width() * layer.outputShape().channels();
    return new WorkEstimate(
        PER_STEP + PER_WEIGHT_BYTE * body.map(b -> (long) b.weights().size()).orElse(0L),
        Math.max(rowBytes, layer.macs() / Math.max(1, height)),
        body.map(b -> b.pool().window().strideY()).orElse(1),
        body.map(b -> b.pool().window().height()).orElse(1));
  }

  /** Rows that windows of two bands share are computed twice. */
  long step(int rows) {
    return perStep + perRow * ((long) (rows - 1) * poolStep + poolReach);
  }

  /** The same for some of all channels. */
  long step(int rows, int channels, int all) {
    return PER_STEP + (step(rows) - PER_STEP) * Math.min(channels, all) / all;
  }

  /** All steps of one layer. */
  long layer(int height, int bandRows) {
    int last = height % bandRows;
    return height / bandRows * step(bandRows) + (last > 0 ? step(last) : 0);
  }
}
