package org.fovea.host.session;

import org.fovea.host.fault.DeviceRefused;
import org.fovea.host.fault.LinkFailed;
import org.fovea.host.frame.Answers.Status;
import org.fovea.host.frame.Request;

/** Waits for the end of an inference, as long as it makes steps. */
final class InferenceWait {
  private final Exchange exchange;
  private final Timing timing;
  private final int image;

  InferenceWait(Exchange exchange, Timing timing, int image) {
    this.exchange = exchange;
    this.timing = timing;
    this.image = image;
  }

  void untilDone(Progress progress) {
    int most = -1;
    long lastStep = exchange.nanoTime();
    while (true) {
      Status status = exchange.ask(new Request.Status(), image);
      refuseFailed(status);
      progress.steps(status.stepsDone(), status.steps());
      if (status.state() == Status.State.DONE) {
        return;
      }
      refuseLost(status);
      if (status.stepsDone() > most) {
        most = status.stepsDone();
        lastStep = exchange.nanoTime();
      }
      refuseStalled(status, lastStep);
      exchange.awaitResult(timing.pollMs());
    }
  }

  static void refuseFailed(Status status) {
    if (status.state() == Status.State.FAILED) {
      throw new DeviceRefused(
          "board",
          "failed at step " + status.stepsDone() + " of " + status.steps(),
          "The firmware found a fault in itself; its log lines say more",
          "Reset the board and run again; if it stays, report it with the log lines");
    }
  }

  static void refuseLost(Status status) {
    if (status.state() == Status.State.IDLE) {
      throw new LinkFailed(
          "board",
          "has no image any more",
          "It was reset, or another program talks to it",
          "Close other programs on this port, look at the board's supply, run again");
    }
  }

  private void refuseStalled(Status status, long lastStep) {
    long stalledMs = (exchange.nanoTime() - lastStep) / 1_000_000;
    if (stalledMs > timing.stallMs()) {
      throw new LinkFailed(
          "board",
          String.format(
              "stands at step %d of %d for %d s",
              status.stepsDone(), status.steps(), stalledMs / 1000),
          "The inference hangs, the link does not",
          "Reset the board and run again; if it stays, report it with this step");
    }
  }
}
