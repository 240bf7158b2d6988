package org.fovea.host.report;

import org.fovea.host.selftest.Check;
import org.fovea.host.selftest.SelfTestSheet;

/** A self-test as one page: verdict, checks, layers, memory, line, provenance. */
final class SelfTestPage {
  private final SelfTestSheet sheet;
  private final Html html = new Html();

  private SelfTestPage(SelfTestSheet sheet) {
    this.sheet = sheet;
  }

  static String of(SelfTestSheet sheet) {
    return new SelfTestPage(sheet).document();
  }

  private String document() {
    SelfTestSheet.Project project = sheet.project();
    Page.head(html, "Self-test of " + project.boardName());
    html.open("header").element("p", "Fovea board self-test", "class", "kicker");
    html.element("h1", project.boardName());
    html.element("p", "with " + project.model(), "class", "lead");
    chips();
    html.close().line();
    facts();
    checks();
    layers();
    memory();
    line();
    html.open("footer");
    html.element("p", "Model SHA-256 " + project.modelSha256());
    html.element("p", "Layout SHA-256 " + project.layoutSha256());
    html.element("p", "Fovea " + project.tool());
    html.close().line();
    return html.close().close().close().document();
  }

  private void chips() {
    html.open("p", "class", "chips");
    Page.chip(html, sheet.passed() ? "ok" : "bad", sheet.passed() ? "passed" : "FAILED");
    for (Check.Verdict verdict : Check.Verdict.values()) {
      long count = sheet.checks().stream().filter(c -> c.verdict() == verdict).count();
      if (count > 0) {
        Page.chip(html, kind(verdict), count + " " + verdict.text());
      }
    }
    Page.chip(html, "none", "figures " + sheet.figures());
    html.close();
  }

  private static String kind(Check.Verdict verdict) {
    return switch (verdict) {
      case PASS -> "ok";
      case FAIL -> "bad";
      case NOT_TESTED -> "none";
    };
  }

  private void facts() {
    SelfTestSheet.Project project = sheet.project();
    html.open("section", "class", "card").open("dl");
    RunSection.fact(html, "Board", project.board() + " · " + project.cpu());
    RunSection.fact(html, "Chip", project.soc().isEmpty() ? "not known" : project.soc());
    RunSection.fact(html, "Runs on", project.rtos());
    sheet
        .device()
        .ifPresent(
            d -> {
              RunSection.fact(html, "Protocol", String.valueOf(d.protocol()));
              RunSection.fact(
                  html, "Counter", d.counter() + ", " + Figures.whole(d.clockHz()) + " Hz");
            });
    html.close().close().line();
  }

  private void checks() {
    section("Checks", "What was looked at, what was found, and what to do where it failed.");
    html.open("div", "class", "scroll").open("table").open("tbody");
    for (Check check : sheet.checks()) {
      html.open("tr").open("td");
      Page.chip(html, kind(check.verdict()), check.verdict().text());
      html.close().open("td").element("strong", check.what()).close();
      html.open("td").text(check.found());
      if (!check.remedy().isEmpty()) {
        html.element("div", "→ " + check.remedy());
      }
      html.close().close().line();
    }
    html.close().close().close().close().line();
  }

  private void layers() {
    if (sheet.layers().isEmpty()) {
      return;
    }
    section(
        "Layers",
        "Over all inferences. Ticks are "
            + sheet.figures()
            + " "
            + sheet.device().map(SelfTestSheet.Device::counter).orElse("")
            + ".");
    html.open("div", "class", "scroll").open("table").open("thead").open("tr");
    html.element("th", "#", "class", "n").element("th", "layer").element("th", "kernel");
    for (String column : new String[] {"MAC", "least ticks", "median", "most"}) {
      html.element("th", column, "class", "n");
    }
    html.element("th", "CRC = PC").element("th", "same each time").close().close();
    html.line().open("tbody");
    sheet.layers().forEach(this::layer);
    html.close().close().close().close().line();
  }

  private void layer(SelfTestSheet.LayerRow row) {
    html.open("tr").element("td", "" + row.index(), "class", "n");
    html.open("td").element("strong", row.name()).close();
    html.open("td").element("code", row.kernel());
    html.element("div", row.variant(), "class", "quiet small").close();
    html.element("td", Figures.metric(row.macs()), "class", "n");
    ticks(row.ticks().map(t -> Figures.whole(t.min())).orElse("–"));
    ticks(row.ticks().map(t -> Figures.whole(t.median())).orElse("–"));
    ticks(row.ticks().map(t -> Figures.whole(t.max())).orElse("–"));
    html.open("td");
    Page.chip(
        html,
        row.equalsPc().map(e -> e ? "ok" : "bad").orElse("none"),
        row.equalsPc().map(e -> e ? "equal" : "differs").orElse("not compared"));
    html.close().open("td");
    Page.chip(html, row.stable() ? "ok" : "bad", row.stable() ? "yes" : "no");
    html.close().close().line();
  }

  private void ticks(String text) {
    html.element("td", text, "class", "n");
  }

  private void memory() {
    if (sheet.memory().isEmpty()) {
      return;
    }
    section("Memory", "High-water marks on the board after all inferences, " + sheet.figures());
    html.open("dl");
    for (SelfTestSheet.Mark mark : sheet.memory()) {
      String bound = mark.bound().map(b -> ", bound " + Figures.whole(b) + " B").orElse("");
      RunSection.fact(
          html,
          mark.name(),
          Figures.whole(mark.used()) + " of " + Figures.whole(mark.size()) + " B" + bound);
    }
    html.close().close().line();
  }

  private void line() {
    if (sheet.link().isEmpty()) {
      return;
    }
    SelfTestSheet.Link link = sheet.link().get();
    section("Line", "By this PC's clock, of " + link.roundTrips() + " questions and all images.");
    html.open("dl");
    RunSection.fact(
        html,
        "Round trip, ms",
        link.latencyMs().min()
            + " least, "
            + link.latencyMs().median()
            + " median, "
            + link.latencyMs().p95()
            + " at 95 %, "
            + link.latencyMs().max()
            + " most");
    String share =
        link.lineShare().map(s -> ", " + Figures.decimal(100 * s, 1) + " % of the line").orElse("");
    RunSection.fact(
        html, "Image rows", Figures.whole(link.rowBytesPerSecond()) + " bytes/s at best" + share);
    RunSection.fact(html, "Frames", Figures.whole(link.frames()));
    RunSection.fact(html, "Repeated", Figures.whole(link.repeats()));
    RunSection.fact(
        html,
        "Damaged",
        link.deviceBadFrames() + " to the board, " + link.hostBadFrames() + " back");
    RunSection.fact(html, "Overruns", Figures.whole(link.overruns()) + " bytes");
    html.close().close().line();
  }

  private void section(String title, String note) {
    html.open("section").element("h2", title).element("p", note, "class", "quiet").line();
  }
}
