package org.fovea.cli;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import org.fovea.generator.board.Region;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.ir.PixelFormat;
import org.fovea.generator.pipeline.Compiled;
import org.fovea.generator.pipeline.Fit;
import org.fovea.generator.pipeline.FitGrid;
import org.fovea.generator.pipeline.Remedy;
import org.fovea.generator.plan.Allocation;
import org.fovea.generator.plan.LayerReads;
import org.fovea.generator.plan.MemoryPlan;
import org.fovea.generator.plan.Need;
import org.fovea.generator.plan.PlanSummary;
import org.fovea.generator.plan.WeightPlacement;

/**
 * What {@code fovea fit --json} prints. Bytes.
 *
 * @param plan how the layers are scheduled
 */
record FitReport(
    String model,
    String sha256,
    int layers,
    long macs,
    Plan plan,
    long activations,
    Peak peak,
    List<Verdict> boards) {

  /**
   * What was chosen, and over what.
   *
   * @param text one line
   * @param input how the image comes: rows or frame
   * @param pixels what a row holds: rgb888, rgb565 or yuv422
   * @param lowerBound no placement of the plan's steps needs less
   * @param layerByLayer activations with every tensor held whole
   * @param workRatio estimated work over the least of any plan
   */
  record Plan(
      String text,
      String objective,
      String input,
      String pixels,
      long lowerBound,
      long layerByLayer,
      double workRatio) {

    static Plan of(PlanSummary summary, PixelFormat pixels) {
      return new Plan(
          summary.text(),
          Sizes.lower(summary.goal().objective()),
          Sizes.lower(summary.goal().input()),
          Sizes.lower(pixels),
          summary.lowerBoundBytes(),
          summary.layerByLayerBytes(),
          Math.round(1000 * summary.workRatio()) / 1000.0);
    }
  }

  /** Where most of the activations are in use. */
  record Peak(int layer, String name, long bytes) {}

  /**
   * One board.
   *
   * @param remedies what was tried, when it does not fit
   */
  record Verdict(
      String board,
      String rtos,
      boolean fits,
      List<RegionUse> regions,
      List<LayerWeights> weights,
      Double weightsMsSavedEstimated,
      List<Finding> shortfalls,
      List<Remedy> remedies,
      List<String> accelerators) {}

  /**
   * Where the weights of a layer lie.
   *
   * @param steps of an inference that read them
   */
  record LayerWeights(int layer, String region, long bytes, int steps, long bytesRead) {

    static LayerWeights of(WeightPlacement.Place p) {
      LayerReads reads = p.layer();
      return new LayerWeights(
          reads.layer(), p.region().name(), reads.bytes(), reads.steps(), reads.bytesRead());
    }
  }

  /** One memory region that holds something. */
  record RegionUse(String name, String kind, long bytes, long used, List<Part> parts) {}

  /**
   * One use of it.
   *
   * @param exact whether the linker will come to the same number
   */
  record Part(String use, String section, long bytes, boolean exact) {}

  /** Of the first plan, the only one. */
  static FitReport of(FitGrid grid) {
    Compiled compiled = grid.plans().get(0);
    MemoryPlan.Peak peak = compiled.plan().peak();
    return new FitReport(
        compiled.model().name(),
        compiled.model().sha256(),
        compiled.network().layers().size(),
        compiled.network().macs(),
        Plan.of(compiled.summary(), compiled.network().input().pixels()),
        compiled.plan().arenaBytes(),
        new Peak(peak.layer(), compiled.network().layers().get(peak.layer()).name(), peak.bytes()),
        grid.rows().stream().map(FitReport::verdict).toList());
  }

  private static Verdict verdict(FitGrid.Row row) {
    Fit fit = row.shown();
    String remedies = row.remedies().stream().map(Remedy::toString).collect(joining("; "));
    return new Verdict(
        fit.board().id(),
        fit.rtos().id(),
        fit.fits(),
        fit.regionsInUse().stream().map(r -> region(fit, r)).toList(),
        fit.allocation().weights().places().stream().map(LayerWeights::of).toList(),
        fit.allocation().weights().savedMicroseconds().map(us -> Math.rint(us) / 1000).orElse(null),
        fit.shortfalls(remedies),
        row.remedies(),
        fit.board().accelerators());
  }

  private static RegionUse region(Fit fit, Region region) {
    List<Part> parts = new ArrayList<>();
    for (Allocation.Placed p : fit.allocation().in(region)) {
      Need need = p.need();
      parts.add(new Part(need.purpose().title(), p.section(), need.bytes(), need.exact()));
    }
    long kept = fit.reserved().in(region.name());
    if (kept > 0) {
      parts.add(new Part(Fit.APPLICATION, "", kept, true));
    }
    return new RegionUse(
        region.name(), Sizes.lower(region.kind()), fit.capacity(region), fit.used(region), parts);
  }
}
