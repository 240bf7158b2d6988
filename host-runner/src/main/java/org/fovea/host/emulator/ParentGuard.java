package org.fovea.host.emulator;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a child end when its parent is killed. The child's standard input is a pipe that only the
 * parent holds open: a shell in the background reads it, and at its end kills the process that
 * became the child.
 */
final class ParentGuard {
  private static final Path SHELL = Path.of("/bin/sh");
  private static final String SCRIPT =
      "exec 3<&0 </dev/null; (exec <&3 3<&- >/dev/null 2>&1; cat; kill -9 $$) & exec 3<&-; exec"
          + " \"$@\"";

  private ParentGuard() {}

  /** The command to start instead; where there is no POSIX shell, the same. */
  static List<String> guarded(List<String> command) {
    if (!Files.isExecutable(SHELL)) {
      return command;
    }
    List<String> guarded = new ArrayList<>(List.of(SHELL.toString(), "-c", SCRIPT, "sh"));
    guarded.addAll(command);
    return guarded;
  }
}
