package org.fovea.host.bench;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * Every number of every frame: a row a frame, whose layer is empty, then a row for each of its
 * layers. RFC 4180, a dot in numbers. Times are empty in rows of layers, and of an emulator.
 */
public final class BenchCsv {
  private static final String HEAD =
      "board,port,figures,frame,layer,name,macs,unit,ticks,transfer_s,rest_s,latency_s,interval_s\n";

  private BenchCsv() {}

  /** Writes the whole file, row by row: there may be millions. */
  public static void write(List<Benchmark.Found> boards, Appendable csv) throws IOException {
    csv.append(HEAD);
    for (Benchmark.Found found : boards) {
      for (int frame = 0; frame < found.log().frames(); frame++) {
        frame(csv, found, frame);
      }
    }
  }

  private static void frame(Appendable csv, Benchmark.Found found, int frame) throws IOException {
    BoardFigures board = found.figures();
    FrameLog log = found.log();
    boolean timed = !board.figures().equals("emulated");
    row(
        csv,
        board,
        frame,
        "",
        "",
        board.subject().macs(),
        log.layers() == 0 ? "" : whole(log.ticks(frame)),
        timed ? seconds(log.transfer(frame)) : "",
        timed ? seconds(log.rest(frame)) : "",
        timed ? seconds(log.latency(frame)) : "",
        timed ? seconds(log.interval(frame)) : "");
    for (BoardFigures.LayerFigures layer : board.layers()) {
      row(
          csv,
          board,
          frame,
          String.valueOf(layer.index()),
          layer.name(),
          layer.macs(),
          whole(log.ticks(frame, layer.index())),
          "",
          "",
          "",
          "");
    }
  }

  private static void row(
      Appendable csv,
      BoardFigures board,
      int frame,
      String layer,
      String name,
      long macs,
      String ticks,
      String... times)
      throws IOException {
    List<String> cells =
        List.of(
            board.subject().board(),
            board.port(),
            board.figures(),
            String.valueOf(frame),
            layer,
            name,
            String.valueOf(macs),
            board.counter(),
            ticks);
    csv.append(cells.stream().map(BenchCsv::quoted).collect(Collectors.joining(",")));
    csv.append(',').append(String.join(",", times)).append('\n');
  }

  private static String whole(double ticks) {
    return String.format(Locale.ROOT, "%.0f", ticks);
  }

  private static String seconds(OptionalDouble value) {
    return value.isPresent() ? seconds(value.getAsDouble()) : "";
  }

  private static String seconds(double value) {
    return String.format(Locale.ROOT, "%.6f", value);
  }

  private static String quoted(String cell) {
    return cell.matches("[A-Za-z0-9_./: -]*") ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }
}
