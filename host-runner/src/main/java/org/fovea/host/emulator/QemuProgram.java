package org.fovea.host.emulator;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.fovea.host.fault.EmulatorFailed;

/** Finds a QEMU program on the search path. */
final class QemuProgram {
  private QemuProgram() {}

  static String find(String name) {
    return find(name, System.getenv().getOrDefault("PATH", ""));
  }

  static String find(String name, String searchPath) {
    for (String folder : searchPath.split(File.pathSeparator, -1)) {
      for (String suffix : new String[] {"", ".exe"}) {
        Path program = path(folder, name + suffix);
        if (!folder.isEmpty() && Files.isRegularFile(program) && Files.isExecutable(program)) {
          return program.toString();
        }
      }
    }
    throw new EmulatorFailed(
        name,
        "is not installed",
        "Emulated boards are QEMU's",
        name.startsWith("qemu-system")
            ? "Run `sudo apt-get install qemu-system-arm` (macOS: `brew install qemu`)"
            : "Run `sudo apt-get install qemu-user`; it runs Linux programs, on Linux only");
  }

  private static Path path(String folder, String name) {
    try {
      return Path.of(folder, name);
    } catch (InvalidPathException e) {
      return Path.of(name);
    }
  }
}
