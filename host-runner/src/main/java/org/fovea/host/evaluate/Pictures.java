package org.fovea.host.evaluate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.fovea.host.fault.DatasetRejected;
import org.fovea.host.fault.ImageRejected;
import org.fovea.host.image.PhotoFile;

/** The files of a dataset's folders. */
final class Pictures {
  private static final List<String> ENDINGS = List.of(".jpg", ".jpeg", ".png", ".bmp");

  private Pictures() {}

  /** The plain files of a folder whose names end so, by name; none when there is no folder. */
  static List<Path> list(Path folder, List<String> endings) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(file -> endings.stream().anyMatch(name(file).toLowerCase(Locale.ROOT)::endsWith))
          .filter(Files::isRegularFile)
          .sorted((a, b) -> name(a).compareTo(name(b)))
          .toList();
    } catch (IOException e) {
      throw new DatasetRejected(
          folder.toString(),
          "cannot be listed",
          String.valueOf(e.getMessage()),
          "Name a folder that you may read");
    }
  }

  static List<Path> images(Path folder) {
    return list(folder, ENDINGS);
  }

  static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  /** The name without its ending. */
  static String stem(Path file) {
    String name = name(file);
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  /** A file below one of the folders, wherever the untrusted name points; the first that exists. */
  static Optional<Path> find(List<Path> folders, String name) {
    for (Path folder : folders) {
      try {
        Path file = folder.resolve(name).normalize();
        if (file.startsWith(folder.normalize()) && Files.isRegularFile(file)) {
          return Optional.of(file);
        }
      } catch (InvalidPathException e) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** The header of a picture; empty with a finding when it has none. */
  static Optional<PhotoFile> header(Path file, String where, Problems problems) {
    try {
      return Optional.of(PhotoFile.read(file));
    } catch (ImageRejected e) {
      problems.add(
          where,
          "the image " + name(file) + " " + e.findings().get(0).what(),
          "An image that cannot be shown cannot be scored",
          "Repair the file, or take it and its labels out");
      return Optional.empty();
    }
  }
}
