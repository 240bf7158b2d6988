package org.fovea.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault.OutputRefused;

/**
 * One file that the user has named, such as that of {@code fovea fit --html}. An older one is
 * replaced.
 */
final class ResultFile {
  private ResultFile() {}

  /** Something that writes the file, whole or not at all. */
  interface Work {
    void run() throws IOException;
  }

  /**
   * Before any slow work.
   *
   * @throws OutputRefused when no file can be there
   */
  static void checkPlace(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file) || file.getFileName() == null) {
      throw refused(file, "is a directory", "it would be one file");
    }
    if (!Files.isDirectory(folder)) {
      throw refused(file, "cannot be written", folder + " is no directory");
    }
  }

  static void write(Path file, Work work) {
    try {
      work.run();
    } catch (IOException e) {
      throw refused(file, "cannot be written", String.valueOf(e.getMessage()));
    }
  }

  private static OutputRefused refused(Path file, String what, String why) {
    return new OutputRefused(
        List.of(new Finding(file.toString(), what, why, "name a file in a folder that exists")));
  }
}
