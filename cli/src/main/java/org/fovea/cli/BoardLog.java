package org.fovea.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last lines that a firmware printed; any thread may add and look. */
final class BoardLog {
  private static final int MOST_LINES = 1_000;

  private final Deque<String> lines = new ArrayDeque<>();

  synchronized void add(String line) {
    if (lines.size() == MOST_LINES) {
      lines.removeFirst();
    }
    lines.addLast(line);
  }

  synchronized List<String> lines() {
    return List.copyOf(lines);
  }
}
