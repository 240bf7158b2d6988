package org.fovea.host.remote;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.fovea.host.fault.LinkFailed;
import org.fovea.host.port.Port;

/**
 * A program on a board: copied into the user's home directory there, and removed after its end. Its
 * standard input and output are the line, so that no port of the board is open. It ends when the
 * line is closed, and with this JVM, since ssh then ends its input.
 */
public final class RemoteProgram {
  private static final int ASK_SECONDS = 30;
  private static final int COPY_SECONDS = 600;
  private static final Path NOTHING = Path.of("/dev/null");

  private RemoteProgram() {}

  /**
   * Copies and starts it.
   *
   * @param host USER@HOST
   * @param companions files that it looks for beside itself: their names begin with its own
   * @return the line, which the caller closes
   * @throws LinkFailed when the board cannot be reached, is another machine, or has no room
   */
  public static Port start(String host, Path program, List<Path> companions) {
    return start(new Ssh("ssh", host), program, companions);
  }

  static Port start(Ssh ssh, Path program, List<Path> companions) {
    checkMachine(ssh, ElfMachine.of(program));
    byte[] random = new byte[4];
    new SecureRandom().nextBytes(random);
    String name = "fovea-detector-" + HexFormat.of().formatHex(random);
    List<String> names = new ArrayList<>(List.of(name));
    copy(ssh, program, name, "");
    for (Path companion : companions) {
      String other = name + suffix(program, companion);
      copy(ssh, companion, other, String.join(" ", names));
      names.add(other);
    }
    // The shell stays to remove the files, whatever the program's end was.
    Process process = ssh.start("./" + name + " --stdio; rm -f " + String.join(" ", names));
    return new ProcessLine(process, ssh.host());
  }

  /** What its name has behind the program's; nothing that a shell reads otherwise. */
  private static String suffix(Path program, Path companion) {
    String own = program.getFileName().toString();
    String other = companion.getFileName().toString();
    String suffix = other.startsWith(own) ? other.substring(own.length()) : "";
    if (!suffix.matches("\\.[a-z0-9]{1,8}")) {
      throw new IllegalArgumentException(companion + " is no companion of " + program);
    }
    return suffix;
  }

  private static void checkMachine(Ssh ssh, ElfMachine wanted) {
    Ssh.Done asked = ssh.run("uname -m", NOTHING, ASK_SECONDS);
    if (asked.code() != 0) {
      throw new LinkFailed(
          ssh.host(),
          "does not say what machine it is",
          "`uname -m` ended with code " + asked.code() + ": " + asked.err(),
          "A board that runs Linux is needed");
    }
    if (!wanted.names().contains(asked.out())) {
      throw new LinkFailed(
          ssh.host(),
          "is another machine: " + asked.out(),
          "The program is for " + String.join(" or ", wanted.names()),
          "Name the board that the project was generated for, or generate for this one");
    }
  }

  /** What is there already goes when there is no room for the rest. */
  private static void copy(Ssh ssh, Path file, String name, String there) {
    String undo = (name + " " + there).strip();
    Ssh.Done copied =
        ssh.run(
            "cat >" + name + " && chmod 700 " + name + " || { rm -f " + undo + "; false; }",
            file,
            COPY_SECONDS);
    if (copied.code() != 0) {
      throw new LinkFailed(
          ssh.host(),
          "does not take " + (there.isEmpty() ? "the program" : "the compiled network"),
          copied.err().isEmpty() ? "its shell ended with code " + copied.code() : copied.err(),
          "The home directory there must be writable, with room for "
              + file.toFile().length()
              + " bytes");
    }
  }
}
