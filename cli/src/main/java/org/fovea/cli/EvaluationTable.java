package org.fovea.cli;

import java.util.Locale;
import org.fovea.host.evaluate.Evaluation;
import org.fovea.host.evaluate.Scores;

/** The figures as a terminal shows them. */
final class EvaluationTable {
  private EvaluationTable() {}

  static void print(Terminal terminal, Evaluation evaluation, Scores scores) {
    terminal.print("model     %s", evaluation.subject().file());
    terminal.print("engine    %s", evaluation.subject().engine());
    terminal.print("pixels    %s", evaluation.subject().pixels());
    terminal.print(
        "dataset   %s: %d images, %d objects, %s labels",
        evaluation.dataset().name(),
        evaluation.dataset().images().size(),
        evaluation.dataset().objects(),
        Sizes.lower(evaluation.dataset().format()));
    terminal.print(
        "scorer    %s: %s", evaluation.scorer().name(), evaluation.scorer().definition());
    terminal.print("");
    terminal.print("%-24s %8s %8s %12s", "class", "objects", "AP@0.5", "AP@[.5:.95]");
    for (int k = 0; k < scores.classes().size(); k++) {
      Scores.OfClass own = scores.classes().get(k);
      row(
          terminal,
          evaluation.dataset().classes().get(k).name(),
          own.truths(),
          own.ap50(),
          own.ap());
    }
    long objects = scores.classes().stream().mapToLong(Scores.OfClass::truths).sum();
    row(terminal, "all", objects, scores.ap50(), scores.ap());
    if (evaluation.subject().weights().equals("pseudo-random")) {
      terminal.print("The model's weights are pseudo-random: these figures mean nothing.");
    }
  }

  private static void row(Terminal terminal, String name, long objects, double ap50, double ap) {
    terminal.print("%-24s %8d %8s %12s", name, objects, percent(ap50), percent(ap));
  }

  private static String percent(double value) {
    return value == Scores.NONE ? "-" : String.format(Locale.ROOT, "%.2f", 100 * value);
  }
}
