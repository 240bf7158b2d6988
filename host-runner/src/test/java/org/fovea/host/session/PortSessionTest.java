package org.fovea.host.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.fovea.host.Deployments;
import org.fovea.host.fault.LinkFailed;
import org.fovea.host.manifest.Deployment;
import org.fovea.host.port.Port;
import org.fovea.host.port.Ports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The session over real lines: a TCP socket, and a pty pair through the serial library. */
class PortSessionTest {
  private final Deployment deployment = Deployments.sample();
  @TempDir Path folder;

  @Test
  void overTcp() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread device = new Thread(() -> serve(server));
      device.start();
      inferOver("tcp:localhost:" + server.getLocalPort());
      device.join(5_000);
      assertThat(device.isAlive()).isFalse();
    }
  }

  @Test
  void overAPtyThroughTheSerialLibrary() throws Exception {
    Process socat = socat();
    try {
      inferOver(folder.resolve("host").toString());
    } finally {
      socat.destroyForcibly().waitFor();
    }
  }

  @Test
  void aPortThatIsOpenElsewhereNamesItsHolder() throws Exception {
    Process socat = socat();
    String name = folder.resolve("host").toString();
    try (Port first = Ports.open(name, 115_200)) {
      assertThat(first.read(new byte[1], 1)).isZero();
      assertThatThrownBy(() -> Ports.open(name, 115_200))
          .isInstanceOf(LinkFailed.class)
          .hasMessageContaining("held open by")
          .hasMessageContaining(String.valueOf(ProcessHandle.current().pid()));
    } finally {
      socat.destroyForcibly().waitFor();
    }
  }

  @Test
  void aPeerThatGoesAwayEndsAsLinkFailed() throws Exception {
    Process socat = socat();
    try (Port port = Ports.open(folder.resolve("host").toString(), 115_200)) {
      socat.destroyForcibly().waitFor();
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 50; i++) {
                  port.read(new byte[8], 100);
                }
              })
          .isInstanceOf(LinkFailed.class)
          .hasMessageContaining("gone away");
      assertThatThrownBy(() -> port.write(new byte[8])).isInstanceOf(LinkFailed.class);
    }
  }

  @Test
  void missingPortsAndBadAddressesAreNamed() {
    assertFails("/dev/ttyNoSuchPort", "does not exist");
    assertFails("NoSuchPort", "does not exist");
    assertFails("tcp:localhost", "no TCP address");
    assertFails("tcp:localhost:99999", "no TCP address");
    assertFails("tcp:localhost:1", "cannot be connected");
    assertThat(Ports.list()).isNotNull();
  }

  private void inferOver(String address) {
    byte[] image = new byte[deployment.input().bytes()];
    new Random(3).nextBytes(image);
    Port port = Ports.open(address, 115_200);
    try (Session session = Session.open(port, deployment, line -> {})) {
      InferenceResult result = session.infer(image, Progress.NONE);
      assertThat(result.outputs().get(0).toArray()).isEqualTo(FakeDevice.output(deployment, image));
    }
  }

  private void serve(ServerSocket server) {
    try (Socket socket = server.accept()) {
      talk(socket.getInputStream(), socket.getOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void talk(InputStream in, OutputStream out) throws IOException {
    FakeDevice device = new FakeDevice(deployment, bytes -> write(out, bytes));
    byte[] buffer = new byte[512];
    for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
      device.receive(Arrays.copyOf(buffer, count));
    }
  }

  private static void write(OutputStream out, byte[] bytes) {
    try {
      out.write(bytes);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A pty named {@code host} whose other end is a fake device behind socat's own streams. */
  private Process socat() throws Exception {
    Path host = folder.resolve("host");
    Process socat;
    try {
      socat = new ProcessBuilder("socat", "pty,raw,echo=0,link=" + host, "stdio").start();
    } catch (IOException e) {
      assumeTrue(false, "SKIPPED: socat is not installed");
      throw e;
    }
    Thread device =
        new Thread(
            () -> {
              try {
                talk(socat.getInputStream(), socat.getOutputStream());
              } catch (IOException e) {
                // socat was ended by the test.
              }
            });
    device.setDaemon(true);
    device.start();
    for (int i = 0; i < 200 && !Files.exists(host); i++) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    return socat;
  }

  private static void assertFails(String address, String what) {
    assertThatThrownBy(() -> Ports.open(address, 115_200))
        .isInstanceOf(LinkFailed.class)
        .hasMessageContaining(what);
  }
}
