package org.fovea.host.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.fovea.host.fault.LinkFailed;
import org.fovea.host.port.Port;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that an ssh brings to a board; the ssh is a script, and the program sends back. */
class RemoteProgramTest {
  private static final int ARM = 40;
  private static final int AARCH64 = 183;

  /** What the machines do: board works, the others fail in a way of their own. */
  private static final String SCRIPT =
      """
      #!/bin/sh
      case "$*" in *BatchMode=yes*) ;; *) exit 70 ;; esac
      while [ "${1#-}" != "$1" ]; do
        if [ "$1" = -o ]; then shift; fi
        shift
      done
      host=$1 command=$2
      cd "%s"
      case $host,$command in
      off,*) echo "ssh: connect to host off port 22: No route to host" >&2; exit 255 ;;
      pc,uname*) echo x86_64 ;;
      stone,uname*) echo "uname: not found" >&2; exit 127 ;;
      board64,uname*) echo aarch64 ;;
      *,uname*) echo armv7l ;;
      full,cat*) echo "cat: write error: No space left on device" >&2; exit 1 ;;
      old,./*) echo "Illegal instruction" >&2; rm -f fovea-*; exit 132 ;;
      *,./*) cat; exec sh -c "${command#*;}" ;;
      *) exec sh -c "$command" ;;
      esac
      """;

  @TempDir Path folder;
  private Path home;
  private Path client;

  @BeforeEach
  void machines() throws Exception {
    home = Files.createDirectory(folder.resolve("home"));
    client = Files.writeString(folder.resolve("ssh"), SCRIPT.formatted(home));
    Files.setPosixFilePermissions(client, PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void theLineIsTheProgramsAndNothingStays() throws Exception {
    for (int machine : new int[] {ARM, AARCH64}) {
      String host = machine == ARM ? "root@board" : "board64";
      try (Port port = RemoteProgram.start(ssh(host), program(machine), List.of())) {
        assertThat(home.toFile().list()).hasSize(1);
        assertThat(port.read(new byte[8], 50)).isZero();
        byte[] sent = "rows of an image".getBytes(StandardCharsets.US_ASCII);
        port.write(sent);
        byte[] got = new byte[sent.length];
        int count = 0;
        while (count < got.length) {
          byte[] some = new byte[5];
          int n = port.read(some, 5_000);
          assertThat(n).isPositive();
          System.arraycopy(some, 0, got, count, n);
          count += n;
        }
        assertThat(got).isEqualTo(sent);
      }
      assertThat(home.toFile().list()).isEmpty();
    }
  }

  @Test
  void whatIsWrongWithTheBoardIsSaid() throws Exception {
    refuses("off", "cannot be reached by ssh", "No route to host", "without asking");
    refuses("pc", "is another machine: x86_64", "armv7l");
    refuses("board64", "is another machine: aarch64", "armv7l");
    refuses("stone", "code 127", "uname: not found");
    refuses("full", "does not take the program", "No space left on device", "room for 20 bytes");
    refuses("-oProxyCommand=true", "is no USER@HOST");
    refuses("a b", "is no USER@HOST");
    assertThat(home.toFile().list()).isEmpty();
  }

  @Test
  void aProgramThatEndsSaysItsLastWords() throws Exception {
    try (Port port = RemoteProgram.start(ssh("old"), program(ARM), List.of())) {
      assertThatThrownBy(() -> port.read(new byte[8], 10_000))
          .isInstanceOf(LinkFailed.class)
          .hasMessageContaining("has ended")
          .hasMessageContaining("Illegal instruction");
    }
  }

  @Test
  void aFileThatIsNoProgramAndAMissingSsh() throws Exception {
    assertThatThrownBy(() -> RemoteProgram.start(ssh("board"), folder.resolve("none"), List.of()))
        .hasMessageContaining("cannot be read");
    byte[] noElf = Files.readAllBytes(program(ARM));
    noElf[0] = 0x7e;
    for (Path file : new Path[] {client, Files.write(folder.resolve("odd"), noElf)}) {
      assertThatThrownBy(() -> RemoteProgram.start(ssh("board"), file, List.of()))
          .hasMessageContaining("is no Linux program");
    }
    Ssh missing = new Ssh(folder.resolve("nothing").toString(), "board");
    assertThatThrownBy(() -> RemoteProgram.start(missing, program(ARM), List.of()))
        .hasMessageContaining("openssh-client");
  }

  private void refuses(String host, String... texts) {
    assertThatThrownBy(() -> RemoteProgram.start(ssh(host), program(ARM), List.of()))
        .isInstanceOf(LinkFailed.class)
        .satisfies(e -> Arrays.stream(texts).forEach(t -> assertThat(e).hasMessageContaining(t)));
  }

  private Ssh ssh(String host) {
    return new Ssh(client.toString(), host);
  }

  /** The first bytes of an ELF file. */
  private Path program(int machine) throws Exception {
    byte[] header = new byte[20];
    header[0] = 0x7f;
    header[18] = (byte) machine;
    return Files.write(folder.resolve("detector"), header);
  }
}
