package org.fovea.host.session;

import java.nio.BufferUnderflowException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.fovea.host.fault.DeviceRefused;
import org.fovea.host.fault.LinkFailed;
import org.fovea.host.frame.Answers;
import org.fovea.host.frame.Frame;
import org.fovea.host.frame.MalformedAnswer;
import org.fovea.host.frame.Request;
import org.fovea.host.port.Port;

/**
 * One open request at a time: sends it, repeats it, and takes only the answer that carries its
 * session and sequence. Rows go out without waiting; what the device says of them is kept in order.
 * Whatever else comes is dropped, log lines are handed on.
 */
final class Exchange {
  private static final int SEQUENCES = 1 << 16;

  private final Port port;
  private final Timing timing;
  private final int session;
  private final Inbox inbox;
  private final Deque<RowNews> news = new ArrayDeque<>();
  private int sequence;
  private boolean resultWaits;
  private long sent;
  private long repeats;

  Exchange(Port port, Timing timing, int session, Consumer<String> log, LongSupplier nanoClock) {
    this.port = port;
    this.timing = timing;
    this.session = session;
    this.inbox = new Inbox(port, log, nanoClock);
  }

  /** Asks until the answer is there. */
  <A> A ask(Request<A> request, int image) {
    boolean slow = request instanceof Request.SelfTest || request instanceof Request.Cells;
    int timeoutMs = slow ? timing.selfTestMs() : timing.answerMs();
    int own = newSequence();
    for (int attempt = 0; attempt <= timing.repeats(); attempt++) {
      repeats += attempt > 0 ? 1 : 0;
      Optional<A> answer = attempt(request, own, image, timeoutMs);
      if (answer.isPresent()) {
        return answer.get();
      }
    }
    throw silent((timing.repeats() + 1) * (long) timeoutMs);
  }

  /**
   * Asks for several things at once, so that the line need not wait between them.
   *
   * @return answers in the order of the requests
   */
  <A> List<A> askAll(List<? extends Request<A>> requests, int image) {
    List<Integer> own = new ArrayList<>();
    for (Request<A> request : requests) {
      own.add(newSequence());
      send(request, sequence, image);
    }
    Map<Integer, A> answers = new HashMap<>();
    long deadline = inbox.deadline(timing.answerMs());
    Optional<Frame> frame = receive(deadline);
    while (frame.isPresent()) {
      int index = own.indexOf(frame.get().sequence());
      if (index >= 0) {
        answer(requests.get(index), own.get(index), frame.get())
            .ifPresent(a -> answers.put(index, a));
      }
      // A line keeps the order: what the last answer has overtaken is lost.
      frame = answers.containsKey(own.size() - 1) ? Optional.empty() : receive(deadline);
    }
    List<A> all = new ArrayList<>();
    for (int i = 0; i < own.size(); i++) {
      repeats += answers.containsKey(i) ? 0 : 1;
      all.add(answers.containsKey(i) ? answers.get(i) : ask(requests.get(i), image));
    }
    return all;
  }

  /** Asks once; empty when no answer came in time. */
  <A> Optional<A> askOnce(Request<A> request, int image, int timeoutMs) {
    return attempt(request, newSequence(), image, timeoutMs);
  }

  private int newSequence() {
    sequence = (sequence + 1) % SEQUENCES;
    return sequence;
  }

  private <A> Optional<A> attempt(Request<A> request, int own, int image, int timeoutMs) {
    send(request, own, image);
    long deadline = inbox.deadline(timeoutMs);
    for (Optional<Frame> frame = receive(deadline); frame.isPresent(); frame = receive(deadline)) {
      Optional<A> answer = answer(request, own, frame.get());
      if (answer.isPresent()) {
        return answer;
      }
    }
    return Optional.empty();
  }

  private void send(Request<?> request, int own, int image) {
    sent++;
    port.write(
        new Frame(request.type(), 0, own, session, image, request.row(), request.payload())
            .toWire());
  }

  /**
   * Sends a part of an image and does not wait.
   *
   * @param repeated whether it was sent before
   * @return its sequence
   */
  int post(Request.Row row, int image, boolean repeated) {
    repeats += repeated ? 1 : 0;
    int own = newSequence();
    send(row, own, image);
    return own;
  }

  /** The next thing that the device says of an image's rows; empty when nothing came in time. */
  Optional<RowNews> awaitNews(int image, int timeoutMs) {
    long deadline = inbox.deadline(timeoutMs);
    while (news.isEmpty()) {
      Optional<Frame> frame = receive(deadline);
      if (frame.isEmpty()) {
        return Optional.empty();
      }
      refuseRows(frame.get(), image);
    }
    return Optional.of(news.remove());
  }

  /** Whatever was said of the rows of an image before is of no interest any more. */
  void forgetNews() {
    news.clear();
  }

  private void refuseRows(Frame frame, int image) {
    if (frame.type() == Answers.ERROR && frame.session() == session && frame.image() == image) {
      Answers.Refusal refusal = readable(frame, () -> Answers.Refusal.read(frame.payload()));
      if (refusal.requestType() == Request.Row.TYPE) {
        throw new Refused(refusal);
      }
    }
  }

  /** Lets the time pass, and takes log lines meanwhile. */
  void idle(int waitMs) {
    long deadline = inbox.deadline(waitMs);
    Optional<Frame> stale = receive(deadline);
    while (stale.isPresent()) {
      stale = receive(deadline);
    }
  }

  /** Lets the time pass until the device says that a result waits. */
  void awaitResult(int waitMs) {
    long deadline = inbox.deadline(waitMs);
    Optional<Frame> frame = receive(deadline);
    while (frame.isPresent() && (frame.get().session() != session || !resultWaits)) {
      frame = receive(deadline);
    }
  }

  /** Whether the last answer said that an image is done and not yet released. */
  boolean resultWaits() {
    return resultWaits;
  }

  long nanoTime() {
    return inbox.nanoTime();
  }

  Traffic traffic() {
    return new Traffic(sent, repeats, inbox.badFrames());
  }

  LinkFailed silent(long waitedMs) {
    return new LinkFailed(
        "board",
        String.format(
            "gave no answer within %.1f s, %d damaged frames", waitedMs / 1e3, inbox.badFrames()),
        "It runs no Fovea firmware, is off or held by a debugger, or baud rate or port are others",
        "Let an attached debugger run the core, or end it; compare port and baud rate with the"
            + " board's page; reset the board, or load it again where its firmware lies in RAM");
  }

  private <A> Optional<A> answer(Request<A> request, int own, Frame frame) {
    if (frame.session() != session || frame.sequence() != own) {
      return Optional.empty();
    }
    if (frame.type() == Answers.ERROR) {
      throw new Refused(readable(frame, () -> Answers.Refusal.read(frame.payload())));
    }
    return frame.type() == request.type() + Request.ANSWER
        ? Optional.of(readable(frame, () -> request.read(frame.payload().reader())))
        : Optional.empty();
  }

  private static <T> T readable(Frame frame, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (BufferUnderflowException | MalformedAnswer e) {
      throw new DeviceRefused(
          "board",
          String.format("sent an answer 0x%02x that cannot be read", frame.type()),
          "Its checksum is right, so the firmware speaks another protocol",
          "Generate, build and flash the firmware again with this version of Fovea");
    }
  }

  private Optional<Frame> receive(long deadline) {
    Optional<Frame> frame = inbox.receive(deadline);
    frame.ifPresent(this::note);
    return frame;
  }

  private void note(Frame frame) {
    if (frame.session() != session) {
      return;
    }
    resultWaits = (frame.flags() & Answers.RESULT_WAITS) != 0;
    if (frame.type() == Request.Row.TYPE + Request.ANSWER) {
      boolean damaged = (frame.flags() & Answers.DAMAGED) != 0;
      Answers.Row at = readable(frame, () -> Answers.Row.read(frame.payload().reader()));
      news.add(new RowNews(frame.image(), frame.sequence(), damaged, at));
    }
  }
}
