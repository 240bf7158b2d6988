package org.fovea.host.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.host.bench.Baseline;
import org.fovea.host.bench.BoardFigures;
import org.fovea.host.bench.Change;

/** A bar a layer, and where there is a baseline a paler one beside it. */
final class LayerChart {
  private LayerChart() {}

  static void write(Html html, BoardFigures board) {
    html.open("div", "class", "scroll").open("figure", "class", "plan");
    List<BarChart.Bar> bars = new ArrayList<>();
    for (BoardFigures.LayerFigures layer : board.layers()) {
      Optional<Change> change = change(board, layer);
      change.ifPresent(c -> bars.add(bar(layer, "before", c.before(), "c5")));
      double now = change.map(Change::now).orElse(layer.ticks().median());
      bars.add(bar(layer, "now", now, worse(change) ? "c1" : "c0"));
    }
    int last = board.layers().size() - 1;
    BarChart.write(
        html,
        board.counter() + " of each layer",
        bars,
        List.of(),
        "0 " + board.layers().get(0).name(),
        last + " " + board.layers().get(last).name());
    html.close().close().line();
  }

  private static BarChart.Bar bar(
      BoardFigures.LayerFigures layer, String when, double value, String colour) {
    return new BarChart.Bar(
        layer.index() + " " + layer.name() + ", " + when + ": " + BenchPage.number(value),
        List.of(new BarChart.Part(colour, value)));
  }

  private static boolean worse(Optional<Change> change) {
    return change.filter(c -> c.verdict() == Change.Verdict.WORSE).isPresent();
  }

  private static Optional<Change> change(BoardFigures board, BoardFigures.LayerFigures layer) {
    String id = Baseline.layerId(layer.index(), layer.name());
    return board.changes().stream().filter(c -> c.id().equals(id)).findFirst();
  }
}
