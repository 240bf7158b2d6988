package org.fovea.host.flash;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.fovea.host.fault.LinkFailed;

/**
 * Runs command lines of a tool for a watcher.
 *
 * @param folder in which they run
 */
record ToolRunner(String program, Path folder, Flashing.Watcher watcher) {

  /**
   * One run to its end.
   *
   * @param good whether the output is that of a success
   * @throws LinkFailed when it fails, with what a person can do
   */
  ToolRun run(List<String> command, Duration limit, Predicate<String> good) {
    watcher.command(command);
    try {
      ToolRun run = ToolRun.of(folder, command, limit, watcher::line);
      if (run.exitCode() != 0 || !good.test(run.output())) {
        throw Diagnosis.of(program, run);
      }
      return run;
    } catch (IOException e) {
      throw new LinkFailed(
          command.get(0),
          "cannot be started: " + e.getMessage(),
          "The system refuses to run it",
          "Look at its permissions, or install it again");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LinkFailed(
          program, "was interrupted", "The board may hold half a firmware", "Run it again");
    }
  }
}
