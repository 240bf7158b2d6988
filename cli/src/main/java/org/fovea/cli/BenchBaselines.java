package org.fovea.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.fovea.host.bench.Baseline;
import org.fovea.host.bench.BaselineFile;
import org.fovea.host.bench.BoardFigures;
import org.fovea.host.fault.ManifestRejected;

/**
 * Earlier figures of the boards that are measured, in their order.
 *
 * @param file as the user names it
 * @param boards empty without a baseline
 */
record BenchBaselines(String file, List<Baseline> boards, OptionalDouble tolerance) {

  /**
   * Reads a file and holds it against the projects, before any slow work.
   *
   * @throws ManifestRejected when it is of others
   */
  static BenchBaselines read(
      Optional<Path> file, List<BenchTarget> targets, OptionalDouble tolerance) {
    if (file.isEmpty()) {
      return new BenchBaselines("", List.of(), tolerance);
    }
    String name = file.get().toString();
    List<Baseline> boards = BaselineFile.read(file.get());
    if (boards.size() != targets.size()) {
      throw new ManifestRejected(
          name,
          "has figures of " + boards.size() + " boards, and " + targets.size() + " are asked for",
          "Boards are compared one by one, in their order",
          "Name the same boards as when it was made");
    }
    for (int i = 0; i < boards.size(); i++) {
      boards.get(i).check(name, targets.get(i).deployment());
    }
    return new BenchBaselines(name, boards, tolerance);
  }

  /** The figures of one board beside its baseline, where there is one. */
  BoardFigures compared(int index, BoardFigures now) {
    return boards.isEmpty()
        ? now
        : now.with(Baseline.changes(file, boards.get(index), Baseline.of(now), tolerance));
  }
}
