package org.fovea.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.BoardCatalogue;
import org.fovea.generator.board.Rtos;
import org.fovea.generator.fault.UserFault;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.openvino.IrFiles;
import org.fovea.generator.pipeline.FitGrid;
import org.fovea.generator.pipeline.ModelFile;
import org.fovea.generator.pipeline.Plans;
import org.fovea.generator.plan.PlanGoal;
import org.fovea.generator.quantize.Quantizer;
import org.fovea.host.report.ReportWriter;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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
  @Parameters(paramLabel = "MODEL", description = "A .tflite file, or OpenVINO's .xml.")
  private Path model;

  @Option(
      names = "--board",
      paramLabel = "ID|FILE",
      description = "A board's id or YAML file; may be repeated. Default: all known boards.")
  private List<String> boards = new ArrayList<>();

  @Option(names = "--rtos", description = "bare or freertos. Default: the board's own.")
  private Optional<Rtos> rtos = Optional.empty();

  @Option(
      names = "--all",
      description = "A table of all plans: every objective, the image in rows and as a frame.")
  private boolean all;

  @ArgGroup private Form form = new Form();

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write a page too: verdicts, what fills each memory, each plan over time.")
  private Optional<Path> page = Optional.empty();

  @Mixin private PlanOptions plan;

  @Mixin private ReserveOptions reserve;

  @Mixin private SecondCoreOption secondCore;

  @Spec private CommandSpec spec;

  private final Terminal terminal;

  FitCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** How the results are printed. */
  static final class Form {
    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Option(names = "--csv", description = "Print CSV: a line a plan and board.")
    private boolean csv;
  }

  @Override
  public Integer call() {
    checkOptions();
    FitPlaces places =
        boards.isEmpty()
            ? FitPlaces.known(rtos, reserve.wishes())
            : FitPlaces.of(named(), rtos, reserve.wishes());
    page.ifPresent(ResultFile::checkPlace);
    Optional<IrFiles> ir =
        IrFiles.isXml(model) ? Optional.of(IrFiles.read(model)) : Optional.empty();
    Optional<UserFault.ModelRejected> refused = ir.flatMap(this::refused);
    if (refused.isPresent() && page.isEmpty() && !form.csv) {
      return counted(ir.get(), refused.get(), places);
    }
    refused.ifPresent(
        fault -> {
          throw fault;
        });
    FitGrid grid = PlanningNote.during(terminal, () -> grid(places));
    print(grid, places);
    page.ifPresent(
        file -> ResultFile.write(file, () -> ReportWriter.write(file, FitSheets.of(grid))));
    return exitCode(grid).code();
  }

  private List<Board> named() {
    return boards.stream().map(BoardCatalogue::find).map(secondCore::of).toList();
  }

  /** Why Fovea cannot run it; empty where it can. */
  private Optional<UserFault.ModelRejected> refused(IrFiles ir) {
    try {
      Quantizer.require(ir.model().graph());
      return Optional.empty();
    } catch (UserFault.ModelRejected e) {
      return Optional.of(e);
    }
  }

  /** Of a network that Fovea cannot run: would the memories hold it? */
  private int counted(IrFiles ir, UserFault.ModelRejected refused, FitPlaces places) {
    CensusFits fits =
        PlanningNote.during(
            terminal, () -> CensusFits.of(model, ir, places.places(), refused.findings()));
    if (form.json) {
      terminal.print(Json.text(fits));
    } else {
      fits.print(terminal);
    }
    return ExitCode.DIFFERENT.code();
  }

  /** A float network of OpenVINO is planned as the int8 model that it will become. */
  private ModelFile file() {
    ModelFile file = ModelFile.read(model);
    if (!IrFiles.isXml(model)) {
      return file;
    }
    terminal.remark(
        file.name() + ": planned as the int8 model that fovea quantize would make, near enough");
    Graph int8 = Quantizer.standIn(file.graph());
    return new ModelFile(file.path(), file.name(), file.sha256(), int8, file.card());
  }

  private FitGrid grid(FitPlaces places) {
    Plans plans = new Plans(file(), plan.pixels());
    List<PlanGoal> goals = all ? FitGrid.everyGoal() : List.of(plan.goal());
    return FitGrid.of(plans, goals, places.places());
  }

  /** Options that say which plan to take make no sense with all of them. */
  private void checkOptions() {
    if (boards.isEmpty() && secondCore.isSet()) {
      throw new ParameterException(
          spec.commandLine(), "--second-core speaks of certain boards: add --board");
    }
    for (String option : PlanOptions.NAMES) {
      if (all && spec.commandLine().getParseResult().hasMatchedOption(option)) {
        throw new ParameterException(
            spec.commandLine(), "--all plans for everything: leave " + option + " away");
      }
    }
  }

  private ExitCode exitCode(FitGrid grid) {
    Stream<Boolean> fits = grid.rows().stream().map(r -> r.best().isPresent());
    boolean good = boards.isEmpty() ? fits.anyMatch(f -> f) : fits.allMatch(f -> f);
    return good ? ExitCode.OK : ExitCode.DIFFERENT;
  }

  private void print(FitGrid grid, FitPlaces places) {
    if (form.json) {
      terminal.print(Json.text(all ? FitGridReport.of(grid) : FitReport.of(grid)));
    } else if (form.csv) {
      terminal.print(FitCsv.of(grid));
    } else {
      if (all) {
        new FitGridText(terminal, grid).print();
      } else {
        new FitText(terminal, grid).print();
      }
      if (!places.leftOut().isEmpty()) {
        terminal.print(
            "Left out, for they lack what is reserved: " + String.join(", ", places.leftOut()));
      }
    }
  }
}
