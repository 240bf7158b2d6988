package org.fovea.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.fovea.generator.board.Region;
import org.fovea.generator.pipeline.Compiled;
import org.fovea.generator.pipeline.Fit;
import org.fovea.generator.pipeline.FitGrid;
import org.fovea.generator.plan.PlanGoal;

/** What {@code fovea fit --all} prints: a row a board, a column a plan. */
record FitGridText(Terminal terminal, FitGrid grid) {
  private static final int GAP = 2;

  void print() {
    Compiled compiled = grid.plans().get(0);
    terminal.print(
        "%s: %d layers, %s MAC, %d plans",
        compiled.model().name(),
        compiled.network().layers().size(),
        Sizes.millions(compiled.network().macs()),
        grid.plans().size());
    terminal.print("");
    List<List<String>> lines = new ArrayList<>();
    lines.add(line("", p -> Sizes.lower(p.goal().input()), "best"));
    lines.add(line("", p -> Sizes.lower(p.goal().objective()), ""));
    lines.add(line("activations", p -> Sizes.text(p.arenaBytes()), ""));
    lines.add(
        line("work, times the least", p -> String.format(Locale.ROOT, "%.2f", p.workRatio()), ""));
    grid.rows().forEach(r -> lines.add(board(r)));
    table(lines);
    for (FitGrid.Row row : grid.rows()) {
      if (row.best().isEmpty()) {
        terminal.print("");
        FitText.remedies(terminal, row);
      }
    }
    accelerators();
    terminal.print("Fits on: " + FitText.names(grid));
  }

  private List<String> line(
      String head,
      java.util.function.Function<org.fovea.generator.plan.PlanSummary, String> cell,
      String tail) {
    List<String> line = new ArrayList<>(List.of(head));
    grid.plans().forEach(p -> line.add(cell.apply(p.summary())));
    line.add(tail);
    return line;
  }

  private static List<String> board(FitGrid.Row row) {
    List<String> line = new ArrayList<>(List.of(row.board().id()));
    row.fits().forEach(f -> line.add(cell(f)));
    line.add(row.best().map(i -> words(row.fits().get(i))).orElse("none"));
    return line;
  }

  static String words(Fit fit) {
    PlanGoal goal = fit.compiled().summary().goal();
    return Sizes.lower(goal.input()) + " " + Sizes.lower(goal.objective());
  }

  /** The region that is short by most, in whole KiB. */
  private static String cell(Fit fit) {
    return fit.shortest().map(r -> missing(fit, r)).orElseGet(() -> good(fit));
  }

  /** Names the region of the activations when it is another chip. */
  private static String good(Fit fit) {
    return fit.isOutside() ? "fits " + fit.activationsRegion().name() : "fits";
  }

  private static String missing(Fit fit, Region region) {
    return region.name() + " -" + (fit.missing(region) + 1023) / 1024 + "K";
  }

  private void table(List<List<String>> lines) {
    int[] widths = new int[lines.get(0).size()];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length() + GAP);
      }
    }
    for (List<String> line : lines) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        text.append(line.get(i)).append(" ".repeat(widths[i] - line.get(i).length()));
      }
      terminal.print(text.toString().stripTrailing());
    }
  }

  private void accelerators() {
    terminal.print("");
    for (FitGrid.Row row : grid.rows()) {
      for (String accelerator : row.board().accelerators()) {
        terminal.print("%s: note: unused %s", row.board().id(), accelerator);
      }
    }
  }
}
