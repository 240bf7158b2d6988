package org.fovea.cli;

import java.nio.file.Path;
import java.util.Locale;
import org.fovea.host.report.ValidationSheet;

/** A validation as a terminal shows it. */
final class ValidationText {
  private static final double EXACT_DB = 120;
  private static final int SHOWN_NAME = 28;

  private ValidationText() {}

  static void print(Terminal terminal, ValidationSheet sheet, Path output) {
    terminal.print("model     %s", sheet.model().file());
    terminal.print("against   %s, %d images", sheet.against().file(), sheet.images());
    terminal.print("");
    terminal.print(
        "%-4s %-18s %-28s %8s %8s %8s %9s %9s",
        "#", "operator", "tensor", "own dB", "SQNR dB", "cosine", "max steps", "beyond");
    sheet.worst().forEach(tensor -> print(terminal, sheet.row(tensor)));
    for (ValidationSheet.Unmatched u : sheet.unmatched()) {
      terminal.print(
          "not matched: %s, tensor %d '%s': %s",
          u.operator(), u.tensor(), name(u.name()), u.reason());
    }
    terminal.print("");
    for (ValidationSheet.Output o : sheet.outputs()) {
      terminal.print(
          "output %-2d %s dB, cosine %s",
          o.index(),
          o.sqnrDb().map(ValidationText::decibel).orElse("-"),
          o.cosine().map(c -> String.format(Locale.ROOT, "%.4f", c)).orElse("-"));
      o.tensor()
          .filter(tensor -> !sheet.worst().contains(tensor))
          .ifPresent(tensor -> causes(terminal, sheet.row(tensor)));
    }
    sheet.boxes().ifPresent(b -> print(terminal, b));
    sheet.accuracy().ifPresent(a -> print(terminal, a));
    for (ValidationSheet.Exactness e : sheet.exactness()) {
      terminal.print(
          "%-10s%s: %s",
          e.same().map(same -> same ? "same" : "DIFFERENT").orElse("-"), e.what(), e.text());
    }
    sheet.remarks().forEach(r -> terminal.print("note      %s", r));
    terminal.print(
        "verdict   %s",
        sheet.verdict().good()
            ? "good"
            : "NOT GOOD: " + String.join("; ", sheet.verdict().reasons()));
    terminal.print("report    %s", output.resolve("validation.html"));
  }

  private static void print(Terminal terminal, ValidationSheet.Row row) {
    terminal.print(
        "%-4d %-18s %-28s %8s %8s %8.4f %9.1f %8.3f%%",
        row.tensor(),
        row.operator(),
        name(row.name()),
        row.ownDb().map(ValidationText::decibel).orElse("-"),
        decibel(row.sqnrDb()),
        row.cosine(),
        row.maxErrorSteps(),
        100 * (row.saturatedLow() + row.saturatedHigh()));
    causes(terminal, row);
  }

  private static void causes(Terminal terminal, ValidationSheet.Row row) {
    for (ValidationSheet.Cause cause : row.causes()) {
      terminal.print("       %s: %s", cause.what(), cause.measured());
      terminal.print("       -> %s", cause.remedy());
    }
  }

  private static String decibel(double db) {
    return db >= EXACT_DB ? "exact" : String.format(Locale.ROOT, "%.1f", db);
  }

  /** The end tells most; names come from an untrusted file. */
  private static String name(String name) {
    String plain = name.replaceAll("\\p{Cntrl}+", " ");
    return plain.length() <= SHOWN_NAME
        ? plain
        : "..." + plain.substring(plain.length() - SHOWN_NAME + 3);
  }

  private static void print(Terminal terminal, ValidationSheet.Boxes b) {
    terminal.print(
        "boxes     float %d, int8 %d at score %.2f: %d the same (IoU %.3f, score off by %.3f), %d"
            + " lost, %d extra",
        b.floatBoxes(),
        b.int8Boxes(),
        b.score(),
        b.matched(),
        b.iou(),
        b.scoreDifference(),
        b.lost(),
        b.extra());
  }

  private static void print(Terminal terminal, ValidationSheet.Accuracy a) {
    terminal.print(
        "AP@0.5    float %.2f, int8 %.2f, drop %.2f points; AP@[.5:.95] float %.2f, int8 %.2f",
        100 * a.floatAp50(),
        100 * a.int8Ap50(),
        a.dropPoints(),
        100 * a.floatAp(),
        100 * a.int8Ap());
  }
}
