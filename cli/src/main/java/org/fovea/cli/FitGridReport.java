package org.fovea.cli;

import java.util.List;
import java.util.Optional;
import org.fovea.generator.pipeline.Compiled;
import org.fovea.generator.pipeline.Fit;
import org.fovea.generator.pipeline.FitGrid;
import org.fovea.generator.pipeline.Remedy;

/** What {@code fovea fit --all --json} prints. Bytes. */
record FitGridReport(
    String model, String sha256, int layers, long macs, List<Plan> plans, List<Row> boards) {

  /** A column. */
  record Plan(FitReport.Plan plan, long activations) {}

  /**
   * A board.
   *
   * @param best index into the plans: of those that fit, the one of least work
   * @param cells one a plan
   * @param remedies what was tried, where no plan fits
   */
  record Row(
      String board,
      String rtos,
      boolean fits,
      Optional<Integer> best,
      List<Cell> cells,
      List<String> accelerators,
      List<Remedy> remedies) {}

  /**
   * A plan on a board.
   *
   * @param activations bytes, with the kernels of the board's core
   * @param spare bytes left in the region of the activations, when it fits
   */
  record Cell(boolean fits, long activations, Optional<Long> spare, List<Shortage> shortages) {}

  /** A region that is too small. */
  record Shortage(String region, long missing) {}

  static FitGridReport of(FitGrid grid) {
    Compiled compiled = grid.plans().get(0);
    return new FitGridReport(
        compiled.model().name(),
        compiled.model().sha256(),
        compiled.network().layers().size(),
        compiled.network().macs(),
        grid.plans().stream()
            .map(
                p ->
                    new Plan(
                        FitReport.Plan.of(p.summary(), p.network().input().pixels()),
                        p.plan().arenaBytes()))
            .toList(),
        grid.rows().stream().map(FitGridReport::row).toList());
  }

  private static Row row(FitGrid.Row row) {
    return new Row(
        row.board().id(),
        row.fits().get(0).rtos().id(),
        row.best().isPresent(),
        row.best(),
        row.fits().stream().map(FitGridReport::cell).toList(),
        row.board().accelerators(),
        row.remedies());
  }

  private static Cell cell(Fit fit) {
    return new Cell(
        fit.fits(),
        fit.compiled().plan().arenaBytes(),
        fit.fits() ? Optional.of(fit.spare()) : Optional.empty(),
        fit.allocation().overfull().stream()
            .map(r -> new Shortage(r.name(), fit.missing(r)))
            .toList());
  }
}
