package org.fovea.host.report;

import java.util.List;
import org.fovea.host.evaluate.Scores;

/** Precision over recall at an IoU of 0.5, as a small chart. */
final class PrecisionCurve {
  private static final int LEFT = 34;
  private static final int TOP = 8;
  private static final int SIDE = 200;
  private static final int BOTTOM = TOP + SIDE;

  private PrecisionCurve() {}

  /**
   * Draws one class.
   *
   * @param shown the score that users see, marked on the curve
   */
  static void write(Html html, String label, Scores.OfClass scores, double shown) {
    html.open("figure", "class", "curve");
    html.open(
        "svg", "viewBox", "0 0 248 244", "role", "img", "aria-label", "precision over recall");
    for (int tenths = 0; tenths <= 10; tenths += 2) {
      grid(html, tenths);
    }
    html.single("polyline", "class", "line", "points", points(scores.precision()));
    marker(html, scores, shown);
    axis(html, LEFT + SIDE / 2, BOTTOM + 28, "recall");
    html.close();
    String ap = "AP@0.5 " + Figures.decimal(100 * scores.ap50(), 1) + " %";
    html.open("figcaption").element("strong", label).element("span", ap, "class", "end");
    html.close().close().line();
  }

  private static void grid(Html html, int tenths) {
    String x = number(LEFT + SIDE * tenths / 10.0);
    String y = number(BOTTOM - SIDE * tenths / 10.0);
    String right = number(LEFT + SIDE);
    String[] vertical = {"x1", x, "x2", x, "y1", number(TOP), "y2", number(BOTTOM)};
    html.single("line", with("grid", vertical));
    html.single("line", with("grid", "x1", number(LEFT), "x2", right, "y1", y, "y2", y));
    String text = Figures.decimal(tenths / 10.0, 1);
    html.element("text", text, "x", x, "y", number(BOTTOM + 14), "text-anchor", "middle");
    html.element(
        "text",
        text,
        "x",
        number(LEFT - 5),
        "y",
        number(BOTTOM - SIDE * tenths / 10.0 + 4),
        "text-anchor",
        "end");
  }

  private static String[] with(String kind, String... attributes) {
    String[] all = new String[attributes.length + 2];
    all[0] = "class";
    all[1] = kind;
    System.arraycopy(attributes, 0, all, 2, attributes.length);
    return all;
  }

  private static void axis(Html html, double x, double y, String text) {
    html.element("text", text, "x", number(x), "y", number(y), "text-anchor", "middle");
  }

  /** A step down after the last recall that is reached. */
  private static String points(List<Double> precision) {
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < precision.size(); i++) {
      points.append(i == 0 ? "" : " ").append(point(i, precision));
    }
    return points.toString();
  }

  private static String point(int i, List<Double> precision) {
    double x = LEFT + SIDE * i / (double) (precision.size() - 1);
    return number(x) + "," + number(BOTTOM - SIDE * precision.get(i));
  }

  /** The last point whose score a user is still shown. */
  private static void marker(Html html, Scores.OfClass scores, double shown) {
    int last = -1;
    for (int i = 0; i < scores.scores().size(); i++) {
      last = scores.scores().get(i) >= shown ? i : last;
    }
    if (last >= 0) {
      String[] at = point(last, scores.precision()).split(",", -1);
      html.open("circle", "class", "mark", "cx", at[0], "cy", at[1], "r", "4");
      html.element("title", "score " + Figures.decimal(shown, 2)).close();
    }
  }

  private static String number(double value) {
    return Figures.decimal(value, 2);
  }
}
