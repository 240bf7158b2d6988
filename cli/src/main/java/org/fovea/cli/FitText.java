package org.fovea.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.fovea.generator.board.Region;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.pipeline.Compiled;
import org.fovea.generator.pipeline.Fit;
import org.fovea.generator.pipeline.FitGrid;
import org.fovea.generator.plan.WeightsText;

/** What {@code fovea fit} prints of one plan: every region of every board. */
record FitText(Terminal terminal, FitGrid grid) {

  void print() {
    Compiled compiled = grid.plans().get(0);
    terminal.print(
        "%s: %d layers, %s MAC, activations and scratch %s",
        compiled.model().name(),
        compiled.network().layers().size(),
        Sizes.millions(compiled.network().macs()),
        Sizes.text(compiled.plan().arenaBytes()));
    if (compiled.network().input().isCamera()) {
      terminal.print("Image: %s, two bytes a pixel", compiled.network().input().pixels());
    }
    terminal.print("Plan: %s", compiled.summary().text());
    grid.rows().forEach(this::board);
    if (grid.rows().size() > 1) {
      terminal.print("");
      terminal.print("Fits on: " + names(grid));
    }
  }

  static String names(FitGrid grid) {
    return grid.rows().stream()
        .filter(r -> r.best().isPresent())
        .map(r -> r.board().id())
        .collect(
            Collectors.collectingAndThen(Collectors.joining(", "), s -> s.isEmpty() ? "none" : s));
  }

  private void board(FitGrid.Row row) {
    Fit fit = row.shown();
    terminal.print("");
    terminal.print("%-20s %s", fit.board().id(), fit.fits() ? "fits" : "does not fit");
    fit.regionsInUse().forEach(r -> region(fit, r));
    WeightsText.lines(fit.allocation().weights()).forEach(l -> terminal.print("  weights: " + l));
    remedies(terminal, row);
    if (fit.fits() && fit.isOutside()) {
      terminal.print(
          "  note: the activations lie in %s, another chip; --all shows plans that need less",
          fit.activationsRegion().name());
    }
    fit.board().accelerators().forEach(a -> terminal.print("  note: unused " + a));
  }

  private void region(Fit fit, Region region) {
    long size = fit.capacity(region);
    terminal.print(
        "  %-12s %11s of %11s %4d %%  %s",
        region.name(),
        Sizes.text(fit.used(region)),
        Sizes.text(size),
        fit.used(region) * 100 / size,
        contents(fit, region));
  }

  private static String contents(Fit fit, Region region) {
    List<String> parts = new ArrayList<>();
    fit.allocation()
        .in(region)
        .forEach(p -> parts.add(p.need().purpose().title() + " " + Sizes.text(p.need().bytes())));
    long kept = fit.reserved().in(region.name());
    if (kept > 0) {
      parts.add(Fit.APPLICATION + " " + Sizes.text(kept));
    }
    return String.join(", ", parts);
  }

  /** What is short, and what was tried against it. */
  static void remedies(Terminal terminal, FitGrid.Row row) {
    Fit fit = row.shown();
    for (Finding f : fit.shortfalls()) {
      terminal.print("  %s: %s: %s", f.where(), f.what(), f.why());
    }
    row.remedies().forEach(r -> terminal.print("    %s %s", r.fits() ? "->" : " x", r));
  }
}
