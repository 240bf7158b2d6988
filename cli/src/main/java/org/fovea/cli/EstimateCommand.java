package org.fovea.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.BoardCatalogue;
import org.fovea.generator.estimate.Estimate;
import org.fovea.generator.fault.UserFault;
import org.fovea.generator.kernel.KernelSet;
import org.fovea.generator.pipeline.Compiled;
import org.fovea.generator.pipeline.Fit;
import org.fovea.generator.pipeline.ModelFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says how long an inference may take. */
@Command(
    name = "estimate",
    mixinStandardHelpOptions = true,
    description = {
      "Estimates how long an inference takes on a board, layer by layer: computing, and reading"
          + " weights.",
      "By a cost model of the kernels; nothing is measured. Exit code 1 when the model does not fit."
    })
final class EstimateCommand implements Callable<Integer> {
  @Parameters(paramLabel = "MODEL", description = "A .tflite file.")
  private Path model;

  @Option(
      names = "--board",
      required = true,
      paramLabel = "ID|FILE",
      description = "A board's id or YAML file.")
  private String board;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Mixin private PlanOptions plan;

  @Mixin private SecondCoreOption secondCore;

  @Mixin private ClockOption clock;

  private final Terminal terminal;

  EstimateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Board on = clock.of(secondCore.of(BoardCatalogue.find(board)));
    ModelFile file = ModelFile.read(model);
    Compiled compiled =
        Compiled.of(file, plan.goal(), plan.pixels(), KernelSet.of(on.cpu().core()));
    Fit fit = Fit.of(compiled, on, on.defaultRtos());
    if (!fit.fits()) {
      throw new UserFault.DoesNotFit(fit.shortfalls());
    }
    Estimate estimate =
        Estimate.of(compiled.plan(), compiled.kernels(), fit.allocation().weights(), on);
    EstimateReport report = EstimateReport.of(fit, estimate);
    if (json) {
      terminal.print(Json.text(report));
    } else {
      print(report);
    }
    return ExitCode.OK.code();
  }

  private void print(EstimateReport report) {
    terminal.print(
        "%s: %s MAC on %s, %s %s at %d MHz",
        report.model(),
        Sizes.millions(report.macs()),
        report.board(),
        report.cores() == 1 ? "one" : "" + report.cores(),
        report.core(),
        report.hertz() / 1_000_000);
    terminal.print("Plan: %s", report.plan());
    terminal.print("%s.", report.basis());
    terminal.print("");
    terminal.print(
        "  %3s %-20s %-28s %6s %10s %11s  %s",
        "#", "layer", "kernel", "steps", "cycles/MAC", "compute ms", "weights read");
    report.layers().forEach(this::print);
    terminal.print("");
    EstimateReport.Total total = report.total();
    terminal.print(
        "  compute          %9.1f ms (%.1f ms by the less strict model)",
        total.computeMs(), total.computeMsMca());
    if (total.weightsMs() == null) {
      terminal.print("  weights            not known: this board's memories are emulated");
    } else {
      terminal.print("  weights          %9.1f ms", total.weightsMs());
      terminal.print("  one after other  %9.1f ms", total.ms());
    }
    terminal.print(
        "  between          %9.1f ms (reads and computing overlap) and %.1f ms (25 %% for what is not"
            + " modelled)",
        total.leastMs(), total.mostMs());
    EstimateReport.Published published = report.published();
    if (published != null) {
      terminal.print(
          "  published        %9.1f ms, measured by its maker with %s at %d MHz, weights of its own",
          published.ms(), published.engine(), published.hertz() / 1_000_000);
    }
  }

  private void print(EstimateReport.Layer layer) {
    terminal.print(
        "  %3d %-20s %-28s %6d %10s %11.2f  %s",
        layer.layer(),
        layer.name(),
        layer.kernel(),
        layer.steps(),
        layer.cyclesPerMac() == null ? "" : Sizes.decimals(layer.cyclesPerMac(), 3),
        layer.computeMs(),
        layer.region() == null ? "" : weights(layer));
  }

  private static String weights(EstimateReport.Layer layer) {
    String bytes = Sizes.text(layer.weightBytesRead()) + " from " + layer.region();
    return layer.weightsMs() == null
        ? bytes
        : Sizes.decimals(layer.weightsMs(), 2) + " ms: " + bytes;
  }
}
