package org.fovea.cli;

import java.util.List;
import org.fovea.generator.board.Core;
import org.fovea.generator.estimate.Estimate;
import org.fovea.generator.estimate.KernelCosts;
import org.fovea.generator.estimate.LayerTime;
import org.fovea.generator.estimate.PublishedTime;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.pipeline.Fit;

/**
 * What {@code fovea estimate --json} prints. Every time is an estimate in milliseconds.
 *
 * @param cores that share the work; all figures are those of the busiest
 * @param basis says so
 * @param published what somebody else measured of the same network on this board, or null
 */
record EstimateReport(
    String model,
    String board,
    String core,
    int cores,
    long hertz,
    long macs,
    String plan,
    String basis,
    List<Layer> layers,
    Total total,
    Published published) {
  /**
   * One layer.
   *
   * @param cyclesPerMac null without multiplications
   * @param computeMs by the stricter of two models of the core
   * @param computeMsMca by the other: llvm-mca's where it has a schedule of the core
   * @param region that the weights are read from, null without any
   * @param weightBytesRead across its bus, caches considered
   * @param weightsMs null without weights, and where memories are emulated
   */
  record Layer(
      int layer,
      String name,
      String kernel,
      long steps,
      long macs,
      double instructions,
      Double cyclesPerMac,
      double computeMs,
      double computeMsMca,
      String region,
      Long weightBytesRead,
      Double weightsMs) {}

  /**
   * The inference.
   *
   * @param weightsMs null where memories are emulated
   * @param ms computing, then reading
   * @param leastMs the longer of both, computing by llvm-mca
   * @param mostMs the sum and 25 % for what is not modelled
   */
  record Total(
      double instructions,
      double computeMs,
      double computeMsMca,
      Double weightsMs,
      double ms,
      double leastMs,
      double mostMs) {}

  /** Somebody else's figure. */
  record Published(double ms, long hertz, String engine) {}

  static EstimateReport of(Fit fit, Estimate estimate) {
    var compiled = fit.compiled();
    Shape image = compiled.network().input().shape();
    return new EstimateReport(
        compiled.model().name(),
        fit.board().id(),
        fit.board().cpu().core().id(),
        estimate.cores(),
        estimate.hertz(),
        compiled.network().macs(),
        compiled.summary().shape(),
        basis(fit.board().cpu().core(), estimate.cores()),
        estimate.layers().stream().map(l -> layer(l, estimate)).toList(),
        total(estimate),
        compiled
            .model()
            .card()
            .flatMap(card -> PublishedTime.of(card.id(), image, fit.board().id()))
            .map(p -> new Published(p.milliseconds(), p.megahertz() * 1_000_000L, p.engine()))
            .orElse(null));
  }

  private static String basis(Core core, int cores) {
    String shared =
        cores == 1
            ? ""
            : "; the work of the busiest of "
                + cores
                + " cores, without what waking the other takes";
    return "Estimated by Fovea's cost model: instructions as QEMU counts them, cycles "
        + KernelCosts.basis(core)
        + "; at the core's default clock, without misses of the caches in activations and code"
        + shared;
  }

  private static Layer layer(LayerTime layer, Estimate estimate) {
    var cost = layer.compute();
    return new Layer(
        layer.index(),
        layer.name(),
        layer.kernel(),
        layer.steps(),
        layer.macs(),
        Math.rint(cost.instructions()),
        layer.macs() == 0 ? null : rounded(cost.strictCycles() / layer.macs()),
        ms(estimate.microseconds(cost.strictCycles())),
        ms(estimate.microseconds(cost.cycles())),
        layer.weights().map(LayerTime.WeightReads::region).orElse(null),
        layer.weights().map(LayerTime.WeightReads::bytes).orElse(null),
        estimate.knowsReads() ? layer.weights().map(w -> ms(w.microseconds())).orElse(null) : null);
  }

  private static Total total(Estimate estimate) {
    return new Total(
        Math.rint(estimate.compute().instructions()),
        ms(estimate.microseconds(estimate.compute().strictCycles())),
        ms(estimate.microseconds(estimate.compute().cycles())),
        estimate.knowsReads() ? ms(estimate.readMicroseconds()) : null,
        ms(estimate.sumMicroseconds()),
        ms(estimate.leastMicroseconds()),
        ms(estimate.mostMicroseconds()));
  }

  private static double ms(double microseconds) {
    return rounded(microseconds / 1000);
  }

  private static double rounded(double number) {
    return Math.rint(1000 * number) / 1000;
  }
}
