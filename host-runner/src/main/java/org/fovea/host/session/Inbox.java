package org.fovea.host.session;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.fovea.host.frame.Answers;
import org.fovea.host.frame.Frame;
import org.fovea.host.frame.FrameDecoder;
import org.fovea.host.port.Port;

/** Frames as they come out of a port: log lines handed on, damaged ones counted and dropped. */
final class Inbox {
  private static final int READ_BYTES = 4_096;

  private final Port port;
  private final LongSupplier nanoClock;
  private final LogLines logLines;
  private final FrameDecoder decoder = new FrameDecoder();
  private final byte[] buffer = new byte[READ_BYTES];
  private int next;
  private int filled;

  Inbox(Port port, Consumer<String> log, LongSupplier nanoClock) {
    this.port = port;
    this.nanoClock = nanoClock;
    this.logLines = new LogLines(log);
  }

  /** The next frame that is no log line, empty when the deadline has passed. */
  Optional<Frame> receive(long deadline) {
    while (next < filled || fill(deadline)) {
      Optional<Frame> frame = decoder.accept(buffer[next++]);
      if (frame.isPresent() && frame.get().type() != Answers.LOG) {
        return frame;
      }
      frame.ifPresent(logLines::accept);
    }
    return Optional.empty();
  }

  private boolean fill(long deadline) {
    for (long leftMs = leftMs(deadline); leftMs > 0; leftMs = leftMs(deadline)) {
      next = 0;
      filled = port.read(buffer, (int) leftMs);
      if (filled > 0) {
        return true;
      }
    }
    return false;
  }

  long badFrames() {
    return decoder.badFrames();
  }

  long nanoTime() {
    return nanoClock.getAsLong();
  }

  /** The time of the clock at which so much has passed from now. */
  long deadline(int timeoutMs) {
    return nanoTime() + timeoutMs * 1_000_000L;
  }

  private long leftMs(long deadline) {
    return (deadline - nanoTime() + 999_999) / 1_000_000;
  }
}
