package org.fovea.host.flash;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One run of a tool: its lines as they come, and how it ended.
 *
 * @param exitCode of the process; -1 when it was stopped after its time
 * @param output its first {@value #MAX_LINES} lines
 */
record ToolRun(int exitCode, String output) {
  private static final int MAX_LINES = 5_000;
  private static final int MAX_LINE = 300;
  private static final int END_MS = 5_000;

  /**
   * Runs a command in a folder, with nothing to read.
   *
   * @throws IOException when it cannot be started
   */
  static ToolRun of(Path folder, List<String> command, Duration limit, Consumer<String> lines)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    List<String> output = Collections.synchronizedList(new ArrayList<>());
    Thread reader = new Thread(() -> read(process, output, lines), "fovea-tool-output");
    reader.setDaemon(true);
    reader.start();
    try {
      process.getOutputStream().close();
      boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      reader.join(ended ? END_MS : 1);
      return new ToolRun(ended ? process.exitValue() : -1, joined(output));
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /** A progress bar ends its lines with a carriage return. */
  private static void read(Process process, List<String> output, Consumer<String> lines) {
    try (Reader in = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)) {
      StringBuilder line = new StringBuilder();
      for (int c = in.read(); c >= 0; c = in.read()) {
        if (c == '\n' || c == '\r') {
          accept(line, output, lines);
        } else if (line.length() < MAX_LINE) {
          line.append((char) c);
        }
      }
      accept(line, output, lines);
    } catch (IOException e) {
      output.add("(output lost: " + e.getMessage() + ")");
    }
  }

  private static void accept(StringBuilder line, List<String> output, Consumer<String> lines) {
    String text =
        line.toString()
            .replaceAll("\u001b\\[[0-9;]*[A-Za-z]", "")
            .replaceAll("\\p{C}", " ")
            .strip();
    line.setLength(0);
    if (!text.isEmpty() && output.size() < MAX_LINES) {
      output.add(text);
      lines.accept(text);
    }
  }

  /** Each with its end; the reader may still be at work on a tool that was stopped. */
  private static String joined(List<String> lines) {
    synchronized (lines) {
      return String.join("\n", lines) + "\n";
    }
  }
}
