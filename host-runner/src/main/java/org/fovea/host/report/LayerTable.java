package org.fovea.host.report;

import java.util.List;
import java.util.stream.Collectors;
import org.fovea.host.manifest.Layer;

/** One row per fused layer: what runs, what it costs, whether it equals the PC. */
final class LayerTable {
  private final Html html;
  private final Report report;
  private final List<Long> ticks;
  private final long total;

  private LayerTable(Html html, Report report) {
    this.html = html;
    this.report = report;
    this.ticks = report.profiled().map(RunResult::ticks).orElse(List.of());
    this.total = ticks.stream().mapToLong(Long::longValue).sum();
  }

  static void write(Html html, Report report) {
    new LayerTable(html, report).table();
  }

  private void table() {
    html.open("div", "class", "scroll").open("table").open("thead").open("tr");
    html.element("th", "#", "class", "n").element("th", "layer").element("th", "output");
    html.element("th", "kernel").element("th", "MAC", "class", "n");
    html.element("th", "weights", "class", "n");
    if (!ticks.isEmpty()) {
      html.element("th", report.word() + " " + report.tickUnit(), "class", "n");
      html.element("th", "per MAC", "class", "n").element("th", "share");
    }
    html.element("th", "CRC = PC").close().close().line().open("tbody");
    report.deployment().layers().forEach(this::row);
    html.close().close().close().line();
  }

  private void row(Layer layer) {
    html.open("tr");
    html.element("td", "" + layer.index(), "class", "n");
    html.open("td").element("strong", layer.name());
    html.element("div", String.join(" + ", layer.ops()), "class", "quiet small").close();
    html.element("td", shape(layer), "class", "nowrap");
    html.open("td", "title", layer.reason()).element("code", layer.kernel());
    html.element("div", layer.variant(), "class", "quiet small").close();
    html.element("td", Figures.metric(layer.macs()), "class", "n");
    html.element("td", Figures.size(layer.weightsBytes()), "class", "n");
    if (!ticks.isEmpty()) {
      ticks(layer);
    }
    html.open("td");
    crc(layer.index());
    html.close().close().line();
  }

  private void ticks(Layer layer) {
    long own = layer.index() < ticks.size() ? ticks.get(layer.index()) : 0;
    html.element("td", Figures.whole(own), "class", "n");
    html.element(
        "td",
        layer.macs() == 0 ? "–" : Figures.decimal((double) own / layer.macs(), 2),
        "class",
        "n");
    double share = total == 0 ? 0 : 100.0 * own / total;
    html.open("td", "class", "share")
        .open("svg", "viewBox", "0 0 100 10", "preserveAspectRatio", "none", "aria-hidden", "true");
    html.single("rect", "class", "free", "width", "100", "height", "10");
    html.single("rect", "class", "c0", "width", Figures.decimal(share, 2), "height", "10");
    html.close().element("span", Figures.decimal(share, 1) + " %").close();
  }

  private void crc(int layer) {
    switch (report.state(layer)) {
      case EQUAL -> Page.chip(html, "ok", "equal");
      case DIFFERENT -> Page.chip(html, "bad", "differs");
      case UNKNOWN -> Page.chip(html, "none", "not compared");
    }
  }

  private static String shape(Layer layer) {
    return layer.outputShape().stream()
        .skip(1)
        .map(String::valueOf)
        .collect(Collectors.joining("×"));
  }
}
