package org.fovea.host.report;

import java.util.List;

/** A thin bar a memory region, with one colour a purpose on the whole page. */
final class RegionBars {
  private static final int WIDTH = 1000;
  private static final int HEIGHT = 16;
  private static final int COLOURS = 8;

  /** What gets the colours in turn, the last that of weights again; others have the last one. */
  private static final List<String> ORDER =
      List.of(
          "weights",
          "activations and scratch",
          "code and constants",
          "application",
          "tables",
          "stacks",
          "link buffers",
          "variables",
          "originals of copied weights");

  private RegionBars() {}

  static void legend(Html html, List<FitSheet.Board> boards) {
    List<String> used =
        boards.stream()
            .flatMap(b -> b.regions().stream())
            .flatMap(r -> r.uses().stream())
            .map(FitSheet.Use::name)
            .distinct()
            .toList();
    html.open("ul", "class", "legend");
    for (String name : ORDER) {
      if (used.contains(name)) {
        html.open("li").element("i", "", "class", colour(name)).text(name).close();
      }
    }
    html.open("li").element("i", "", "class", "free").text("free").close().close().line();
  }

  static void write(Html html, List<FitSheet.Region> regions) {
    for (FitSheet.Region region : regions) {
      boolean over = region.used() > region.capacity();
      html.open("figure", "class", "bar").open("figcaption").element("strong", region.name());
      html.element(
          "span",
          Figures.size(region.used()) + " of " + Figures.size(region.capacity()),
          "class",
          over ? "end bad" : "end");
      html.close();
      bar(html, region);
      html.close().line();
    }
  }

  /** A region that is too full is drawn to the scale of what it would need, with its end marked. */
  private static void bar(Html html, FitSheet.Region region) {
    double scale = (double) WIDTH / Math.max(region.capacity(), region.used());
    html.open(
        "svg",
        "viewBox",
        "0 0 " + WIDTH + " " + HEIGHT,
        "preserveAspectRatio",
        "none",
        "role",
        "img",
        "aria-label",
        region.name() + ", " + Figures.percent(region.used(), region.capacity()) + " used");
    html.single("rect", "class", "free", "width", "" + WIDTH, "height", "" + HEIGHT);
    double x = 0;
    for (FitSheet.Use use : region.uses()) {
      double width = use.bytes() * scale;
      html.open(
          "rect",
          "class",
          colour(use.name()),
          "x",
          Figures.decimal(x, 2),
          "width",
          Figures.decimal(width, 2),
          "height",
          "" + HEIGHT);
      html.element("title", use.name() + ", " + Figures.size(use.bytes())).close();
      x += width;
    }
    if (region.used() > region.capacity()) {
      String end = Figures.decimal(region.capacity() * scale - 3, 2);
      html.single("rect", "class", "limit", "x", end, "width", "6", "height", "" + HEIGHT);
    }
    html.close();
  }

  private static String colour(String name) {
    int index = ORDER.indexOf(name);
    return "c" + (index < 0 ? COLOURS - 1 : index % COLOURS);
  }
}
