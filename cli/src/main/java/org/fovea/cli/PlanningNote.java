package org.fovea.cli;

import java.util.Timer;
import java.util.TimerTask;
import java.util.function.Supplier;

/** Tells a person who waits for more than two seconds that plans are being searched. */
final class PlanningNote {
  private static final long PATIENCE_MILLIS = 2000;
  private static final long TICK_MILLIS = 1000;

  private final Terminal terminal;
  private final Timer timer = new Timer("planning", true);
  private long seconds = PATIENCE_MILLIS / TICK_MILLIS;
  private boolean shown;

  private PlanningNote(Terminal terminal) {
    this.terminal = terminal;
    if (terminal.interactive()) {
      TimerTask task =
          new TimerTask() {
            @Override
            public void run() {
              tick();
            }
          };
      timer.scheduleAtFixedRate(task, PATIENCE_MILLIS, TICK_MILLIS);
    }
  }

  /** Does the work, with the note when it takes long. */
  static <T> T during(Terminal terminal, Supplier<T> work) {
    PlanningNote note = new PlanningNote(terminal);
    try {
      return work.get();
    } finally {
      note.close();
    }
  }

  private synchronized void tick() {
    terminal.err().print("\rsearching plans, " + seconds++ + " s");
    terminal.err().flush();
    shown = true;
  }

  private synchronized void close() {
    timer.cancel();
    if (shown) {
      terminal.err().print("\r" + " ".repeat(30) + "\r");
      terminal.err().flush();
      shown = false;
    }
  }
}
