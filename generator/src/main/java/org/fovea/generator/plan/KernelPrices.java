package org.fovea.generator.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.fovea.generator.kernel.KernelChoice;
import org.fovea.generator.kernel.KernelOptions;
import org.fovea.generator.lower.Network;

/**
 * What each layer's work falls to with more scratch: for every band the kernels of which none is
 * smaller and faster than another. Scratch that gains less than a hundredth is left.
 */
public final class KernelPrices {
  private static final long LEAST_SCRATCH = 512;

  private static final int WORTH_PERCENT = 99;

  private final Network network;
  private final Dataflow flow;
  private final List<KernelOptions> options;
  private final long fairScratch;
  private final long mostScratch;
  private final List<Map<Integer, List<Offer>>> byLayer = new ArrayList<>();

  /**
   * A kernel.
   *
   * @param work of the whole layer in bands of some rows
   */
  record Offer(KernelChoice kernel, long work) {
    long scratchBytes() {
      return kernel.scratchBytes();
    }
  }

  private KernelPrices(
      Network network, List<KernelOptions> options, long fairScratch, long mostScratch) {
    this.network = network;
    this.flow = Dataflow.of(network);
    this.options = options;
    this.fairScratch = fairScratch;
    this.mostScratch = mostScratch;
    network.layers().forEach(layer -> byLayer.add(new ConcurrentHashMap<>()));
  }

  /**
   * The kernels that layers may have.
   *
   * @param fairScratch bytes that a kernel may have to count as the fastest
   * @param mostScratch bytes that it may have where they are free
   */
  public static KernelPrices of(
      Network network, List<KernelOptions> options, long fairScratch, long mostScratch) {
    return new KernelPrices(network, options, fairScratch, mostScratch);
  }

  /** One kernel a layer, whatever it costs. */
  public static KernelPrices fixed(Network network, List<KernelChoice> kernels) {
    List<KernelOptions> only = new ArrayList<>();
    kernels.forEach(kernel -> only.add((mostScratch, stepRows) -> kernel));
    return new KernelPrices(network, only, Long.MAX_VALUE, 0);
  }

  long fairScratch() {
    return fairScratch;
  }

  /** Kernels by ascending scratch and descending work. */
  List<Offer> offers(int layer, int bandRows) {
    return byLayer.get(layer).computeIfAbsent(bandRows, rows -> ask(layer, rows));
  }

  private List<Offer> ask(int layer, int bandRows) {
    List<Offer> offers = new ArrayList<>();
    for (long bytes : sizes()) {
      Offer next = offer(layer, bandRows, options.get(layer).within(bytes, bandRows));
      Offer last = offers.isEmpty() ? null : offers.get(offers.size() - 1);
      if (last != null && next.scratchBytes() <= last.scratchBytes() && next.work() < last.work()) {
        offers.remove(offers.size() - 1);
        last = null;
      }
      if (last == null || next.work() < last.work() / 100 * WORTH_PERCENT) {
        offers.add(next);
      }
    }
    return List.copyOf(offers);
  }

  /** Each a tenth larger than the one before. */
  private List<Long> sizes() {
    List<Long> sizes = new ArrayList<>(List.of(0L));
    for (long bytes = LEAST_SCRATCH; bytes < mostScratch; bytes += bytes / 10) {
      sizes.add(bytes);
    }
    sizes.add(mostScratch);
    return sizes;
  }

  private Offer offer(int layer, int bandRows, KernelChoice kernel) {
    WorkEstimate estimate = WorkEstimate.of(network.layers().get(layer), kernel);
    return new Offer(kernel, estimate.layer(flow.height(layer + 1), bandRows));
  }
}
