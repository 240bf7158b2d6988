package org.fovea.host.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.fovea.host.Deployments;
import org.fovea.host.fault.EmulatorFailed;
import org.fovea.host.port.Port;
import org.fovea.host.port.Ports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmulatorTest {
  private static final String QEMU = "qemu-system-arm";
  @TempDir Path folder;

  private static Emulator start(String... options) {
    String program;
    try {
      program = QemuProgram.find(QEMU);
    } catch (EmulatorFailed e) {
      assumeTrue(false, "SKIPPED: " + QEMU + " is not installed");
      throw e;
    }
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(options));
    command.addAll(List.of("-display", "none", "-monitor", "none", "-serial", "pty"));
    return Emulator.start(command);
  }

  @Test
  void namesItsPortAndLeavesNothingBehind() throws InterruptedException {
    long before = descendants();
    String name;
    try (Emulator emulator = start("-M", "mps2-an500", "-S")) {
      name = emulator.portName();
      assertThat(name).startsWith("/dev/");
      assertThat(emulator.isAlive()).isTrue();
      try (Port port = Ports.open(name, 115_200)) {
        port.write(new byte[] {1, 2, 3});
        assertThat(port.read(new byte[8], 50)).isZero();
      }
    }
    awaitDescendants(before);
    assertThat(Path.of(name)).doesNotExist();
  }

  @Test
  void endsWhenItsParentIsGone() throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "SKIPPED: no POSIX shell");
    long before = descendants();
    Process guarded = new ProcessBuilder(ParentGuard.guarded(List.of("sleep", "600"))).start();
    assertThat(guarded.waitFor(300, TimeUnit.MILLISECONDS)).isFalse();
    // What the system does to the pipe when this JVM is killed.
    guarded.getOutputStream().close();
    assertThat(guarded.waitFor(10, TimeUnit.SECONDS)).isTrue();
    awaitDescendants(before);
  }

  @Test
  void anEarlyEndSaysWhatQemuSaid() {
    assertThatThrownBy(() -> start("-M", "no-such-machine"))
        .isInstanceOf(EmulatorFailed.class)
        .hasMessageContaining("code 1")
        .hasMessageContaining("unsupported machine type");
  }

  @Test
  void aMissingQemuNamesTheInstallLine() {
    assertThatThrownBy(() -> QemuProgram.find(QEMU, folder.toString()))
        .isInstanceOf(EmulatorFailed.class)
        .hasMessageContaining("apt-get install qemu-system-arm");
  }

  @Test
  void refusesBoardsOfSiliconAndMissingFirmware() {
    assertThatThrownBy(
            () -> Emulator.start(Deployments.edited(root -> root.putNull("emulator")), folder))
        .isInstanceOf(EmulatorFailed.class)
        .hasMessageContaining("no emulated board");
    assertThatThrownBy(() -> Emulator.start(Deployments.sample(), folder.resolve("x.elf")))
        .isInstanceOf(EmulatorFailed.class)
        .hasMessageContaining("fovea build");
  }

  private static long descendants() {
    return ProcessHandle.current().descendants().filter(ProcessHandle::isAlive).count();
  }

  private static void awaitDescendants(long before) throws InterruptedException {
    for (int i = 0; i < 100 && descendants() > before; i++) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    assertThat(descendants()).isEqualTo(before);
  }
}
