package org.fovea.cli;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import org.fovea.generator.fault.Finding;

/**
 * What became of each step of a check, in their order.
 *
 * @param good whether none failed
 */
record CheckSheet(String card, String file, boolean good, List<Step> steps) {

  /** How a step ended. */
  enum State {
    OK,
    FAILED,
    SKIPPED
  }

  /**
   * One step.
   *
   * @param text what was seen, in a line
   * @param findings why it failed
   * @param code of a process that ends with this step's failure
   */
  record Step(
      String name, State state, String text, List<Finding> findings, @JsonIgnore ExitCode code) {

    static Step ok(String name, String text) {
      return new Step(name, State.OK, text, List.of(), ExitCode.OK);
    }

    static Step skipped(String name, String why) {
      return new Step(name, State.SKIPPED, why, List.of(), ExitCode.OK);
    }

    static Step failed(String name, String text, List<Finding> findings, ExitCode code) {
      return new Step(name, State.FAILED, text, findings, code);
    }
  }

  static CheckSheet of(String card, String file, List<Step> steps) {
    boolean good = steps.stream().noneMatch(s -> s.state() == State.FAILED);
    return new CheckSheet(card, file, good, List.copyOf(steps));
  }

  /** That of the worst failure: what cannot run at all comes before what merely differs. */
  ExitCode exitCode() {
    return steps.stream()
        .filter(s -> s.state() == State.FAILED)
        .map(Step::code)
        .max((a, b) -> Integer.compare(a.code(), b.code()))
        .orElse(ExitCode.OK);
  }
}
