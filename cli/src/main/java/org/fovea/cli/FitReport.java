package org.fovea.cli;

import java.util.List;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.ir.PixelFormat;
import org.fovea.generator.pipeline.Compiled;
import org.fovea.generator.pipeline.Fit;
import org.fovea.generator.plan.MemoryPlan;
import org.fovea.generator.plan.PlanSummary;

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
          Math.round(1000.0 * summary.work() / Math.max(1, summary.leastWork())) / 1000.0);
    }
  }

  /** Where most of the activations are in use. */
  record Peak(int layer, String name, long bytes) {}

  /** One board. */
  record Verdict(
      String board,
      String rtos,
      boolean fits,
      List<RegionUse> regions,
      List<LayerWeights> weights,
      Double weightsMsSavedEstimated,
      List<Finding> shortfalls) {}

  /**
   * Where the weights of a layer lie.
   *
   * @param steps of an inference that read them
   */
  record LayerWeights(int layer, String region, long bytes, int steps, long bytesRead) {}

  /** One memory region that holds something. */
  record RegionUse(String name, String kind, long bytes, long used, List<Part> parts) {}

  /**
   * One use of it.
   *
   * @param exact whether the linker will come to the same number
   */
  record Part(String use, String section, long bytes, boolean exact) {}

  static FitReport of(Compiled compiled, List<Fit> fits) {
    MemoryPlan.Peak peak = compiled.plan().peak();
    return new FitReport(
        compiled.model().name(),
        compiled.model().sha256(),
        compiled.network().layers().size(),
        compiled.network().macs(),
        Plan.of(compiled.summary(), compiled.network().input().pixels()),
        compiled.plan().arenaBytes(),
        new Peak(peak.layer(), compiled.network().layers().get(peak.layer()).name(), peak.bytes()),
        fits.stream().map(FitReport::verdict).toList());
  }

  private static Verdict verdict(Fit fit) {
    return new Verdict(
        fit.board().id(),
        fit.rtos().id(),
        fit.fits(),
        fit.allocation().usedByName().entrySet().stream()
            .map(e -> region(fit, e.getKey(), e.getValue()))
            .toList(),
        fit.allocation().weights().places().stream()
            .map(
                p ->
                    new LayerWeights(
                        p.layer().layer(),
                        p.region().name(),
                        p.layer().bytes(),
                        p.layer().steps(),
                        p.layer().bytesRead()))
            .toList(),
        fit.allocation().weights().savedMicroseconds().map(us -> Math.rint(us) / 1000).orElse(null),
        fit.shortfalls());
  }

  private static RegionUse region(Fit fit, String name, long used) {
    var region = fit.board().region(name).orElseThrow();
    return new RegionUse(
        name,
        Sizes.lower(region.kind()),
        region.usableBytes(),
        used,
        fit.allocation().in(region).stream()
            .map(
                p ->
                    new Part(
                        p.need().purpose().title(),
                        p.section(),
                        p.need().bytes(),
                        p.need().exact()))
            .toList());
  }
}
