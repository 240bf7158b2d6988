package org.fovea.cli;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.fovea.host.session.Progress;

/** Bars on stderr: for one image rows sent, then steps of the network; or items of a list. */
final class ProgressLine implements Progress, AutoCloseable {
  private final Terminal terminal;
  private final String name;
  private ProgressBar bar;
  private String task = "";

  ProgressLine(Terminal terminal, String name) {
    this.terminal = terminal;
    this.name = name;
  }

  @Override
  public void rows(int sent, int total) {
    show(name + ": rows", sent, total);
  }

  @Override
  public void steps(int done, int total) {
    show(name + ": network", done, total);
  }

  /** Things of one kind, from any thread. */
  synchronized void items(int done, int total) {
    show(name, done, total);
  }

  private void show(String what, int done, int total) {
    if (!terminal.interactive()) {
      return;
    }
    if (bar == null || !task.equals(what)) {
      clear();
      task = what;
      bar =
          new ProgressBarBuilder()
              .setTaskName(what)
              .setInitialMax(total)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(200)
              .clearDisplayOnFinish()
              .build();
    }
    bar.stepTo(done);
  }

  /** Takes the bar away, so that something can be printed; the next news shows it again. */
  void clear() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  @Override
  public void close() {
    clear();
  }
}
