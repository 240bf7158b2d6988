package org.fovea.host.session;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.LongConsumer;
import org.fovea.host.fault.Finding;
import org.fovea.host.fault.LinkFailed;

/**
 * Images one after the other, over as many sessions as it takes: where the line breaks, the cable
 * is pulled or the board resets, the next session goes on with the first image that has no result.
 */
public final class Batch {
  private static final long RETRY_MS = 500;

  /** So long a cable may be out, or a board start. */
  private static final int OPENINGS = 60;

  /** Sessions in a row that bring no result: then it is no accident. */
  private static final int FRUITLESS = 3;

  private final Line line;
  private final Consumer<String> words;
  private final LongConsumer sleep;

  /** A way to the board. */
  public interface Line {
    /**
     * Opens the next session.
     *
     * @throws LinkFailed when the board is not there
     */
    Session open();
  }

  /**
   * A batch.
   *
   * @param words hears why a session ended before its time
   * @param sleep waits for so many milliseconds
   */
  public Batch(Line line, Consumer<String> words, LongConsumer sleep) {
    this.line = line;
    this.words = words;
    this.sleep = sleep;
  }

  /**
   * Runs all images.
   *
   * @param progress of each image, by its place in the list
   * @throws LinkFailed when the board does not come back, or no session brings a result any more
   */
  public void run(List<byte[]> tensors, IntFunction<Progress> progress, ResultSink sink) {
    Counted counted = new Counted(sink);
    Session session = line.open();
    for (int fruitless = 0; ; fruitless++) {
      int before = counted.done;
      Optional<LinkFailed> broken = attempt(session, tensors, progress, counted);
      if (broken.isEmpty()) {
        return;
      }
      fruitless = counted.done > before ? 0 : fruitless;
      if (fruitless == FRUITLESS) {
        throw broken.get();
      }
      Finding why = broken.get().findings().get(0);
      words.accept(
          String.format(
              "image %d of %d goes out again: %s %s. %s",
              counted.done + 1, tensors.size(), why.where(), why.what(), why.why()));
      session = reopened(broken.get());
    }
  }

  private static Optional<LinkFailed> attempt(
      Session session, List<byte[]> tensors, IntFunction<Progress> progress, Counted counted) {
    int first = counted.done;
    try (session) {
      session.inferAll(
          tensors.subList(first, tensors.size()), i -> progress.apply(first + i), counted);
      return Optional.empty();
    } catch (LinkFailed e) {
      return Optional.of(e);
    }
  }

  private Session reopened(LinkFailed broken) {
    for (int i = 0; i < OPENINGS; i++) {
      sleep.accept(RETRY_MS);
      try {
        return line.open();
      } catch (LinkFailed e) {
        broken.addSuppressed(e);
      }
    }
    throw broken;
  }

  /** Passes results on with the batch's own index. */
  private static final class Counted implements ResultSink {
    private final ResultSink sink;
    private int done;

    Counted(ResultSink sink) {
      this.sink = sink;
    }

    @Override
    public void accept(int index, InferenceResult result) {
      sink.accept(done, result);
      done++;
    }
  }
}
