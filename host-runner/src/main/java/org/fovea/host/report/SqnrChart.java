package org.fovea.host.report;

import java.util.List;

/**
 * Decibels layer by layer along the network: a wide bar for the total, a narrow one for its own.
 */
final class SqnrChart {
  private static final int WIDTH = 1000;
  private static final int LEFT = 34;
  private static final int TOP = 8;
  private static final int HEIGHT = 220;
  private static final int MOST_DB = 70;
  private static final int GRID_DB = 10;

  private SqnrChart() {}

  static void write(Html html, ValidationSheet sheet) {
    html.open("div", "class", "scroll").open("figure", "class", "plan");
    html.open(
        "svg",
        "viewBox",
        "0 0 " + WIDTH + " " + (TOP + HEIGHT + 24),
        "role",
        "img",
        "aria-label",
        "SQNR of each layer in dB");
    for (int db = 0; db <= MOST_DB; db += GRID_DB) {
      String y = number(y(db));
      html.single("line", "class", "grid", "x1", "" + LEFT, "x2", "" + WIDTH, "y1", y, "y2", y);
      html.element(
          "text", "" + db, "x", "" + (LEFT - 6), "y", number(y(db) + 4), "text-anchor", "end");
    }
    List<ValidationSheet.Row> rows = sheet.layers();
    double slot = (WIDTH - LEFT) / (double) Math.max(1, rows.size());
    for (int i = 0; i < rows.size(); i++) {
      bar(html, rows.get(i), sheet, LEFT + i * slot, slot);
    }
    String bottom = number(TOP + HEIGHT + 18);
    html.element("text", "input", "x", "" + LEFT, "y", bottom);
    html.element("text", "outputs", "x", "" + WIDTH, "y", bottom, "text-anchor", "end");
    html.close().line().open("p", "class", "legend");
    legend(html, "c5", "against the float model");
    legend(html, "c0", "this layer alone, where something is lost in it");
    legend(html, "c1", "one of the worst layers");
    html.close().close().close().line();
  }

  private static void legend(Html html, String colour, String text) {
    html.open("span").open("i", "class", colour).close().text(text).close();
  }

  private static void bar(
      Html html, ValidationSheet.Row row, ValidationSheet sheet, double x, double slot) {
    html.open("g");
    html.element(
        "title",
        row.operator()
            + " "
            + row.name()
            + ": "
            + ValidationPage.decibel(row.sqnrDb())
            + ", alone "
            + row.ownDb().map(ValidationPage::decibel).orElse("unknown"));
    rect(html, "c5", x + slot * 0.08, slot * 0.84, row.sqnrDb());
    double own = row.ownDb().orElse(ValidationPage.EXACT_DB);
    if (own < ValidationPage.EXACT_DB) {
      boolean worst = sheet.worst().contains(row.tensor());
      rect(html, worst ? "c1" : "c0", x + slot * 0.34, slot * 0.32, own);
    }
    html.close();
  }

  private static void rect(Html html, String colour, double x, double width, double db) {
    double y = y(Math.max(0.5, Math.min(MOST_DB, db)));
    html.single(
        "rect",
        "class",
        colour,
        "x",
        number(x),
        "y",
        number(y),
        "width",
        number(width),
        "height",
        number(TOP + HEIGHT - y));
  }

  private static double y(double db) {
    return TOP + HEIGHT * (1 - db / MOST_DB);
  }

  private static String number(double value) {
    return Figures.decimal(value, 1);
  }
}
