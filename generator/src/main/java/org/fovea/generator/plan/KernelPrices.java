package org.fovea.generator.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.stream.LongStream;
import org.fovea.generator.kernel.KernelChoice;
import org.fovea.generator.kernel.KernelOptions;
import org.fovea.generator.lower.Network;

/**
 * What each layer's work falls to with more scratch: for every band the kernels of which none is
 * smaller and faster than another. Scratch that gains less than a hundredth is left.
 */
public final class KernelPrices {
  private static final int PARTS = 24;

  /** In small steps first: half of the sizes are below an eighth of the most. */
  private static final int FINE_SHARE = 8;

  private static final int WORTH_PERCENT = 99;

  private final Network network;
  private final Dataflow flow;
  private final List<KernelOptions> options;
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

  private KernelPrices(Network network, List<KernelOptions> options, long mostScratch) {
    this.network = network;
    this.flow = Dataflow.of(network);
    this.options = options;
    this.mostScratch = mostScratch;
    network.layers().forEach(layer -> byLayer.add(new ConcurrentHashMap<>()));
  }

  /**
   * The kernels that layers may have.
   *
   * @param mostScratch bytes; more is not asked for
   */
  public static KernelPrices of(Network network, List<KernelOptions> options, long mostScratch) {
    return new KernelPrices(network, options, mostScratch);
  }

  /** One kernel a layer, whatever it costs. */
  public static KernelPrices fixed(Network network, List<KernelChoice> kernels) {
    IntFunction<KernelOptions> only = i -> (mostScratch, stepRows) -> kernels.get(i);
    return new KernelPrices(
        network, network.layers().stream().map(l -> only.apply(l.index())).toList(), 0);
  }

  /** Kernels by ascending scratch and descending work. */
  List<Offer> offers(int layer, int bandRows) {
    return byLayer.get(layer).computeIfAbsent(bandRows, rows -> ask(layer, rows));
  }

  private List<Offer> ask(int layer, int bandRows) {
    List<Offer> offers = new ArrayList<>();
    for (long bytes : sizes().toArray()) {
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

  private LongStream sizes() {
    if (mostScratch == 0) {
      return LongStream.of(0);
    }
    LongStream fine = LongStream.range(0, PARTS).map(i -> mostScratch / FINE_SHARE * i / PARTS);
    LongStream coarse =
        LongStream.rangeClosed(0, PARTS)
            .map(
                i ->
                    mostScratch / FINE_SHARE
                        + (mostScratch - mostScratch / FINE_SHARE) * i / PARTS);
    return LongStream.concat(fine, coarse);
  }

  private Offer offer(int layer, int bandRows, KernelChoice kernel) {
    WorkEstimate estimate = WorkEstimate.of(network.layers().get(layer), kernel);
    return new Offer(kernel, estimate.layer(flow.height(layer + 1), bandRows));
  }
}
