package org.fovea.cli;

import java.nio.file.Path;
import org.fovea.host.selftest.Check;
import org.fovea.host.selftest.SelfTestSheet;

/** A self-test as a terminal shows it. */
final class SelfTestText {
  private static final int SHOWN_NAME = 28;

  private SelfTestText() {}

  static void print(Terminal terminal, SelfTestSheet sheet, Path output) {
    terminal.print(
        "board     %s (%s), %s",
        sheet.project().boardName(), sheet.figures(), sheet.project().rtos());
    terminal.print("model     %s", sheet.project().model());
    terminal.print("");
    for (Check check : sheet.checks()) {
      terminal.print("%-10s  %s", check.verdict().text(), check.what());
      terminal.print("            %s", plain(check.found()));
      if (!check.remedy().isEmpty()) {
        terminal.print("            -> %s", check.remedy());
      }
    }
    terminal.print("");
    layers(terminal, sheet);
    terminal.print("verdict   %s", verdict(sheet));
    terminal.print("report    %s", output.resolve("selftest.html"));
  }

  private static void layers(Terminal terminal, SelfTestSheet sheet) {
    if (sheet.layers().isEmpty()) {
      return;
    }
    String unit = sheet.device().map(SelfTestSheet.Device::counter).orElse("ticks");
    terminal.print(
        "%3s %-28s %14s %14s %14s  %s", "#", "layer, " + unit, "least", "median", "most", "CRC");
    for (SelfTestSheet.LayerRow row : sheet.layers()) {
      terminal.print(
          "%3d %-28s %14s %14s %14s  %s",
          row.index(),
          name(row.name()),
          row.ticks().map(t -> Long.toString(t.min())).orElse("-"),
          row.ticks().map(t -> Long.toString(t.median())).orElse("-"),
          row.ticks().map(t -> Long.toString(t.max())).orElse("-"),
          row.equalsPc().map(e -> e ? "= PC" : "DIFFERS").orElse("not compared"));
    }
    terminal.print("");
  }

  private static String verdict(SelfTestSheet sheet) {
    long failed = sheet.checks().stream().filter(c -> c.verdict() == Check.Verdict.FAIL).count();
    if (failed > 0) {
      return "FAIL: " + failed + " of " + sheet.checks().size() + " checks";
    }
    long untested =
        sheet.checks().stream().filter(c -> c.verdict() == Check.Verdict.NOT_TESTED).count();
    return "PASS, " + untested + " not tested";
  }

  /** The end tells most; names come from an untrusted file. */
  private static String name(String name) {
    String plain = plain(name);
    return plain.length() <= SHOWN_NAME
        ? plain
        : "..." + plain.substring(plain.length() - SHOWN_NAME + 3);
  }

  private static String plain(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ");
  }
}
