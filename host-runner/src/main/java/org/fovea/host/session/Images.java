package org.fovea.host.session;

import org.fovea.host.frame.Answers;
import org.fovea.host.frame.Request;
import org.fovea.host.manifest.Input;

/** Numbers a session's images, and brings them to the board. */
final class Images {
  private static final int NUMBERS = 1 << 16;

  private final Exchange exchange;
  private final Timing timing;
  private final Answers.Hello hello;
  private final Input input;
  private int current;

  Images(Exchange exchange, Timing timing, Answers.Hello hello, Input input) {
    this.exchange = exchange;
    this.timing = timing;
    this.hello = hello;
    this.input = input;
  }

  /** The number of the image that was begun last, 0 before the first. */
  int current() {
    return current;
  }

  /**
   * Begins the next image.
   *
   * @param present whether it lies in the device's memory already
   */
  ImageStream.Begun begin(boolean present) {
    current = current % (NUMBERS - 1) + 1;
    Request.Begin request =
        new Request.Begin(
            can(ResultReader.CAPABILITY_PROFILE), can(ResultReader.CAPABILITY_CRCS), present);
    Answers.Begin begun = whenFree(request);
    if (begun.rows() != input.height()) {
      throw ResultReader.contradiction("an image of " + begun.rows() + " rows");
    }
    int most = hello.maxPayload() - Parts.HEADER_BYTES;
    if (begun.partBytes() < 1 || begun.partBytes() > most) {
      throw ResultReader.contradiction("parts of " + begun.partBytes() + " bytes");
    }
    exchange.forgetNews();
    return new ImageStream.Begun(current, begun);
  }

  /** A board that still works on an image of an earlier session gets the time to end it. */
  private Answers.Begin whenFree(Request.Begin request) {
    long start = exchange.nanoTime();
    while (true) {
      try {
        return exchange.ask(request, current);
      } catch (Refused e) {
        long waitedMs = (exchange.nanoTime() - start) / 1_000_000;
        if (e.refusal().code() != Answers.Refusal.Code.BUSY || waitedMs > timing.stallMs()) {
          throw e;
        }
        exchange.idle(timing.busyMs());
      }
    }
  }

  /** Sends all rows of an image that was begun. */
  void sendRows(ImageStream.Begun begun, byte[] tensor, Progress progress, Runnable heard) {
    if (tensor.length != input.bytes()) {
      throw new IllegalStateException("image of " + tensor.length + " bytes");
    }
    Parts parts = new Parts(tensor, input.rowBytes(), begun.answer().partBytes());
    new ImageTransfer(exchange, timing, begun.image(), parts, heard)
        .send(begun.answer().room(), progress);
  }

  private boolean can(int capability) {
    return (hello.capabilities() & capability) != 0;
  }
}
