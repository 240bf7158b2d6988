package org.fovea.host.bench;

import java.util.ArrayList;
import java.util.List;

/** What every frame has. */
final class Quantities {
  static final String TICKS = "ticks";
  static final String TRANSFER = "transfer";
  static final String LATENCY = "latency";
  static final String INTERVAL = "interval";
  private static final String MS = "ms";

  private Quantities() {}

  /** Of an emulator only the ticks: its times are those of the PC that emulates. */
  static List<BoardFigures.Quantity> of(FrameLog log, Basis basis) {
    List<BoardFigures.Quantity> all = new ArrayList<>();
    if (log.layers() > 0) {
      all.add(quantity(TICKS, "all layers", basis.unit(), log.spread(log::ticks)));
    }
    if (basis.emulated()) {
      return all;
    }
    all.add(ms(TRANSFER, "image over the line", log.spread(i -> 1e3 * log.transfer(i))));
    all.add(ms("rest", "then until done", log.spread(i -> 1e3 * log.rest(i))));
    all.add(ms(LATENCY, "latency, both", log.spread(i -> 1e3 * log.latency(i))));
    if (log.layers() > 0 && basis.isTime()) {
      all.add(
          ms("compute", "of it layers at work", log.spread(i -> basis.milliseconds(log.ticks(i)))));
      all.add(
          ms(
              "waiting",
              "of it waiting",
              log.spread(
                  i -> Math.max(0, 1e3 * log.latency(i) - basis.milliseconds(log.ticks(i))))));
    }
    double[] intervals = log.intervals();
    if (intervals.length > 0) {
      for (int i = 0; i < intervals.length; i++) {
        intervals[i] *= 1e3;
      }
      all.add(ms(INTERVAL, "from result to result", Spread.of(intervals)));
    }
    return all;
  }

  private static BoardFigures.Quantity ms(String id, String title, Spread spread) {
    return quantity(id, title, MS, spread);
  }

  private static BoardFigures.Quantity quantity(
      String id, String title, String unit, Spread spread) {
    return new BoardFigures.Quantity(id, title, unit, spread.rounded());
  }
}
