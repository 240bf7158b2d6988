package org.fovea.host.session;

import java.util.Optional;
import org.fovea.host.fault.DeviceRefused;
import org.fovea.host.frame.Answers;
import org.fovea.host.frame.Answers.Refusal.Code;
import org.fovea.host.frame.Bytes;
import org.fovea.host.frame.Request;

/** Brings the rows of one image to the device, in order, each in parts where the frame is short. */
final class ImageTransfer {
  private static final int ROW_HEADER_BYTES = 2;

  private final Exchange exchange;
  private final Timing timing;
  private final int image;
  private final byte[] pixels;
  private final int rowBytes;
  private final int partBytes;
  private int rewindsLeft;

  ImageTransfer(
      Exchange exchange, Timing timing, int image, byte[] pixels, int rowBytes, int maxPayload) {
    this.exchange = exchange;
    this.timing = timing;
    this.image = image;
    this.pixels = pixels;
    this.rowBytes = rowBytes;
    this.partBytes = maxPayload - ROW_HEADER_BYTES;
    this.rewindsLeft = timing.repeats();
  }

  void send(Progress progress) {
    int rows = pixels.length / rowBytes;
    for (int at = 0; at < pixels.length; ) {
      int end = Math.min(at + partBytes, (at / rowBytes + 1) * rowBytes);
      at = accepted(sendPart(at, end), at, end);
      progress.rows(at / rowBytes, rows);
    }
  }

  /** The position the device wants next, which may lie back after a loss but never ahead. */
  private int accepted(Answers.Row next, int at, int end) {
    long wanted = (long) next.nextRow() * rowBytes + next.nextOffset();
    if (wanted > end || (wanted < end && rewindsLeft == 0)) {
      throw new DeviceRefused(
          "board",
          "asks for row " + next.nextRow() + " byte " + next.nextOffset() + " after byte " + at,
          "It does not follow the rows that the host sends",
          "Reset the board and run again; if it stays, report it");
    }
    if (wanted < end) {
      rewindsLeft--;
    }
    return (int) wanted;
  }

  private Answers.Row sendPart(int at, int end) {
    int row = at / rowBytes;
    Request.Row request = new Request.Row(row, at % rowBytes, Bytes.of(pixels, at, end));
    int sequence = exchange.newSequence();
    int stepsSeen = 0;
    for (int left = timing.repeats(); left >= 0; left--) {
      Optional<Answers.Row> answer = attempt(request, sequence);
      if (answer.isPresent()) {
        return answer.get();
      }
      Answers.Status status = exchange.ask(new Request.Status(), image);
      InferenceWait.refuseFailed(status);
      if (status.rowsReceived() > row) {
        return new Answers.Row(row + 1, 0);
      }
      // A device whose network moves is alive: it gets all its repeats again.
      if (status.stepsDone() > stepsSeen) {
        stepsSeen = status.stepsDone();
        left = timing.repeats();
      }
    }
    throw exchange.silent((timing.repeats() + 1) * (long) timing.rowMs());
  }

  private Optional<Answers.Row> attempt(Request.Row request, int sequence) {
    try {
      return exchange.attempt(request, sequence, image, timing.rowMs());
    } catch (Refused e) {
      if (e.refusal().code() == Code.ROW_OUT_OF_ORDER) {
        return Optional.of(new Answers.Row(e.refusal().detail(), 0));
      }
      throw e;
    }
  }
}
