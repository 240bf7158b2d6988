package org.fovea.host.remote;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
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
   * @return the line, which the caller closes
   * @throws LinkFailed when the board cannot be reached, is another machine, or has no room
   */
  public static Port start(String host, Path program) {
    return start(new Ssh("ssh", host), program);
  }

  static Port start(Ssh ssh, Path program) {
    checkMachine(ssh, ElfMachine.of(program));
    byte[] random = new byte[4];
    new SecureRandom().nextBytes(random);
    String name = "fovea-detector-" + HexFormat.of().formatHex(random);
    copy(ssh, program, name);
    // The shell stays to remove the file, whatever the program's end was.
    Process process = ssh.start("./" + name + " --stdio; rm -f " + name);
    return new ProcessLine(process, ssh.host());
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

  private static void copy(Ssh ssh, Path program, String name) {
    Ssh.Done copied =
        ssh.run(
            "cat >" + name + " && chmod 700 " + name + " || { rm -f " + name + "; false; }",
            program,
            COPY_SECONDS);
    if (copied.code() != 0) {
      throw new LinkFailed(
          ssh.host(),
          "does not take the program",
          copied.err().isEmpty() ? "its shell ended with code " + copied.code() : copied.err(),
          "The home directory there must be writable, with room for "
              + program.toFile().length()
              + " bytes");
    }
  }
}
