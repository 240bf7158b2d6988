package org.fovea.host.session;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.Optional;
import java.util.PriorityQueue;
import org.fovea.host.fault.DeviceRefused;
import org.fovea.host.fault.LinkFailed;
import org.fovea.host.frame.Answers;
import org.fovea.host.frame.Request;

/**
 * Brings the rows of one image to the device: as many as it has room for, without waiting. A line
 * keeps the order of frames, so what the device does not have although a later frame was read is
 * lost, and goes out again, alone.
 */
final class ImageTransfer {
  private static final int LEAST_PATIENCE_MS = 100;
  private static final int PATIENCE = 4;
  private static final int MASK_BITS = 32;

  /** Losses with no part gained, after which a line is too noisy for anything. */
  private static final int MOST_LOSSES = 1_000;

  private final Exchange exchange;
  private final Timing timing;
  private final int image;
  private final Parts parts;
  private final Runnable heard;

  /** Parts that the device has, and the first that it does not have. */
  private final BitSet taken = new BitSet();

  private int missing;

  /** The first part that was never sent, and the first that there is no room for. */
  private int next;

  private int limit;

  private final Deque<Sent> underWay = new ArrayDeque<>();
  private final PriorityQueue<Integer> lost = new PriorityQueue<>();
  private int losses;
  private int stepsSeen;
  private long movedAt;
  private long newsAt;
  private long patienceNanos;

  private record Sent(int part, int sequence) {}

  /**
   * A transfer.
   *
   * @param image that has begun
   * @param heard runs after each word of the device, between two frames
   */
  ImageTransfer(Exchange exchange, Timing timing, int image, Parts parts, Runnable heard) {
    this.exchange = exchange;
    this.timing = timing;
    this.image = image;
    this.parts = parts;
    this.heard = heard;
  }

  /**
   * Returns once the device has all rows.
   *
   * @param room rows that may be sent at once
   */
  void send(int room, Progress progress) {
    limit = parts.first(room);
    patienceNanos = timing.rowMs() * 1_000_000L;
    movedAt = newsAt = exchange.nanoTime();
    int rows = 0;
    while (missing < parts.count()) {
      sendWhatMayGo();
      Optional<RowNews> news = exchange.awaitNews(image, patienceMs());
      news.ifPresentOrElse(this::hear, this::probe);
      if (parts.row(missing) > rows) {
        rows = parts.row(missing);
        progress.rows(rows, parts.rows());
      }
      heard.run();
    }
  }

  private void sendWhatMayGo() {
    while (!lost.isEmpty() && lost.element() < limit) {
      int part = lost.remove();
      if (!taken.get(part)) {
        post(part);
      }
    }
    while (next < limit) {
      post(next);
    }
  }

  private void post(int part) {
    underWay.add(new Sent(part, exchange.post(parts.request(part), image, part < next)));
    next = Math.max(next, part + 1);
  }

  private void hear(RowNews news) {
    if (news.image() != image) {
      return;
    }
    long now = exchange.nanoTime();
    adjustPatience(now - newsAt);
    newsAt = now;
    if (take(news.at())) {
      movedAt = now;
      losses = 0;
    }
    limit = Math.max(limit, parts.first(news.at().nextRow() + news.at().room()));
    while (!underWay.isEmpty() && !isBehind(underWay.element(), news.sequence())) {
      lose(underWay.remove());
    }
    if (news.damaged() && !underWay.isEmpty()) {
      lose(underWay.remove());
    }
  }

  /** Whether the device has more than it was known to have. */
  private boolean take(Answers.Row at) {
    int first = parts.at(at.nextRow(), at.nextOffset());
    int before = taken.cardinality();
    if (first >= 0 && first <= next) {
      taken.set(0, first);
    }
    for (int i = 1; i < MASK_BITS; i++) {
      if ((at.there() >> i & 1) != 0) {
        taken.set(first + i);
      }
    }
    if (first < 0 || first > next || taken.length() > next) {
      throw contradiction(at);
    }
    missing = taken.nextClearBit(0);
    return taken.cardinality() > before;
  }

  private static boolean isBehind(Sent sent, int sequence) {
    return (short) (sent.sequence() - sequence) > 0;
  }

  private void lose(Sent sent) {
    if (taken.get(sent.part())) {
      return;
    }
    lost.add(sent.part());
    if (++losses > MOST_LOSSES) {
      throw new LinkFailed(
          "board",
          "lost " + MOST_LOSSES + " frames at row " + parts.row(missing),
          "The line damages nearly every frame",
          "Take a shorter cable or a lower baud rate, keep it away from motors, run again");
    }
  }

  private int patienceMs() {
    return (int) ((patienceNanos + 999_999) / 1_000_000);
  }

  /** Soon after the time that news take on this line, the device is asked. */
  private void adjustPatience(long nanos) {
    patienceNanos = Math.max(patienceNanos * 7 / 8, nanos * PATIENCE);
    patienceNanos = Math.min(patienceNanos, timing.rowMs() * 1_000_000L);
    patienceNanos = Math.max(patienceNanos, LEAST_PATIENCE_MS * 1_000_000L);
  }

  /** Nothing came: asks whether the board is alive, then says again what it may have lost. */
  private void probe() {
    Answers.Status status = exchange.ask(new Request.Status(), image);
    InferenceWait.refuseFailed(status);
    InferenceWait.refuseLost(status);
    long now = exchange.nanoTime();
    if (status.stepsDone() > stepsSeen) {
      stepsSeen = status.stepsDone();
      movedAt = now;
    }
    if (now - movedAt > timing.stallMs() * 1_000_000L) {
      throw new LinkFailed(
          "board",
          "takes nothing after row " + parts.row(missing),
          "The inference hangs, the link does not",
          "Reset the board and run again; if it stays, report it with this row");
    }
    while (!underWay.isEmpty()) {
      lose(underWay.remove());
    }
    newsAt = now;
    if (missing < parts.count()) {
      post(missing); // with or without room: it is answered
    }
  }

  private DeviceRefused contradiction(Answers.Row at) {
    return new DeviceRefused(
        "board",
        "asks for row " + at.nextRow() + " byte " + at.nextOffset() + ", which was not offered",
        "It does not follow the rows that the host sends",
        "Reset the board and run again; if it stays, report it");
  }
}
