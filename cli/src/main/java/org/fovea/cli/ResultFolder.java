package org.fovea.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault;

/** A directory that pictures and reports go to; unlike a project's it may hold anything. */
final class ResultFolder {
  private ResultFolder() {}

  /** Something that writes into the directory. */
  interface Work<T> {
    T run() throws IOException;
  }

  /**
   * Refuses a place that cannot be written, before any work is done, without making it.
   *
   * @throws UserFault.OutputRefused when it or its nearest existing parent is no directory of ours
   */
  static void check(Path directory) {
    Path place = directory.toAbsolutePath().normalize();
    while (place.getParent() != null && !Files.exists(place)) {
      place = place.getParent();
    }
    if (!Files.isDirectory(place)) {
      throw refused(directory, place + " is a file", "name a directory");
    }
    if (!Files.isWritable(place)) {
      throw refused(directory, place + " may not be written", "name a directory of your own");
    }
  }

  /** Makes the directory and does the work in it. */
  static <T> T in(Path directory, Work<T> work) {
    try {
      Files.createDirectories(directory);
      return work.run();
    } catch (IOException e) {
      throw refused(
          directory,
          "cannot be written: " + e.getClass().getSimpleName() + " " + e.getMessage(),
          "choose a directory that you may write to, on a disk with room");
    }
  }

  private static UserFault refused(Path directory, String why, String remedy) {
    return new UserFault.OutputRefused(
        List.of(new Finding(directory.toString(), "output directory refused", why, remedy)));
  }
}
