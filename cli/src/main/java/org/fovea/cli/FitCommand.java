package org.fovea.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.BoardCatalogue;
import org.fovea.generator.board.Rtos;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.pipeline.Compiled;
import org.fovea.generator.pipeline.Fit;
import org.fovea.generator.pipeline.ModelFile;
import org.fovea.generator.plan.WeightsText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says whether a model fits, where, and what would help. */
@Command(
    name = "fit",
    aliases = "analyze",
    mixinStandardHelpOptions = true,
    description = {
      "Says for each board whether the model fits: every memory region, what fills it, the layer at"
          + " the peak.",
      "Exit code 0 only when every asked board fits; without --board, when any does."
    })
final class FitCommand implements Callable<Integer> {
  @Parameters(paramLabel = "MODEL", description = "A .tflite file.")
  private Path model;

  @Option(
      names = "--board",
      paramLabel = "ID|FILE",
      description = "A board's id or YAML file; may be repeated. Default: all known boards.")
  private List<String> boards = new ArrayList<>();

  @Option(names = "--rtos", description = "bare or freertos. Default: the board's own.")
  private Optional<Rtos> rtos = Optional.empty();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Mixin private PlanOptions plan;

  private final Terminal terminal;

  FitCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    List<Board> asked =
        boards.isEmpty()
            ? BoardCatalogue.all().stream().filter(this::runsTheRtos).toList()
            : boards.stream().map(BoardCatalogue::find).toList();
    Compiled compiled = Compiled.of(ModelFile.read(model), plan.goal(), plan.pixels());
    List<Fit> fits = asked.stream().map(b -> fit(compiled, b)).toList();
    if (json) {
      terminal.print(Json.text(FitReport.of(compiled, fits)));
    } else {
      print(compiled, fits);
    }
    boolean good =
        boards.isEmpty() ? fits.stream().anyMatch(Fit::fits) : fits.stream().allMatch(Fit::fits);
    return (good ? ExitCode.OK : ExitCode.DIFFERENT).code();
  }

  private boolean runsTheRtos(Board board) {
    return rtos.isEmpty() || board.rtos().contains(rtos.get());
  }

  private Fit fit(Compiled compiled, Board board) {
    return Fit.of(compiled, board, rtos.orElse(board.defaultRtos()));
  }

  private void print(Compiled compiled, List<Fit> fits) {
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
    for (Fit fit : fits) {
      terminal.print("");
      terminal.print("%-20s %s", fit.board().id(), fit.fits() ? "fits" : "does not fit");
      fit.allocation()
          .usedByName()
          .forEach(
              (name, used) -> {
                long size = fit.board().region(name).orElseThrow().usableBytes();
                terminal.print(
                    "  %-12s %11s of %11s %4d %%  %s",
                    name,
                    Sizes.text(used),
                    Sizes.text(size),
                    used * 100 / size,
                    contents(fit, name));
              });
      WeightsText.lines(fit.allocation().weights()).forEach(l -> terminal.print("  weights: " + l));
      fit.shortfalls().forEach(f -> terminal.print("  " + indented(f)));
      fit.board().accelerators().forEach(a -> terminal.print("  note: unused " + a));
    }
    if (fits.size() > 1) {
      terminal.print("");
      terminal.print(
          "Fits on: "
              + fits.stream()
                  .filter(Fit::fits)
                  .map(f -> f.board().id())
                  .collect(Collectors.joining(", ")));
    }
  }

  private static String contents(Fit fit, String region) {
    return String.join(
        ", ",
        fit.allocation().in(fit.board().region(region).orElseThrow()).stream()
            .map(p -> p.need().purpose().title() + " " + Sizes.text(p.need().bytes()))
            .toList());
  }

  private static String indented(Finding finding) {
    return finding.toString().replace("\n", "\n  ");
  }
}
