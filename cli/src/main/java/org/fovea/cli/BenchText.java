package org.fovea.cli;

import java.util.Locale;
import org.fovea.host.bench.BoardFigures;
import org.fovea.host.bench.Change;
import org.fovea.host.bench.Spread;

/** A board's figures as a terminal shows them. */
record BenchText(Terminal terminal, BoardFigures board) {
  private static final int SHOWN_NAME = 26;

  void print() {
    BoardFigures.Subject subject = board.subject();
    terminal.print("board     %s (%s), %s", subject.boardName(), board.figures(), board.port());
    terminal.print("model     %s, %s", subject.model(), subject.rtos());
    terminal.print(
        "frames    %d after %d of warm-up, of %d images%s",
        board.frames(),
        board.warmUp(),
        board.images(),
        board.overlapped() ? ", two in flight" : ", one after the other");
    terminal.print("");
    columns("every figure " + board.figures(), "");
    for (BoardFigures.Quantity q : board.quantities()) {
      row(q.title() + ", " + q.unit(), q.spread(), "");
    }
    terminal.print("");
    layers();
    line();
    if (board.figures().equals("emulated")) {
      terminal.print("times     none: an emulator's are those of this PC, not of a board");
    }
    board
        .published()
        .ifPresent(
            p ->
                terminal.print(
                    "published %s ms, %s, at %d MHz: another engine's time, measured by others",
                    number(p.ms()), p.engine(), p.hertz() / 1_000_000));
    changes();
  }

  private void layers() {
    if (board.layers().isEmpty()) {
      return;
    }
    columns("layer, " + board.counter(), "a MAC");
    for (BoardFigures.LayerFigures layer : board.layers()) {
      row(
          String.format(Locale.ROOT, "%2d %s", layer.index(), name(layer.name())),
          layer.ticks(),
          layer.ticksPerMac().map(BenchText::number).orElse("-"));
    }
    board
        .ticksPerMac()
        .ifPresent(
            t ->
                terminal.print(
                    "in all    %s %s a MAC, %s, %s MAC an image",
                    number(t),
                    board.counter(),
                    board.figures(),
                    Sizes.millions(board.subject().macs())));
    terminal.print("");
  }

  private void line() {
    BoardFigures.Line line = board.line();
    terminal.print(
        "line      %d bytes to the board, %d back%s%s",
        line.bytesToBoard(),
        line.bytesFromBoard(),
        line.shareToBoard().map(s -> share(", %.1f %% of the line", s)).orElse(""),
        line.shareFromBoard().map(s -> share(" and %.1f %%", s)).orElse(""));
    terminal.print(
        "          %d requests, %d of them repeats; damaged %d to the board, %d back; %d bytes"
            + " overrun",
        line.requests(),
        line.repeats(),
        line.damagedToBoard(),
        line.damagedFromBoard(),
        line.overruns());
  }

  private static String share(String format, double share) {
    return String.format(Locale.ROOT, format, 100 * share);
  }

  private void changes() {
    for (Change change : board.changes()) {
      if (change.verdict() != Change.Verdict.SAME) {
        terminal.print(
            "%-9s %s: %s of all frames was %s and is %s %s (%s %%)",
            Sizes.lower(change.verdict()),
            plain(change.title()),
            change.statistic(),
            number(change.before()),
            number(change.now()),
            change.unit(),
            String.format(Locale.ROOT, "%+.2f", change.percent()));
      }
    }
    if (!board.changes().isEmpty()) {
      long worse =
          board.changes().stream().filter(c -> c.verdict() == Change.Verdict.WORSE).count();
      terminal.print(
          "verdict   %s, of %d figures compared",
          worse == 0 ? "no worse than the baseline" : worse + " WORSE than the baseline",
          board.changes().size());
    }
  }

  private void columns(String title, String last) {
    cells(title, "least", "median", "95 %", "most", last);
  }

  private void row(String title, Spread spread, String last) {
    cells(
        title,
        number(spread.min()),
        number(spread.median()),
        number(spread.p95()),
        number(spread.max()),
        last);
  }

  private void cells(Object... cells) {
    terminal.print(
        String.format(Locale.ROOT, "%-30s %13s %13s %13s %13s  %s", cells).stripTrailing());
  }

  /** Whole where it is whole, else with three digits after the point. */
  private static String number(double value) {
    return String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.3f", value);
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
