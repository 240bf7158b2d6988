package org.fovea.host.flash;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** The folders in which programs are searched, as the variable PATH lists them. */
public record ToolPath(String folders) {

  public static ToolPath ofSystem() {
    return new ToolPath(System.getenv().getOrDefault("PATH", ""));
  }

  public Optional<Path> find(String program) {
    for (String folder : folders.split(File.pathSeparator, -1)) {
      for (String suffix : new String[] {"", ".exe"}) {
        Optional<Path> file = path(folder, program + suffix);
        if (!folder.isEmpty()
            && file.isPresent()
            && Files.isRegularFile(file.get())
            && Files.isExecutable(file.get())) {
          return file;
        }
      }
    }
    return Optional.empty();
  }

  /** Where it is, or its bare name: for a command line that is only shown. */
  String command(String program) {
    return find(program).map(p -> p.toAbsolutePath().toString()).orElse(program);
  }

  private static Optional<Path> path(String folder, String name) {
    try {
      return Optional.of(Path.of(folder, name));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
