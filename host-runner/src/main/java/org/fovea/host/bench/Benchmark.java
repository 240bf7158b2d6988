package org.fovea.host.bench;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import org.fovea.host.frame.Answers;
import org.fovea.host.manifest.Deployment;
import org.fovea.host.manifest.Layer;
import org.fovea.host.session.InferenceResult;
import org.fovea.host.session.Progress;
import org.fovea.host.session.Session;
import org.fovea.host.session.Traffic;

/**
 * Sends images to one board again and again, and keeps nothing of a frame but its numbers. Where
 * the board takes two images at a time they overlap.
 */
public final class Benchmark {
  private static final long COUNTER_MASK = 0xFFFF_FFFFL;
  private static final double BITS_A_BYTE = 10;

  private final Deployment deployment;
  private final String port;
  private final int frames;
  private final int warmUp;
  private final LongSupplier nanoClock;

  /**
   * A benchmark.
   *
   * @param port how the board is reached, for a person
   * @param frames that count, at least 1
   * @param warmUp frames before them
   */
  public Benchmark(Deployment deployment, String port, int frames, int warmUp) {
    this(deployment, port, frames, warmUp, System::nanoTime);
  }

  /** The same by another clock than the system's. */
  public Benchmark(
      Deployment deployment, String port, int frames, int warmUp, LongSupplier nanoClock) {
    this.deployment = deployment;
    this.port = port;
    this.frames = frames;
    this.warmUp = warmUp;
    this.nanoClock = nanoClock;
  }

  /** Figures, and the numbers that they are made from. */
  public record Found(BoardFigures figures, FrameLog log) {}

  /**
   * Runs all frames.
   *
   * @param line the session's own
   * @param tensors images as they are sent, taken in turn; at least one
   * @param done hears how many frames are done, warm-up included
   */
  public Found run(Session session, MeteredPort line, List<byte[]> tensors, IntConsumer done) {
    Basis basis = Basis.of(session.hello(), deployment);
    frames(session, tensors, 0, warmUp, new FrameLog(), done);
    FrameLog log = new FrameLog();
    Counts before = counts(session, line);
    frames(session, tensors, warmUp, frames, log, done);
    Counts after = counts(session, line);
    return new Found(
        new BoardFigures(
            subject(),
            port,
            basis.word(),
            basis.unit(),
            basis.clockHz(),
            frames,
            warmUp,
            tensors.size(),
            session.overlapsImages(),
            Quantities.of(log, basis),
            log.layers() == 0
                ? Optional.empty()
                : perMac(log.spread(log::ticks), deployment.model().macs()),
            layers(log),
            line(before, after, basis, session.baud()),
            session.memory().stream()
                .map(m -> new BoardFigures.Mark(m.name(), m.size(), m.used()))
                .toList(),
            Optional.empty(),
            List.of()),
        log);
  }

  private void frames(
      Session session, List<byte[]> tensors, int first, int count, FrameLog log, IntConsumer done) {
    if (session.overlapsImages()) {
      overlapped(session, tensors, first, count, log, done);
    } else {
      oneByOne(session, tensors, first, count, log, done);
    }
  }

  private void oneByOne(
      Session session, List<byte[]> tensors, int first, int count, FrameLog log, IntConsumer done) {
    long last = nanoClock.getAsLong();
    for (int i = 0; i < count; i++) {
      InferenceResult result =
          session.infer(tensors.get((first + i) % tensors.size()), Progress.NONE);
      long now = nanoClock.getAsLong();
      log.add(result, i == 0 ? OptionalDouble.empty() : OptionalDouble.of((now - last) / 1e9));
      last = now;
      done.accept(first + i + 1);
    }
  }

  private static void overlapped(
      Session session, List<byte[]> tensors, int first, int count, FrameLog log, IntConsumer done) {
    List<byte[]> all =
        new AbstractList<>() {
          @Override
          public byte[] get(int index) {
            return tensors.get((first + index) % tensors.size());
          }

          @Override
          public int size() {
            return count;
          }
        };
    session.inferAll(
        all,
        i -> Progress.NONE,
        (i, result) -> {
          log.add(result, result.intervalSeconds());
          done.accept(first + i + 1);
        });
  }

  private BoardFigures.Subject subject() {
    return new BoardFigures.Subject(
        deployment.board().id(),
        deployment.board().name(),
        deployment.board().cpu(),
        deployment.rtos(),
        deployment.model().file(),
        deployment.model().sha256(),
        deployment.layoutSha256(),
        deployment.model().macs());
  }

  private List<BoardFigures.LayerFigures> layers(FrameLog log) {
    List<BoardFigures.LayerFigures> layers = new ArrayList<>();
    for (int i = 0; i < log.layers(); i++) {
      Layer layer = deployment.layers().get(i);
      Spread ticks = log.layer(i);
      layers.add(
          new BoardFigures.LayerFigures(
              i,
              layer.name(),
              layer.kernel(),
              layer.variant(),
              layer.macs(),
              ticks,
              perMac(ticks, layer.macs())));
    }
    return layers;
  }

  private static Optional<Double> perMac(Spread ticks, long macs) {
    return macs == 0 ? Optional.empty() : Optional.of(Spread.rounded(ticks.median() / macs));
  }

  /** Counters of the line at one moment. */
  private record Counts(
      long nanos, long sent, long received, Traffic traffic, Answers.Status status) {}

  private Counts counts(Session session, MeteredPort line) {
    Answers.Status status = session.status();
    return new Counts(
        nanoClock.getAsLong(), line.sent(), line.received(), session.traffic(), status);
  }

  private static BoardFigures.Line line(Counts before, Counts after, Basis basis, int rate) {
    OptionalInt baud = rate == 0 ? OptionalInt.empty() : OptionalInt.of(rate);
    Traffic traffic = after.traffic().since(before.traffic());
    long sent = after.sent() - before.sent();
    long received = after.received() - before.received();
    double seconds = (after.nanos() - before.nanos()) / 1e9;
    return new BoardFigures.Line(
        sent,
        received,
        traffic.sent(),
        traffic.repeats(),
        (after.status().badFrames() - before.status().badFrames()) & COUNTER_MASK,
        traffic.badFrames(),
        (after.status().overruns() - before.status().overruns()) & COUNTER_MASK,
        baud,
        share(sent, seconds, basis, baud),
        share(received, seconds, basis, baud));
  }

  private static Optional<Double> share(long bytes, double seconds, Basis basis, OptionalInt baud) {
    return basis.emulated() || baud.isEmpty() || seconds <= 0
        ? Optional.empty()
        : Optional.of(Spread.rounded(bytes * BITS_A_BYTE / baud.getAsInt() / seconds));
  }
}
