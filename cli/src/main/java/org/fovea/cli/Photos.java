package org.fovea.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.fovea.host.fault.ImageRejected;

/** Images as the user names them: files, and folders of them. */
final class Photos {
  private static final List<String> ENDINGS = List.of(".jpg", ".jpeg", ".png", ".bmp", ".npy");

  private Photos() {}

  /** Files as they are; of a folder its images, by name, not those of folders in it. */
  static List<Path> expand(List<Path> named) {
    return named.stream().flatMap(path -> files(path).stream()).toList();
  }

  private static List<Path> files(Path path) {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> entries = Files.list(path)) {
      List<Path> images = entries.filter(Photos::isImage).sorted().toList();
      if (images.isEmpty()) {
        throw new ImageRejected(
            path.toString(),
            "holds no image",
            "A folder stands for its files " + String.join(", ", ENDINGS),
            "Name images, or a folder of them");
      }
      return images;
    } catch (IOException e) {
      throw new ImageRejected(
          path.toString(),
          "cannot be listed",
          String.valueOf(e.getMessage()),
          "Name a folder that you may read");
    }
  }

  private static boolean isImage(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return Files.isRegularFile(file) && ENDINGS.stream().anyMatch(name::endsWith);
  }
}
