package org.fovea.cli;

import java.util.ArrayList;
import java.util.List;
import org.fovea.generator.emit.Version;
import org.fovea.generator.fault.UserFault;
import org.fovea.host.bench.BenchSheet;
import org.fovea.host.bench.Benchmark;
import org.fovea.host.bench.BoardFigures;
import org.fovea.host.fault.Finding;
import org.fovea.host.fault.HostFault;

/**
 * What a benchmark of some boards came to.
 *
 * @param found of the boards that have figures, in the sheet's order
 * @param faults of the others
 */
record BenchOutcomes(BenchSheet sheet, List<Benchmark.Found> found, List<RuntimeException> faults) {

  /**
   * Compares, and gathers.
   *
   * @throws RuntimeException the first board's fault, with the others behind it, when none has
   *     figures
   */
  static BenchOutcomes of(List<BenchRun.Outcome> outcomes, BenchBaselines before) {
    List<BoardFigures> boards = new ArrayList<>();
    List<Benchmark.Found> found = new ArrayList<>();
    List<BenchSheet.Failure> failures = new ArrayList<>();
    List<RuntimeException> faults = new ArrayList<>();
    for (int i = 0; i < outcomes.size(); i++) {
      BenchTarget target = outcomes.get(i).target();
      if (outcomes.get(i) instanceof BenchRun.Outcome.Done done) {
        BoardFigures figures = before.compared(i, done.found().figures());
        boards.add(figures.figures().equals("measured") ? beside(figures, target) : figures);
        found.add(done.found());
      } else if (outcomes.get(i) instanceof BenchRun.Outcome.Failed failed) {
        faults.add(failed.fault());
        failures.add(
            new BenchSheet.Failure(
                target.deployment().board().id(), target.port(), findings(failed.fault())));
      }
    }
    if (boards.isEmpty()) {
      RuntimeException first = faults.get(0);
      faults.subList(1, faults.size()).forEach(first::addSuppressed);
      throw first;
    }
    return new BenchOutcomes(
        new BenchSheet(BenchSheet.FORMAT, Version.TEXT, boards, failures), found, faults);
  }

  /** A time of silicon may stand beside somebody else's. */
  private static BoardFigures beside(BoardFigures figures, BenchTarget target) {
    return figures.with(target.published());
  }

  private static List<Finding> findings(RuntimeException fault) {
    if (fault instanceof HostFault host) {
      return host.findings();
    }
    return ((UserFault) fault)
        .findings().stream()
            .map(f -> new Finding(f.where(), f.what(), f.why(), f.remedy()))
            .toList();
  }

  void print(Terminal terminal) {
    for (int i = 0; i < sheet.boards().size(); i++) {
      if (i > 0) {
        terminal.print("");
      }
      new BenchText(terminal, sheet.boards().get(i)).print();
    }
    faults.forEach(fault -> terminal.remark("fovea: " + fault.getMessage()));
  }

  /** A board without figures weighs more than one that became slower. */
  int exitCode() {
    if (!faults.isEmpty()) {
      return FaultHandler.exitCode(faults.get(0));
    }
    return sheet.holds() ? ExitCode.OK.code() : ExitCode.DIFFERENT.code();
  }
}
