package org.fovea.host.report;

import org.fovea.host.manifest.Footprint;

/** Predicted beside linked sizes, section by section. */
final class SizeTable {
  private SizeTable() {}

  static void write(Html html, Footprint footprint) {
    html.open("div", "class", "scroll").open("table").open("thead").open("tr");
    html.element("th", "region").element("th", "section").element("th", "use");
    html.element("th", "predicted B", "class", "n").element("th", "linked B", "class", "n");
    html.element("th", "prediction").close().close().line().open("tbody");
    for (Footprint.Region region : footprint.regions()) {
      for (Footprint.Section section : region.sections()) {
        row(html, region, section);
      }
    }
    html.close().close().close().line();
    html.element("p", footprint.elf() + ", " + footprint.compiler(), "class", "quiet");
  }

  private static void row(Html html, Footprint.Region region, Footprint.Section section) {
    html.open("tr");
    html.element("td", region.name()).open("td").element("code", section.section()).close();
    html.element("td", section.use());
    html.element("td", Figures.whole(section.predicted()), "class", "n");
    html.element("td", Figures.whole(section.linked()), "class", "n");
    html.open("td");
    Page.chip(html, section.holds() ? "ok" : "bad", verdict(section));
    html.close().close().line();
  }

  private static String verdict(Footprint.Section section) {
    long difference = section.linked() - section.predicted();
    if (section.exact()) {
      return difference == 0 ? "exact" : "off by " + Figures.whole(difference) + " B";
    }
    return difference <= 0
        ? "within bound, " + Figures.percent(-difference, section.predicted()) + " spare"
        : Figures.whole(difference) + " B over bound";
  }
}
