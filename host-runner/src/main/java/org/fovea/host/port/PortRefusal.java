package org.fovea.host.port;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.fovea.host.fault.LinkFailed;

/** Finds out why a serial port does not open, and says what helps. */
final class PortRefusal {
  private static final int MAX_PROCESSES = 20_000;

  private PortRefusal() {}

  static LinkFailed of(String name, int errorCode) {
    Path device = Path.of(name.replace("\0", ""));
    boolean unix = name.startsWith("/");
    if (unix && !Files.exists(device)) {
      return missing(name);
    }
    if (unix && !(Files.isReadable(device) && Files.isWritable(device))) {
      return new LinkFailed(
          name,
          "may not be opened by this user",
          "Serial ports belong to a group, on Debian and Ubuntu to dialout",
          "Run `sudo usermod -aG dialout $USER`, then log in again");
    }
    return holder(device)
        .map(program -> held(name, "is held open by " + program))
        .orElseGet(
            () ->
                unix || errorCode != 0
                    ? held(name, "cannot be opened (error " + errorCode + ")")
                    : missing(name));
  }

  private static LinkFailed missing(String name) {
    return new LinkFailed(
        name,
        "does not exist",
        "The board is not plugged in, or has another name",
        "See the names with `fovea ports`; a board needs a data cable, not a charging one");
  }

  private static LinkFailed held(String name, String what) {
    return new LinkFailed(
        name,
        what,
        "Only one program can talk over a serial port",
        "Close the terminal, IDE or ModemManager that uses it, then run again");
  }

  /** The program that has the device open, as far as /proc shows it to this user. */
  static Optional<String> holder(Path device) {
    Path proc = Path.of("/proc");
    if (!Files.isDirectory(proc)) {
      return Optional.empty();
    }
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
      Path real = device.toRealPath();
      int seen = 0;
      for (Path process : processes) {
        if (++seen > MAX_PROCESSES) {
          break;
        }
        if (holds(process, real)) {
          return Optional.of(nameOf(process));
        }
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  private static boolean holds(Path process, Path device) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path file : files) {
        if (Files.isSymbolicLink(file) && Files.readSymbolicLink(file).equals(device)) {
          return true;
        }
      }
    } catch (IOException e) {
      // A process that ended meanwhile, or one of another user.
      return false;
    }
    return false;
  }

  private static String nameOf(Path process) {
    String pid = process.getFileName().toString();
    try {
      return Files.readString(process.resolve("comm")).strip() + " (process " + pid + ")";
    } catch (IOException e) {
      return "process " + pid;
    }
  }
}
