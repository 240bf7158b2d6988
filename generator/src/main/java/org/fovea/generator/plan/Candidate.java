package org.fovea.generator.plan;

import java.util.List;
import org.fovea.generator.kernel.KernelChoice;

/**
 * A cut with its kernels and offsets.
 *
 * @param offers one a layer
 */
record Candidate(Cuts.Cut cut, List<KernelPrices.Offer> offers, MemoryPlan plan) {
  /** With the kernels of the cut. */
  static Candidate of(SegmentLives lives, Cuts cuts, Cuts.Cut cut, OffsetAllocator.Effort effort) {
    return of(lives, cut, cuts.kernels(cut.segments(), cut.allowedBytes()), effort);
  }

  static Candidate of(
      SegmentLives lives,
      Cuts.Cut cut,
      List<KernelPrices.Offer> offers,
      OffsetAllocator.Effort effort) {
    PlanBuilder builder = new PlanBuilder(lives.network(), lives.flow(), kernels(offers));
    return new Candidate(cut, offers, builder.build(cut.segments(), lives.input(), effort));
  }

  private static List<KernelChoice> kernels(List<KernelPrices.Offer> offers) {
    return offers.stream().map(KernelPrices.Offer::kernel).toList();
  }

  long bytes() {
    return plan.arenaBytes();
  }

  long work() {
    return offers.stream().mapToLong(KernelPrices.Offer::work).sum();
  }

  List<KernelChoice> kernels() {
    return kernels(offers);
  }
}
