package org.fovea.cli;

import java.io.PrintStream;
import java.util.Locale;

/**
 * Where a command prints: results to {@code out}, progress and remarks to {@code err}, so that a
 * pipe sees results only.
 *
 * @param interactive whether a person watches stderr: the launcher knows
 */
record Terminal(PrintStream out, PrintStream err, boolean interactive) {

  static Terminal system() {
    return new Terminal(System.out, System.err, Boolean.getBoolean("fovea.interactive"));
  }

  /** The same with results going where remarks go: for a command that prints JSON at its end. */
  Terminal remarksOnly() {
    return new Terminal(err, err, interactive);
  }

  void print(String line) {
    out.println(line);
  }

  void print(String format, Object first, Object... more) {
    Object[] all = new Object[more.length + 1];
    all[0] = first;
    System.arraycopy(more, 0, all, 1, more.length);
    out.println(String.format(Locale.ROOT, format, all));
  }

  void remark(String line) {
    err.println(line);
  }
}
