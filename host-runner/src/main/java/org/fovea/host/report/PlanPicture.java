package org.fovea.host.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A memory plan drawn twice over its steps: how many bytes are in use, and which bytes of the arena
 * hold what. Both have the same axis of steps.
 */
final class PlanPicture {
  private static final int LEFT = 62;
  private static final int WIDTH = 930;
  private static final int RIGHT = LEFT + WIDTH;
  private static final int TOP = 10;
  private static final int LIVE_HEIGHT = 180;
  private static final int ARENA_HEIGHT = 320;
  private static final int MOST_COLUMNS = 465;
  private static final int COLOURS = 7;
  private static final int MOST_NAMED = 40;
  private static final int TICKS = 4;
  private static final int LABEL_WIDTH = 7;
  private static final int LABEL_HEIGHT = 14;

  private final Html html;
  private final FitSheet.Plan plan;
  private final int steps;
  private final int peak;

  private PlanPicture(Html html, FitSheet.Plan plan) {
    this.html = html;
    this.plan = plan;
    this.steps = plan.steps().size();
    int most = 0;
    for (int i = 1; i < steps; i++) {
      most = plan.live().get(i) > plan.live().get(most) ? i : most;
    }
    this.peak = most;
  }

  static void write(Html html, String title, FitSheet.Plan plan) {
    new PlanPicture(html, plan).figure(title);
  }

  private void figure(String title) {
    html.open("figure", "class", "plan").open("h3").text(title).close();
    html.element("p", plan.text(), "class", "quiet small");
    key();
    html.open("div", "class", "scroll").line();
    live();
    arena();
    html.close();
    layers();
    html.close().line();
  }

  private void key() {
    html.open("ul", "class", "legend");
    html.open("li").element("i", "", "class", "key arena").text("arena ");
    html.element("span", Figures.size(plan.arena()), "class", "quiet").close();
    html.open("li").element("i", "", "class", "key bound").text("lower bound ");
    html.element("span", Figures.size(plan.lowerBound()), "class", "quiet").close();
    html.open("li").element("i", "", "class", "key peak").text("peak ");
    String where = "step " + peak + ", " + plan.layers().get(plan.steps().get(peak));
    html.element("span", where, "class", "quiet").close().close().line();
  }

  private void layers() {
    html.open("ul", "class", "legend");
    html.open("li").element("i", "", "class", "image").text("image").close();
    int named = Math.min(plan.layers().size(), MOST_NAMED);
    for (int i = 0; i < named; i++) {
      html.open("li").element("i", "", "class", "c" + i % COLOURS).text(plan.layers().get(i));
      html.close();
    }
    if (named < plan.layers().size()) {
      html.element("li", "and " + (plan.layers().size() - named) + " more", "class", "quiet");
    }
    html.close().line();
  }

  private void chart(String label, int height) {
    html.open(
        "svg",
        "viewBox",
        "0 0 " + (RIGHT + 8) + " " + (TOP + height + 24),
        "role",
        "img",
        "aria-label",
        label);
    long tick = tick(plan.arena());
    for (long bytes = 0; bytes <= plan.arena(); bytes += tick) {
      String y = number(TOP + height - y(bytes, height));
      line("grid", LEFT, y, RIGHT, y);
      String text = Figures.size(bytes);
      html.element("text", text, "x", "" + (LEFT - 6), "y", y, "dy", "4", "text-anchor", "end");
    }
    for (int i = 0; i <= TICKS; i++) {
      int step = (int) ((long) steps * i / TICKS);
      html.element(
          "text",
          i == 0 ? "step 0" : "" + step,
          "x",
          number(x(step)),
          "y",
          "" + (TOP + height + 16),
          "text-anchor",
          i == 0 ? "start" : i == TICKS ? "end" : "middle");
    }
  }

  /** The smallest power of two of which at most five reach the top. */
  private static long tick(long bytes) {
    long tick = 16;
    while (bytes / tick > 5) {
      tick *= 2;
    }
    return tick;
  }

  private void live() {
    chart("bytes in use at each step", LIVE_HEIGHT);
    Map<Integer, StringBuilder> paths = new TreeMap<>();
    int columns = Math.min(steps, MOST_COLUMNS);
    for (int c = 0; c < columns; c++) {
      int from = (int) ((long) steps * c / columns);
      int to = (int) ((long) steps * (c + 1) / columns);
      int most = from;
      for (int s = from + 1; s < to; s++) {
        most = plan.live().get(s) > plan.live().get(most) ? s : most;
      }
      double height = y(plan.live().get(most), LIVE_HEIGHT);
      paths
          .computeIfAbsent(plan.steps().get(most), layer -> new StringBuilder())
          .append(box(x(from), TOP + LIVE_HEIGHT - height, x(to) - x(from), height));
    }
    paths.forEach((layer, path) -> path("c" + layer % COLOURS, plan.layers().get(layer), path));
    String arena = number(TOP + LIVE_HEIGHT - y(plan.arena(), LIVE_HEIGHT));
    String bound = number(TOP + LIVE_HEIGHT - y(plan.lowerBound(), LIVE_HEIGHT));
    line("arena", LEFT, arena, RIGHT, arena);
    line("bound", LEFT, bound, RIGHT, bound);
    html.single(
        "circle",
        "class",
        "peak",
        "cx",
        number((x(peak) + x(peak + 1)) / 2),
        "cy",
        number(TOP + LIVE_HEIGHT - y(plan.live().get(peak), LIVE_HEIGHT)),
        "r",
        "4");
    html.close().line();
  }

  private void arena() {
    chart("who lies where in the arena, and when", ARENA_HEIGHT);
    Map<Integer, List<FitSheet.Stretch>> rows = new TreeMap<>();
    Map<Integer, List<FitSheet.Stretch>> scratch = new TreeMap<>();
    for (FitSheet.Stretch s : plan.stretches()) {
      (s.isScratch() ? scratch : rows)
          .computeIfAbsent(s.layer(), layer -> new ArrayList<>())
          .add(s);
    }
    rows.forEach((layer, list) -> stretches(layer, "", list));
    scratch.forEach((layer, list) -> stretches(layer, " scratch", list));
    rows.forEach((layer, list) -> label(name(layer), list));
    html.close().line();
  }

  private void stretches(int layer, String what, List<FitSheet.Stretch> list) {
    StringBuilder path = new StringBuilder();
    ArenaStretches.joined(list).forEach(s -> path.append(box(s)));
    String colour = layer < 0 ? "image" : "c" + layer % COLOURS;
    path(colour + what, name(layer) + what, path);
  }

  private String name(int layer) {
    return layer < 0 ? "image" : plan.layers().get(layer);
  }

  /** Where most of its rows lie, if there is room for it. */
  private void label(String name, List<FitSheet.Stretch> list) {
    FitSheet.Stretch all = ArenaStretches.around(list);
    double width = x(all.lastStep() + 1) - x(all.firstStep());
    double area = 0;
    double x = 0;
    double y = 0;
    for (FitSheet.Stretch s : list) {
      double own = (double) s.bytes() * lasting(s);
      area += own;
      x += own * (x(s.firstStep()) + x(s.lastStep() + 1)) / 2;
      y += own * y(s.offset() * 2 + s.bytes(), ARENA_HEIGHT) / 2;
    }
    double height = y(all.bytes(), ARENA_HEIGHT) * area / all.bytes() / lasting(all);
    if (width > LABEL_WIDTH * name.length() && height > LABEL_HEIGHT) {
      String top = number(TOP + ARENA_HEIGHT - y / area);
      html.element(
          "text",
          name,
          "class",
          "on",
          "x",
          number(x / area),
          "y",
          top,
          "dy",
          "4",
          "text-anchor",
          "middle");
    }
  }

  private static int lasting(FitSheet.Stretch s) {
    return s.lastStep() + 1 - s.firstStep();
  }

  private String box(FitSheet.Stretch s) {
    double height = y(s.bytes(), ARENA_HEIGHT);
    double top = TOP + ARENA_HEIGHT - y(s.offset(), ARENA_HEIGHT) - height;
    return box(x(s.firstStep()), top, x(s.lastStep() + 1) - x(s.firstStep()), height);
  }

  private static String box(double x, double y, double width, double height) {
    String w = number(width);
    return "M" + number(x) + " " + number(y) + "h" + w + "v" + number(height) + "h-" + w + "z";
  }

  private void path(String kind, String title, StringBuilder d) {
    html.open("path", "class", kind, "d", d.toString()).element("title", title).close();
  }

  private void line(String kind, int x1, String y1, int x2, String y2) {
    html.single("line", "class", kind, "x1", "" + x1, "y1", y1, "x2", "" + x2, "y2", y2);
  }

  private double x(int step) {
    return LEFT + (double) WIDTH * step / steps;
  }

  private double y(long bytes, int height) {
    return (double) height * bytes / plan.arena();
  }

  private static String number(double value) {
    return Figures.decimal(value, 1);
  }
}
