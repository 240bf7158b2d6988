package org.fovea.generator.plan;

import java.util.List;
import java.util.Optional;
import org.fovea.generator.kernel.KernelChoice;
import org.fovea.generator.kernel.KernelWork;
import org.fovea.generator.lower.Kernel;
import org.fovea.generator.lower.Layer;
import org.fovea.generator.lower.Network;

/**
 * What one layer's steps cost, in the units of {@link KernelWork}. An estimate that ranks plans of
 * one network; no time of any board.
 *
 * @param poolStep convolution rows that the next output row begins after
 * @param poolReach convolution rows of one output row
 */
record WorkEstimate(KernelWork kernel, int poolStep, int poolReach) {
  private static final long PER_STEP = 2000;

  static List<WorkEstimate> of(Network network, List<KernelChoice> kernels) {
    return network.layers().stream().map(l -> of(l, kernels.get(l.index()))).toList();
  }

  static WorkEstimate of(Layer layer, KernelChoice kernel) {
    Optional<Kernel.ConvBody> body = Constants.body(layer.kernel());
    return new WorkEstimate(
        kernel.work(),
        body.map(b -> b.pool().window().strideY()).orElse(1),
        body.map(b -> b.pool().window().height()).orElse(1));
  }

  /** Rows that windows of two bands share are computed twice. */
  long step(int rows) {
    return PER_STEP + kernel.of(rows, poolStep, poolReach);
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
