package org.fovea.host.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.fovea.host.session.InferenceResult;

/** Figures of boards that are not there. */
public final class Figures {
  private Figures() {}

  /** Frames of so many ticks in each of two layers, and a tenth of a second more each time. */
  public static FrameLog log(long... ticks) {
    FrameLog log = new FrameLog();
    for (int i = 0; i < ticks.length; i++) {
      log.add(
          new InferenceResult(
              List.of(),
              Optional.empty(),
              List.of(ticks[i], 2 * ticks[i]),
              List.of(),
              List.of(),
              1 + 0.1 * i,
              0.5,
              OptionalDouble.empty()),
          i == 0 ? OptionalDouble.empty() : OptionalDouble.of(1.25));
    }
    return log;
  }

  /** As a benchmark would have found them; {@code name} is that of board and of the first layer. */
  public static Benchmark.Found found(String name, Basis basis, FrameLog log) {
    List<BoardFigures.LayerFigures> layers = new ArrayList<>();
    String[] names = {name, "head"};
    for (int i = 0; i < names.length; i++) {
      Spread spread = log.layer(i);
      layers.add(
          new BoardFigures.LayerFigures(
              i, names[i], "fv_conv2d_s8", "portable", 100, spread, Optional.of(0.25)));
    }
    return new Benchmark.Found(
        new BoardFigures(
            new BoardFigures.Subject(
                "board-1", name, "cortex-m7", "bare", "model.tflite", "12".repeat(32), "ab", 200),
            "/dev/ttyACM0",
            basis.word(),
            basis.unit(),
            basis.clockHz(),
            log.frames(),
            2,
            1,
            false,
            Quantities.of(log, basis),
            Optional.of(0.75),
            layers,
            new BoardFigures.Line(
                1_000,
                200,
                30,
                1,
                0,
                1,
                0,
                OptionalInt.of(921_600),
                Optional.of(0.125),
                Optional.of(0.0625)),
            List.of(new BoardFigures.Mark("main", 4_096, 1_500)),
            Optional.empty(),
            List.of()),
        log);
  }
}
