package org.fovea.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fovea.generator.emit.FileTree;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault;

/** A directory that did not exist or was empty, and is whole when it appears. */
final class FreshFolder {
  private FreshFolder() {}

  /** Something that fills a directory. */
  interface Work {
    void fill(Path directory) throws IOException;
  }

  /**
   * Fills a directory beside the place and moves it there at the end; nothing remains of a failure.
   *
   * @throws UserFault.OutputRefused when something is there already, or it cannot be written
   */
  static void make(Path place, Work work) {
    ResultFolder.check(place);
    Path parent = place.toAbsolutePath().normalize().getParent();
    ResultFolder.in(
        parent,
        () -> {
          if (Files.exists(place) && !isEmpty(place)) {
            throw new UserFault.OutputRefused(
                List.of(
                    new Finding(
                        place.toString(),
                        "output directory refused",
                        "is not empty",
                        "name a new directory, or empty this one yourself")));
          }
          Path staging = parent.resolve("." + place.getFileName() + ".partial");
          FileTree.delete(staging);
          try {
            work.fill(Files.createDirectories(staging));
            Files.deleteIfExists(place);
            return Files.move(staging, place);
          } finally {
            FileTree.delete(staging);
          }
        });
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      return !entries.iterator().hasNext();
    }
  }
}
