package org.fovea.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.fovea.generator.board.Region;
import org.fovea.generator.pipeline.Fit;
import org.fovea.generator.pipeline.FitGrid;
import org.fovea.generator.plan.PlanSummary;

/** What {@code fovea fit --csv} prints: a line a plan and board. Bytes; RFC 4180. */
final class FitCsv {
  private static final List<String> HEAD =
      List.of(
          "model",
          "board",
          "rtos",
          "objective",
          "input",
          "activations",
          "work_ratio",
          "fits",
          "best",
          "region",
          "spare",
          "accelerators");

  private FitCsv() {}

  static String of(FitGrid grid) {
    StringBuilder csv = new StringBuilder(line(HEAD));
    for (FitGrid.Row row : grid.rows()) {
      for (int i = 0; i < row.fits().size(); i++) {
        boolean best = row.best().isPresent() && row.best().get() == i;
        csv.append('\n').append(line(cells(row.fits().get(i), best)));
      }
    }
    return csv.toString();
  }

  /** The region that is short by most, its spare bytes below 0; or that of the activations. */
  private static List<String> cells(Fit fit, boolean best) {
    PlanSummary plan = fit.compiled().summary();
    Region region = fit.shortest().orElse(fit.activationsRegion());
    return List.of(
        fit.compiled().model().name(),
        fit.board().id(),
        fit.rtos().id(),
        Sizes.lower(plan.goal().objective()),
        Sizes.lower(plan.goal().input()),
        String.valueOf(plan.arenaBytes()),
        String.format(Locale.ROOT, "%.3f", plan.workRatio()),
        String.valueOf(fit.fits()),
        String.valueOf(best),
        region.name(),
        String.valueOf(-fit.missing(region)),
        String.join("; ", fit.board().accelerators()));
  }

  private static String line(List<String> cells) {
    return cells.stream().map(FitCsv::quoted).collect(Collectors.joining(","));
  }

  private static String quoted(String cell) {
    return cell.matches("[A-Za-z0-9_. -]*") ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }
}
