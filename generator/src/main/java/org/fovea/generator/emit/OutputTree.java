package org.fovea.generator.emit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault;

/**
 * A tree of files, complete in memory before the first byte reaches the disk. Text has LF and one
 * newline at its end. Written beside its place and moved there whole, so that no half tree remains.
 */
public final class OutputTree {
  /** Marks a directory as one of ours, so that it may be written again. */
  private static final String MANIFEST = "deployment.json";

  private final SortedMap<String, byte[]> files = new TreeMap<>();

  /**
   * @param path relative, with slashes
   */
  void text(String path, String content) {
    String lines = content.replace("\r\n", "\n").stripTrailing() + "\n";
    bytes(path, lines.getBytes(StandardCharsets.UTF_8));
  }

  void bytes(String path, byte[] content) {
    if (files.put(path, content) != null) {
      throw new IllegalStateException("two files " + path);
    }
  }

  /** Files by path, in order. */
  public SortedMap<String, byte[]> files() {
    return java.util.Collections.unmodifiableSortedMap(files);
  }

  /**
   * Refuses a place that {@link #writeTo} would refuse, before any work is done.
   *
   * @throws UserFault.OutputRefused when it is a file, or a directory of something else
   */
  public static void checkPlace(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    if (!Files.isDirectory(directory)) {
      throw refused(directory, "is a file", "name a directory");
    }
    if (!Files.exists(directory.resolve(MANIFEST)) && !isEmpty(directory)) {
      throw refused(
          directory,
          "is not empty and holds no Fovea project",
          "name a new directory, or empty this one yourself");
    }
  }

  /**
   * Writes the tree. A directory that holds an earlier project keeps its other files (a build
   * folder, the user's own); files that did not change are not touched.
   */
  public void writeTo(Path directory) {
    checkPlace(directory);
    try {
      if (Files.exists(directory) && !isEmpty(directory)) {
        update(directory);
      } else {
        create(directory);
      }
    } catch (IOException e) {
      throw refused(
          directory,
          "cannot be written: " + e.getClass().getSimpleName() + " " + e.getMessage(),
          "choose a directory that you may write to, on a disk with room");
    }
  }

  private void create(Path directory) throws IOException {
    Path parent = directory.toAbsolutePath().getParent();
    Files.createDirectories(parent);
    Path staging = Files.createTempDirectory(parent, ".fovea-");
    try {
      for (var file : files.entrySet()) {
        write(staging.resolve(file.getKey()), file.getValue());
      }
      Files.deleteIfExists(directory);
      Files.move(staging, directory);
      openPermissions(directory);
    } finally {
      FileTree.delete(staging);
    }
  }

  /** Temporary directories are private; a project is as open as the user's others. */
  private static void openPermissions(Path directory) throws IOException {
    if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(
          directory, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private void update(Path directory) throws IOException {
    for (var file : files.entrySet()) {
      Path path = directory.resolve(file.getKey());
      if (!Files.isRegularFile(path)
          || !java.util.Arrays.equals(Files.readAllBytes(path), file.getValue())) {
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        write(fresh, file.getValue());
        Files.move(fresh, path, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static void write(Path path, byte[] content) throws IOException {
    Files.createDirectories(path.getParent());
    Files.write(path, content);
  }

  private static boolean isEmpty(Path directory) {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      return !entries.iterator().hasNext();
    } catch (IOException e) {
      throw refused(
          directory,
          "cannot be read: " + e.getClass().getSimpleName() + " " + e.getMessage(),
          "choose a directory that you may read and write");
    }
  }

  private static UserFault refused(Path directory, String why, String remedy) {
    return new UserFault.OutputRefused(
        List.of(new Finding(directory.toString(), "output directory refused", why, remedy)));
  }
}
