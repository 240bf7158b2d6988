package org.fovea.host.report;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.fovea.host.bench.BenchSheet;
import org.fovea.host.bench.Benchmark;
import org.fovea.host.bench.BoardFigures;
import org.fovea.host.bench.Change;
import org.fovea.host.bench.Spread;
import org.fovea.host.fault.Finding;

/** A benchmark as one page: for each board its figures, its frames, its layers, its line. */
final class BenchPage {
  private final BenchSheet sheet;
  private final List<Benchmark.Found> boards;
  private final Html html = new Html();

  private BenchPage(BenchSheet sheet, List<Benchmark.Found> boards) {
    this.sheet = sheet;
    this.boards = boards;
  }

  static String of(BenchSheet sheet, List<Benchmark.Found> boards) {
    return new BenchPage(sheet, boards).document();
  }

  private String document() {
    Page.head(html, "Fovea benchmark");
    sheet.failures().forEach(this::failure);
    for (int i = 0; i < boards.size(); i++) {
      board(sheet.boards().get(i), boards.get(i));
    }
    html.open("footer");
    html.element(
        "p",
        "Times, of measured boards only, are by this PC's clock; the board tells unasked when a"
            + " frame is done. 95 %: the least value that 95 % of the frames do not"
            + " exceed.");
    html.element("p", "Fovea " + sheet.tool());
    html.close().line();
    return html.close().close().close().document();
  }

  private void failure(BenchSheet.Failure failure) {
    html.open("header").element("p", "Fovea benchmark", "class", "kicker");
    html.element("h1", failure.board()).element("p", failure.port(), "class", "lead");
    html.open("p", "class", "chips");
    Page.chip(html, "bad", "no figures");
    html.close();
    for (Finding finding : failure.findings()) {
      html.element("p", finding.toString());
    }
    html.close().line();
  }

  private void board(BoardFigures board, Benchmark.Found found) {
    header(board);
    facts(board);
    quantities(board);
    changes(board);
    section(
        "Frames",
        board.figures().equals("emulated")
            ? "All layers of each frame. An emulator's times are those of this PC: left out."
            : "From the first row to the result. Dashed: median and 95 %.");
    FrameChart.write(html, board, found.log());
    html.close().line();
    layers(board);
    line(board);
  }

  private void header(BoardFigures board) {
    BoardFigures.Subject subject = board.subject();
    html.open("header").element("p", "Fovea benchmark", "class", "kicker");
    html.element("h1", subject.boardName());
    html.element("p", "with " + subject.model() + ", " + board.port(), "class", "lead");
    html.open("p", "class", "chips");
    Page.chip(
        html, board.figures().equals("measured") ? "ok" : "warn", "figures " + board.figures());
    if (!board.changes().isEmpty()) {
      Page.chip(
          html,
          board.holds() ? "ok" : "bad",
          board.holds() ? "no worse than the baseline" : "WORSE than the baseline");
    }
    if (board.line().repeats() > 0) {
      Page.chip(html, "warn", "requests repeated: " + board.line().repeats());
    }
    html.close().close().line();
  }

  private void facts(BoardFigures board) {
    BoardFigures.Subject subject = board.subject();
    html.open("section", "class", "card").open("dl");
    RunSection.fact(html, "Board", subject.board() + " · " + subject.cpu());
    RunSection.fact(html, "Runs on", subject.rtos());
    RunSection.fact(html, "Frames", board.frames() + " after " + board.warmUp() + " of warm-up");
    RunSection.fact(html, "Images", board.images() + (board.overlapped() ? ", two in flight" : ""));
    RunSection.fact(html, "Work", Figures.metric(subject.macs()) + " MAC an image");
    RunSection.fact(
        html,
        "Counter",
        board.figures() + " " + board.counter() + ", " + Figures.whole(board.clockHz()) + " Hz");
    board
        .ticksPerMac()
        .ifPresent(t -> RunSection.fact(html, "A MAC", number(t) + " " + board.counter()));
    board
        .published()
        .ifPresent(
            p ->
                RunSection.fact(
                    html,
                    "Published by others",
                    number(p.ms()) + " ms, " + p.engine() + ", " + p.hertz() / 1_000_000 + " MHz"));
    html.close().close().line();
  }

  private void quantities(BoardFigures board) {
    section("Figures", "All " + board.figures() + ", over " + board.frames() + " frames.");
    table("quantity", "unit", "least", "median", "95 %", "most");
    for (BoardFigures.Quantity quantity : board.quantities()) {
      html.open("tr").open("td").element("strong", quantity.title()).close();
      html.element("td", quantity.unit(), "class", "n");
      spread(quantity.spread());
      html.close().line();
    }
    html.close().close().close().close().line();
  }

  private void changes(BoardFigures board) {
    if (board.changes().isEmpty()) {
      return;
    }
    section("Against the baseline", "Worse: more than the baseline by above the tolerance.");
    table("quantity", "of all frames", "before", "now", "change", "verdict");
    for (Change change : board.changes()) {
      html.open("tr").open("td").element("strong", change.title()).close();
      html.element("td", change.statistic() + ", " + change.unit(), "class", "n");
      cell(number(change.before()));
      cell(number(change.now()));
      cell(String.format(Locale.ROOT, "%+.2f %%", change.percent()));
      html.open("td", "class", "n");
      switch (change.verdict()) {
        case WORSE -> Page.chip(html, "bad", "worse");
        case SAME -> Page.chip(html, "none", "same");
        case BETTER -> Page.chip(html, "ok", "better");
      }
      html.close().close().line();
    }
    html.close().close().close().close().line();
  }

  private void layers(BoardFigures board) {
    if (board.layers().isEmpty()) {
      return;
    }
    String ticks = board.figures() + " " + board.counter();
    section(
        "Layers",
        board.changes().isEmpty()
            ? "The median of each, in " + ticks + "."
            : "The "
                + board.changes().get(0).statistic()
                + " of each, in "
                + ticks
                + ", to the right of its baseline; orange where it is worse.");
    LayerChart.write(html, board);
    table("layer", "kernel", "MAC", "least", "median", "95 %", "most", "a MAC");
    for (BoardFigures.LayerFigures layer : board.layers()) {
      html.open("tr").open("td").element("strong", layer.index() + " " + layer.name()).close();
      html.open("td").element("code", layer.kernel());
      html.element("div", layer.variant(), "class", "quiet small").close();
      cell(Figures.metric(layer.macs()));
      spread(layer.ticks());
      cell(layer.ticksPerMac().map(BenchPage::number).orElse("–"));
      html.close().line();
    }
    html.close().close().close().close().line();
  }

  private void line(BoardFigures board) {
    BoardFigures.Line line = board.line();
    section("Line", "Of all frames, warm-up left out.");
    html.open("dl");
    RunSection.fact(html, "To the board", bytes(line.bytesToBoard(), line.baud()));
    RunSection.fact(html, "From the board", Figures.whole(line.bytesFromBoard()) + " bytes");
    line.shareToBoard()
        .ifPresent(s -> RunSection.fact(html, "Line used, to the board", percent(s)));
    line.shareFromBoard().ifPresent(s -> RunSection.fact(html, "Line used, from it", percent(s)));
    RunSection.fact(
        html,
        "Requests",
        Figures.whole(line.requests()) + ", " + Figures.whole(line.repeats()) + " of them repeats");
    RunSection.fact(
        html,
        "Damaged frames",
        line.damagedToBoard() + " to the board, " + line.damagedFromBoard() + " back");
    RunSection.fact(html, "Overruns", Figures.whole(line.overruns()) + " bytes");
    for (BoardFigures.Mark mark : board.memory()) {
      RunSection.fact(
          html,
          mark.name(),
          Figures.whole(mark.used()) + " of " + Figures.whole(mark.size()) + " B ever used");
    }
    html.close().close().line();
  }

  private static String bytes(long bytes, OptionalInt baud) {
    return Figures.whole(bytes)
        + " bytes"
        + (baud.isPresent() ? " at " + Figures.whole(baud.getAsInt()) + " baud" : "");
  }

  private static String percent(double share) {
    return Figures.decimal(100 * share, 1) + " %";
  }

  /** The first column is text, the others are numbers. */
  private void table(String first, String... columns) {
    html.open("div", "class", "scroll").open("table").open("thead").open("tr");
    html.element("th", first);
    for (String column : columns) {
      html.element("th", column, "class", column.equals("kernel") ? "" : "n");
    }
    html.close().close().line().open("tbody");
  }

  private void spread(Spread spread) {
    cell(number(spread.min()));
    cell(number(spread.median()));
    cell(number(spread.p95()));
    cell(number(spread.max()));
  }

  private void cell(String text) {
    html.element("td", text, "class", "n");
  }

  private void section(String title, String note) {
    html.open("section").element("h2", title).element("p", note, "class", "quiet").line();
  }

  /** Whole where it is whole or large, else with the digits that count. */
  static String number(double value) {
    if (value == Math.rint(value) || value >= 10_000) {
      return Figures.whole(Math.round(value));
    }
    return Figures.decimal(value, value >= 100 ? 1 : value >= 10 ? 2 : 3);
  }
}
