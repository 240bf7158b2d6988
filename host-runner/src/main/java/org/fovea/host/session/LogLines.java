package org.fovea.host.session;

import java.util.function.Consumer;
import org.fovea.host.frame.Answers;
import org.fovea.host.frame.Frame;

/** The device's log lines, with a word where some were lost. */
final class LogLines {
  private static final int SEQUENCES = 1 << 16;

  private final Consumer<String> listener;
  private int expected = -1;

  LogLines(Consumer<String> listener) {
    this.listener = listener;
  }

  void accept(Frame frame) {
    int lost = expected < 0 ? 0 : Math.floorMod(frame.sequence() - expected, SEQUENCES);
    // A step back by one is the same line twice.
    if (lost == SEQUENCES - 1) {
      return;
    }
    if (lost > 0) {
      listener.accept("(" + lost + " log lines lost)");
    }
    expected = (frame.sequence() + 1) % SEQUENCES;
    listener.accept(Answers.log(frame.payload()));
  }
}
