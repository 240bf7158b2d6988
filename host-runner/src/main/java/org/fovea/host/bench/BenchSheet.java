package org.fovea.host.bench;

import java.util.List;
import org.fovea.host.fault.Finding;

/**
 * A benchmark of one or more boards.
 *
 * @param format of its JSON
 * @param tool version of Fovea
 * @param failures boards that gave no figures
 */
public record BenchSheet(
    int format, String tool, List<BoardFigures> boards, List<Failure> failures) {
  public static final int FORMAT = 1;

  public BenchSheet {
    boards = List.copyOf(boards);
    failures = List.copyOf(failures);
  }

  /** A board that gave no figures, and why. */
  public record Failure(String board, String port, List<Finding> findings) {
    public Failure {
      findings = List.copyOf(findings);
    }
  }

  /** Whether nothing became worse than its baseline allows. */
  public boolean holds() {
    return boards.stream().allMatch(BoardFigures::holds);
  }
}
