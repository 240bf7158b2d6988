package org.fovea.host.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.fovea.host.bench.BoardFigures;
import org.fovea.host.bench.FrameLog;

/**
 * The frames one after the other. Measured: what the image took over the line, and what it took
 * then. Emulated: instructions. Of more frames than fit, neighbours share a bar, as their mean.
 */
final class FrameChart {
  private static final int MOST_BARS = 120;

  private FrameChart() {}

  static void write(Html html, BoardFigures board, FrameLog log) {
    boolean timed = board.figures().equals("measured");
    String what = timed ? "latency" : "ticks";
    html.open("div", "class", "scroll").open("figure", "class", "plan");
    html.open("p", "class", "legend");
    if (timed) {
      legend(html, "c0", "image over the line, ms");
      legend(html, "c1", "then until done, ms");
    } else {
      legend(html, "c0", "all layers, " + board.figures() + " " + board.counter());
    }
    html.close().line();
    List<BarChart.Bar> bars = new ArrayList<>();
    int group = (log.frames() + MOST_BARS - 1) / MOST_BARS;
    for (int from = 0; from < log.frames(); from += group) {
      bars.add(bar(log, from, Math.min(log.frames(), from + group), timed));
    }
    List<BarChart.Level> levels =
        board.quantities().stream()
            .filter(q -> q.id().equals(what))
            .findFirst()
            .map(
                q ->
                    List.of(
                        new BarChart.Level("median", q.spread().median()),
                        new BarChart.Level("95 %", q.spread().p95())))
            .orElse(List.of());
    BarChart.write(
        html,
        what + " over frames",
        bars,
        levels,
        group > 1 ? "frame 0, " + group + " frames a bar" : "frame 0",
        "frame " + (log.frames() - 1));
    html.close().close().line();
  }

  private static BarChart.Bar bar(FrameLog log, int from, int to, boolean timed) {
    String frames = to - from == 1 ? "frame " + from : "frames " + from + " to " + (to - 1);
    if (!timed) {
      double ticks = mean(from, to, log::ticks);
      return new BarChart.Bar(
          frames + ": " + BenchPage.number(ticks), List.of(new BarChart.Part("c0", ticks)));
    }
    double transfer = 1e3 * mean(from, to, log::transfer);
    double rest = 1e3 * mean(from, to, log::rest);
    return new BarChart.Bar(
        frames + ": " + BenchPage.number(transfer) + " + " + BenchPage.number(rest) + " ms",
        List.of(new BarChart.Part("c0", transfer), new BarChart.Part("c1", rest)));
  }

  private static double mean(int from, int to, IntToDoubleFunction ofFrame) {
    return IntStream.range(from, to).mapToDouble(ofFrame).average().orElse(0);
  }

  private static void legend(Html html, String colour, String text) {
    html.open("span").element("i", "", "class", colour).text(text).close();
  }
}
