package org.fovea.generator.plan;

import java.util.List;
import org.fovea.generator.kernel.KernelChoice;
import org.fovea.generator.kernel.KernelSet;
import org.fovea.generator.lower.Layer;
import org.fovea.generator.lower.Network;

/** Parts long convolution steps by their output channels, so that rows wait for none for long. */
final class ChannelParts {
  /** Channels of one part are a multiple of what the kernel computes together: 3, 4 or 8. */
  private static final int LANES = 24;

  /** Plain C computes any number. */
  private static final int PORTABLE_LANES = 8;

  private final Network network;
  private final List<KernelChoice> kernels;
  private final List<WorkEstimate> work;
  private final long longest;

  /**
   * @param longest work of one step that is aimed at
   */
  ChannelParts(Network network, List<KernelChoice> kernels, long longest) {
    this.network = network;
    this.kernels = kernels;
    this.work = WorkEstimate.of(network, kernels);
    this.longest = longest;
  }

  Bands of(Bands bands) {
    Bands parted = new Bands();
    for (int i = 0; i < bands.size(); i++) {
      Layer layer = network.layers().get(bands.layer(i));
      int channels = layer.outputShape().channels();
      int part =
          Constants.body(layer.kernel()).isPresent() ? channels(bands, i, channels) : channels;
      for (int at = 0; at < channels; at += part) {
        parted.add(
            bands.layer(i), bands.firstRow(i), bands.rows(i), at, Math.min(part, channels - at));
      }
    }
    return parted;
  }

  private int channels(Bands bands, int i, int channels) {
    long all = work.get(bands.layer(i)).step(bands.rows(i));
    long parts = (all + longest - 1) / longest;
    long part = (channels + parts - 1) / parts;
    String variant = kernels.get(bands.layer(i)).variant();
    int lanes = variant.equals(KernelSet.PORTABLE.folder()) ? PORTABLE_LANES : LANES;
    return (int) Math.min(channels, (part + lanes - 1) / lanes * lanes);
  }

  /** Estimated work of each step. */
  long[] steps(Bands bands) {
    long[] steps = new long[bands.size()];
    for (int i = 0; i < steps.length; i++) {
      int all = network.layers().get(bands.layer(i)).outputShape().channels();
      steps[i] = work.get(bands.layer(i)).step(bands.rows(i), bands.channels(i), all);
    }
    return steps;
  }
}
