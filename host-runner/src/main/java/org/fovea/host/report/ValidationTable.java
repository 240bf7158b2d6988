package org.fovea.host.report;

import java.util.List;

/** The worst layers with their figures, how their integers are used, and likely causes. */
final class ValidationTable {
  private static final int BAR = 4;
  private static final int HEIGHT = 34;

  private ValidationTable() {}

  static void write(Html html, ValidationSheet sheet) {
    html.open("div", "class", "scroll").open("table").open("thead").open("tr");
    html.element("th", "layer");
    for (String title : List.of("alone", "total", "cosine", "max error, steps", "beyond range")) {
      html.element("th", title, "class", "n");
    }
    html.element("th", "integers, -128 to 127");
    html.element("th", "likely cause and remedy").close().close().line().open("tbody");
    sheet.shown().forEach(tensor -> row(html, sheet.row(tensor)));
    html.close().close().close().line();
  }

  private static void row(Html html, ValidationSheet.Row row) {
    html.open("tr").open("td");
    html.element("div", row.operator() + ", tensor " + row.tensor());
    html.element("div", row.name(), "class", "quiet small").close();
    for (String cell :
        List.of(
            row.ownDb().map(ValidationPage::decibel).orElse("–"),
            ValidationPage.decibel(row.sqnrDb()),
            Figures.decimal(row.cosine(), 4),
            Figures.decimal(row.maxErrorSteps(), 1),
            Figures.decimal(100 * (row.saturatedLow() + row.saturatedHigh()), 3) + " %")) {
      html.element("td", cell, "class", "n");
    }
    html.open("td");
    histogram(html, row);
    html.close().open("td");
    for (ValidationSheet.Cause cause : row.causes()) {
      html.element("div", cause.what() + ": " + cause.measured());
      html.element("div", "→ " + cause.remedy(), "class", "quiet small");
    }
    if (row.causes().isEmpty()) {
      html.element("span", "rounding; no rule stands out", "class", "quiet");
    }
    html.close().close().line();
  }

  /** Heights are square roots, so that tails and saturated ends can be seen. */
  private static void histogram(Html html, ValidationSheet.Row row) {
    double most = 1;
    for (long count : row.histogram()) {
      most = Math.max(most, Math.sqrt((double) count));
    }
    int width = BAR * row.histogram().size();
    html.open(
        "svg",
        "viewBox",
        "0 0 " + width + " " + HEIGHT,
        "width",
        "" + width,
        "height",
        "" + HEIGHT,
        "role",
        "img",
        "aria-label",
        "how often each integer occurs");
    html.single("rect", "class", "free", "width", "" + width, "height", "" + HEIGHT);
    for (int i = 0; i < row.histogram().size(); i++) {
      double height = HEIGHT * Math.sqrt((double) row.histogram().get(i)) / most;
      html.single(
          "rect",
          "class",
          "c0",
          "x",
          "" + BAR * i,
          "y",
          Figures.decimal(HEIGHT - height, 1),
          "width",
          "" + (BAR - 1),
          "height",
          Figures.decimal(height, 1));
    }
    html.close();
  }
}
