package org.fovea.generator.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program in a directory, its output in a log file, with an end to its time. */
final class Command {
  /**
   * How it ended.
   *
   * @param output what it printed, its last part when it is long
   */
  record Result(int exitCode, String output) {}

  private static final int MAX_OUTPUT = 1 << 20;

  private Command() {}

  static Result run(Path directory, Path log, Duration limit, List<String> command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      process.getOutputStream().close();
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        return new Result(-1, tail(log) + "\nstopped after " + limit.toSeconds() + " s");
      }
      return new Result(process.exitValue(), tail(log));
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static String tail(Path log) throws IOException {
    byte[] all = Files.readAllBytes(log);
    int from = Math.max(0, all.length - MAX_OUTPUT);
    return new String(all, from, all.length - from, StandardCharsets.UTF_8);
  }
}
