package org.fovea.cli;

import java.util.ArrayList;
import java.util.List;
import org.fovea.generator.board.Region;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.lower.Layer;
import org.fovea.generator.pipeline.Compiled;
import org.fovea.generator.pipeline.Fit;
import org.fovea.generator.pipeline.FitGrid;
import org.fovea.generator.plan.PlanGoal;
import org.fovea.generator.plan.Step;
import org.fovea.host.report.FitSheet;

/** What the page shows of some fits. */
final class FitSheets {
  private FitSheets() {}

  static FitSheet of(FitGrid grid) {
    Compiled compiled = grid.plans().get(0);
    return new FitSheet(
        compiled.model().name(),
        compiled.model().sha256(),
        facts(compiled),
        grid.plans().stream().map(FitSheets::plan).toList(),
        grid.rows().stream().map(FitSheets::board).toList());
  }

  private static List<FitSheet.Fact> facts(Compiled compiled) {
    Shape image = compiled.network().input().shape();
    return List.of(
        new FitSheet.Fact("Input", image.height() + "x" + image.width() + "x" + image.channels()),
        new FitSheet.Fact("Pixels", compiled.network().input().pixels().toString()),
        new FitSheet.Fact("Layers", "" + compiled.network().layers().size()),
        new FitSheet.Fact("Work", Sizes.millions(compiled.network().macs()) + " MAC an image"),
        new FitSheet.Fact(
            "Layer by layer", Sizes.text(compiled.summary().layerByLayerBytes()) + " of RAM"));
  }

  private static FitSheet.Plan plan(Compiled compiled) {
    PlanGoal goal = compiled.summary().goal();
    return new FitSheet.Plan(
        goal.maxArenaBytes().isPresent()
            ? "at most " + Sizes.text(goal.maxArenaBytes().getAsLong())
            : Sizes.lower(goal.objective()) + ", " + Sizes.lower(goal.input()),
        compiled.summary().text(),
        compiled.summary().workRatio(),
        compiled.plan().arenaBytes(),
        compiled.summary().lowerBoundBytes(),
        compiled.network().layers().stream().map(Layer::name).toList(),
        compiled.plan().steps().stream().map(Step::layer).toList(),
        compiled.plan().liveBytes(),
        compiled.plan().stretches().stream()
            .map(
                s ->
                    new FitSheet.Stretch(
                        s.layer(),
                        s.isScratch(),
                        s.offset(),
                        s.bytes(),
                        s.firstStep(),
                        s.lastStep()))
            .toList());
  }

  private static FitSheet.Board board(FitGrid.Row row) {
    Fit fit = row.shown();
    return new FitSheet.Board(
        row.board().id(),
        row.board().name(),
        fit.rtos().title(),
        row.fits().stream().map(FitSheets::cell).toList(),
        row.best(),
        fit.regionsInUse().stream().map(r -> region(fit, r)).toList(),
        row.board().accelerators(),
        fit.shortfalls().stream().map(FitSheets::text).toList(),
        row.remedies().stream()
            .map(r -> new FitSheet.Remedy(r.change(), r.outcome(), r.fits()))
            .toList());
  }

  private static String text(Finding finding) {
    return finding.where() + " " + finding.what() + ": " + finding.why();
  }

  private static FitSheet.Cell cell(Fit fit) {
    Region region = fit.shortest().orElse(fit.activationsRegion());
    return new FitSheet.Cell(
        fit.fits(), region.name(), fit.isOutside(), Math.abs(fit.missing(region)));
  }

  private static FitSheet.Region region(Fit fit, Region region) {
    List<FitSheet.Use> uses = new ArrayList<>();
    fit.allocation()
        .in(region)
        .forEach(p -> uses.add(new FitSheet.Use(p.need().purpose().title(), p.need().bytes())));
    long kept = fit.reserved().in(region.name());
    if (kept > 0) {
      uses.add(new FitSheet.Use(Fit.APPLICATION, kept));
    }
    return new FitSheet.Region(
        region.name(), Sizes.lower(region.kind()), fit.capacity(region), uses);
  }
}
