package org.fovea.host.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.fovea.host.frame.Answers;
import org.fovea.host.frame.BoardBox;
import org.fovea.host.frame.Bytes;

/**
 * Images one after the other, two in flight: the next one's rows go out while the last one is in
 * work. A result is fetched and released as soon as an answer says that it waits, since the next
 * image cannot end before.
 */
final class ImageStream {
  private static final int MOST_IN_FLIGHT = 2;

  private final Exchange exchange;
  private final Timing timing;
  private final Supplier<Begun> begin;
  private final Rows rows;
  private final IntFunction<ResultReader> reader;
  private final IntConsumer release;
  private final Deque<Sent> inFlight = new ArrayDeque<>();
  private final ResultSink sink;
  private int results;
  private long lastDone;

  /** An image that has begun. */
  record Begun(int image, Answers.Begin answer) {}

  /** Sends the rows of an image; {@code heard} runs after each word of the device. */
  interface Rows {
    void send(Begun begun, byte[] tensor, Progress progress, Runnable heard);
  }

  /** Where an image is; {@code sentAt} is 0 until all its rows are taken over. */
  private static final class Sent {
    private final int image;
    private final Progress progress;
    private final long begunAt;
    private long sentAt;

    Sent(int image, Progress progress, long begunAt) {
      this.image = image;
      this.progress = progress;
      this.begunAt = begunAt;
    }
  }

  /**
   * A stream.
   *
   * @param begin begins the next image
   */
  ImageStream(
      Exchange exchange,
      Timing timing,
      Supplier<Begun> begin,
      Rows rows,
      IntFunction<ResultReader> reader,
      IntConsumer release,
      ResultSink sink) {
    this.exchange = exchange;
    this.timing = timing;
    this.begin = begin;
    this.rows = rows;
    this.reader = reader;
    this.release = release;
    this.sink = sink;
  }

  void run(List<byte[]> tensors, IntFunction<Progress> progress) {
    for (int i = 0; i < tensors.size(); i++) {
      while (inFlight.size() == MOST_IN_FLIGHT) {
        finishOldest();
      }
      long begunAt = exchange.nanoTime();
      Begun begun = begin.get();
      Sent sent = new Sent(begun.image(), progress.apply(i), begunAt);
      inFlight.add(sent);
      rows.send(begun, tensors.get(i), sent.progress, () -> fetchBefore(sent));
      sent.sentAt = exchange.nanoTime();
    }
    while (!inFlight.isEmpty()) {
      finishOldest();
    }
  }

  private void finishOldest() {
    Sent oldest = inFlight.element();
    new InferenceWait(exchange, timing, oldest.image).untilDone(oldest.progress);
    fetchOldest();
  }

  private void fetchOldest() {
    long doneAt = exchange.nanoTime();
    Sent oldest = inFlight.remove();
    ResultReader result = reader.apply(oldest.image);
    OptionalDouble interval =
        results == 0 ? OptionalDouble.empty() : OptionalDouble.of((doneAt - lastDone) / 1e9);
    lastDone = doneAt;
    List<Bytes> outputs = result.outputs();
    Optional<List<BoardBox>> boxes = result.boxes();
    List<Long> profile = result.profile();
    List<Long> crcs = result.crcs();
    release.accept(oldest.image);
    InferenceResult whole =
        new InferenceResult(
            outputs,
            boxes,
            profile,
            crcs,
            result.memory(),
            (oldest.sentAt - oldest.begunAt) / 1e9,
            (doneAt - oldest.sentAt) / 1e9,
            interval);
    sink.accept(results++, whole);
  }

  /** Between two rows, the result of the image before: until it is released, this one may wait. */
  private void fetchBefore(Sent own) {
    if (exchange.resultWaits() && inFlight.element() != own) {
      fetchOldest();
    }
  }
}
