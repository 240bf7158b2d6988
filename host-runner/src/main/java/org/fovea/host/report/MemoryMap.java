package org.fovea.host.report;

import java.util.List;
import java.util.Locale;
import org.fovea.host.manifest.Memory;

/** One bar per memory region, its uses drawn to the region's own scale, with a legend beneath. */
final class MemoryMap {
  private static final int WIDTH = 1000;
  private static final int HEIGHT = 34;
  private static final int COLOURS = 8;

  private MemoryMap() {}

  static void write(Html html, Memory memory) {
    for (Memory.Region region : memory.regions()) {
      html.open("figure", "class", "region").line();
      caption(html, region);
      bar(html, region);
      legend(html, region);
      html.close().line();
    }
  }

  private static void caption(Html html, Memory.Region region) {
    String kind = region.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    html.open("figcaption");
    html.element("strong", region.name());
    html.element(
        "span",
        kind + " · 0x" + Figures.hex(region.base()) + " · " + Figures.size(region.bytes()),
        "class",
        "quiet");
    html.element(
        "span",
        Figures.size(region.used()) + " used, " + Figures.percent(region.used(), region.bytes()),
        "class",
        region.used() > region.bytes() ? "end bad" : "end");
    html.close().line();
  }

  private static void bar(Html html, Memory.Region region) {
    html.open(
        "svg",
        "viewBox",
        "0 0 " + WIDTH + " " + HEIGHT,
        "preserveAspectRatio",
        "none",
        "role",
        "img",
        "aria-label",
        region.name() + ", " + Figures.percent(region.used(), region.bytes()) + " used");
    html.single("rect", "class", "free", "width", "" + WIDTH, "height", "" + HEIGHT);
    // A region that is too full is drawn to the scale of what it would need.
    double scale = (double) WIDTH / Math.max(region.bytes(), region.used());
    double x = 0;
    List<Memory.Use> uses = region.uses();
    for (int i = 0; i < uses.size(); i++) {
      double width = uses.get(i).bytes() * scale;
      html.open(
          "rect",
          "class",
          colour(i),
          "x",
          Figures.decimal(x, 2),
          "width",
          Figures.decimal(width, 2),
          "height",
          "" + HEIGHT);
      html.element("title", uses.get(i).name() + ", " + Figures.whole(uses.get(i).bytes()) + " B");
      html.close();
      x += width;
    }
    html.close().line();
  }

  private static void legend(Html html, Memory.Region region) {
    html.open("ul", "class", "legend");
    for (int i = 0; i < region.uses().size(); i++) {
      Memory.Use use = region.uses().get(i);
      html.open("li").element("i", "", "class", colour(i)).text(use.name() + " ");
      html.element("span", (use.exact() ? "" : "≤ ") + Figures.size(use.bytes()), "class", "quiet");
      html.close();
    }
    long free = Math.max(0, region.bytes() - region.used());
    html.open("li").element("i", "", "class", "free").text("free ");
    html.element("span", Figures.size(free), "class", "quiet").close();
    html.close().line();
  }

  private static String colour(int index) {
    return "c" + index % COLOURS;
  }
}
