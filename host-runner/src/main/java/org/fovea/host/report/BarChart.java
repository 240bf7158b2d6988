package org.fovea.host.report;

import java.util.List;

/** A chart of upright bars, each a stack, on a grid; lines across it mark levels. */
final class BarChart {
  private static final int WIDTH = 1000;
  private static final int LEFT = 58;
  private static final int TOP = 10;
  private static final int HEIGHT = 200;
  private static final int AXIS = 24;

  private final Html html;
  private final Scale scale;

  private BarChart(Html html, Scale scale) {
    this.html = html;
    this.scale = scale;
  }

  /**
   * One bar.
   *
   * @param title said when a person points at it
   * @param parts from below
   */
  record Bar(String title, List<Part> parts) {
    double total() {
      return parts.stream().mapToDouble(Part::value).sum();
    }
  }

  /** A piece of a bar, of a colour such as c0. */
  record Part(String colour, double value) {}

  /** A dashed line across all bars. */
  record Level(String text, double value) {}

  /**
   * Draws an svg.
   *
   * @param first text below the first bar
   * @param last text below the last one
   */
  static void write(
      Html html, String label, List<Bar> bars, List<Level> levels, String first, String last) {
    double most =
        Math.max(
            bars.stream().mapToDouble(Bar::total).max().orElse(0),
            levels.stream().mapToDouble(Level::value).max().orElse(0));
    new BarChart(html, Scale.upTo(most)).draw(label, bars, levels, first, last);
  }

  private void draw(String label, List<Bar> bars, List<Level> levels, String first, String last) {
    String box = "0 0 " + WIDTH + " " + (TOP + HEIGHT + AXIS);
    html.open("svg", "viewBox", box, "role", "img", "aria-label", label).line();
    for (int i = 0; i <= scale.lines(); i++) {
      double value = i * scale.step();
      line("grid", y(value));
      text(Scale.label(value), LEFT - 8, y(value) + 4, "end");
    }
    double slot = (WIDTH - LEFT) / (double) Math.max(1, bars.size());
    for (int i = 0; i < bars.size(); i++) {
      bar(bars.get(i), LEFT + i * slot + slot * 0.1, slot * 0.8);
    }
    for (int i = 0; i < levels.size(); i++) {
      level(levels.get(i), i % 2 == 0);
    }
    text(first, LEFT, TOP + HEIGHT + 18, "start");
    text(last, WIDTH, TOP + HEIGHT + 18, "end");
    html.close().line();
  }

  /** Texts of neighbours stand at the two ends, so that they do not meet. */
  private void level(Level level, boolean left) {
    line("bound", y(level.value()));
    html.open("g", "class", "level");
    text(level.text(), left ? LEFT + 4 : WIDTH - 4, y(level.value()) - 5, left ? "start" : "end");
    html.close();
  }

  private void bar(Bar bar, double x, double width) {
    html.open("g").element("title", bar.title());
    double below = 0;
    for (Part part : bar.parts()) {
      double top = y(below + part.value());
      html.single(
          "rect",
          "class",
          part.colour(),
          "x",
          number(x),
          "y",
          number(top),
          "width",
          number(width),
          "height",
          number(y(below) - top));
      below += part.value();
    }
    html.close();
  }

  private void line(String kind, double y) {
    String at = number(y);
    html.single("line", "class", kind, "x1", "" + LEFT, "x2", "" + WIDTH, "y1", at, "y2", at);
  }

  private void text(String text, double x, double y, String anchor) {
    html.element("text", text, "x", number(x), "y", number(y), "text-anchor", anchor);
  }

  private double y(double value) {
    return TOP + HEIGHT * (1 - value / scale.top());
  }

  private static String number(double value) {
    return Figures.decimal(value, 1);
  }
}
