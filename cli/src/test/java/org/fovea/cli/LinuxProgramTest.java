package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.fovea.generator.plan.InputMode;
import org.fovea.generator.plan.Objective;
import org.fovea.generator.plan.PlanGoal;
import org.fovea.host.fault.LinkFailed;
import org.fovea.host.port.Port;
import org.fovea.host.port.Ports;
import org.fovea.host.session.InferenceResult;
import org.fovea.host.session.Progress;
import org.fovea.host.session.Session;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program of a board with Linux: its threads under a sanitizer, and what can go wrong. */
class LinuxProgramTest {
  private static final Path SMALL = Cli.MODEL;
  private static final int EOF = -1;

  @TempDir static Path folder;

  private static NativeProgram program;

  @BeforeAll
  static void build() throws Exception {
    program = NativeProgram.build(SMALL, PlanGoal.DEFAULT, folder, "address,undefined");
  }

  /** Two images in flight, so that both threads have much to do with each other. */
  @Test
  void threadsTouchNothingUnguarded(@TempDir Path own) throws Exception {
    PlanGoal goal = PlanGoal.of(Objective.THROUGHPUT, InputMode.ROWS);
    NativeProgram watched = NativeProgram.build(SMALL, goal, own, "thread");
    try (NativeProgram.Running running = watched.start("--tcp", "0")) {
      // On kernels with more random bits in addresses than this sanitizer knows, it cannot start.
      boolean starts = running.process().isAlive() || !running.text().contains("memory mapping");
      assumeTrue(starts, "SKIPPED: ThreadSanitizer does not run on this kernel");
      List<byte[]> images = new ArrayList<>();
      for (int seed = 0; seed < 4; seed++) {
        images.add(image(watched, seed));
      }
      try (Session session = watched.session(running.port())) {
        assertThat(session.overlapsImages()).isTrue();
        List<InferenceResult> results = session.inferAll(images, i -> Progress.NONE);
        for (int i = 0; i < results.size(); i++) {
          assertThat(results.get(i).crcs()).isEqualTo(crcs(watched, images.get(i)));
        }
        // An image is dropped while it is in work.
        session.sendImage(images.get(0), Progress.NONE);
      }
      try (Session session = watched.session(running.port())) {
        assertThat(session.infer(images.get(1), Progress.NONE).crcs())
            .isEqualTo(crcs(watched, images.get(1)));
      }
      running.process().destroy();
      assertThat(running.exitCode()).as(running.text()).isZero();
      assertThat(running.text()).doesNotContain("WARNING");
    }
  }

  @Test
  void aHostThatVanishesAndNoiseLeaveNothingBehind() throws Exception {
    try (NativeProgram.Running running = program.start("--tcp", "0")) {
      Port cut = new CutLine(Ports.open(running.port(), 0), 60);
      assertThatThrownBy(
              () -> {
                try (Session session = Session.open(cut, program.deployment(), line -> {})) {
                  session.infer(image(program, 1), Progress.NONE);
                }
              })
          .isInstanceOf(LinkFailed.class);
      Random random = new Random(5);
      for (int i = 0; i < 20; i++) {
        byte[] noise = new byte[1 + random.nextInt(5000)];
        random.nextBytes(noise);
        noise[noise.length - 1] = 1;
        try (Socket socket = connect(running.port());
            OutputStream out = socket.getOutputStream()) {
          out.write(noise);
        }
      }
      infers(running.port(), 2);
    }
  }

  @Test
  void aSecondHostIsRefusedAndTheFirstGoesOn() throws Exception {
    try (NativeProgram.Running running = program.start("--tcp", "0");
        Session first = program.session(running.port())) {
      try (Socket second = connect(running.port())) {
        second.setSoTimeout(10_000);
        assertThat(second.getInputStream().read()).isEqualTo(EOF);
      }
      byte[] image = image(program, 3);
      assertThat(first.infer(image, Progress.NONE).crcs()).isEqualTo(crcs(program, image));
    }
  }

  @Test
  void sigtermEndsItInTheMiddleOfAnInference() throws Exception {
    try (NativeProgram.Running running = program.start("--tcp", "0");
        Session session = program.session(running.port())) {
      session.sendImage(image(program, 4), Progress.NONE);
      running.process().destroy();
      assertThat(running.exitCode()).as(running.text()).isZero();
    }
  }

  @Test
  void itsStandardInputIsALineAndEndsIt() throws Exception {
    try (NativeProgram.Running running = program.start("--stdio")) {
      running.process().getOutputStream().write(new byte[] {1, 2, 3, 0});
      running.process().getOutputStream().close();
      assertThat(running.exitCode()).as(running.text()).isZero();
      assertThat(running.process().getInputStream().readAllBytes()).isEmpty();
    }
  }

  @Test
  void aSerialDeviceIsALine() throws Exception {
    Process socat = socat();
    String host = folder.resolve("host").toString();
    try (NativeProgram.Running running =
        program.start("--tty", folder.resolve("board").toString(), "--baud", "921600")) {
      infers(host, 6);
      running.process().destroy();
      assertThat(running.exitCode()).isZero();
    } finally {
      socat.destroyForcibly().waitFor();
    }
  }

  @Test
  void whatCannotBeOpenedIsSaid() throws Exception {
    says(1, "/dev/ttyNone: No such file", "--tty", "/dev/ttyNone");
    says(1, "/dev/null: Inappropriate ioctl", "--tty", "/dev/null");
    says(1, "--baud 1234 is no rate", "--tty", "/dev/null", "--baud", "1234");
    says(1, "no IPv4 address", "--tcp", "0", "--address", "localhost");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());
      says(1, "TCP port " + port + " of 127.0.0.1: Address already in use", "--tcp", port);
    }
    says(2, "usage:");
    says(2, "usage:", "--tcp", "65536");
    says(2, "usage:", "--tcp", "1x");
    says(2, "usage:", "--tcp", "0", "--stdio");
    says(2, "usage:", "--stdio", "--baud", "9600");
    says(2, "usage:", "--tty");
    says(2, "usage:", "--verbose");
  }

  private static void says(int code, String text, String... arguments) throws Exception {
    try (NativeProgram.Running running = program.start(arguments)) {
      assertThat(running.exitCode()).as(running.text()).isEqualTo(code);
      assertThat(running.text()).contains(text);
    }
  }

  private static void infers(String port, int seed) {
    byte[] image = image(program, seed);
    try (Session session = program.session(port)) {
      InferenceResult result = session.infer(image, Progress.NONE);
      assertThat(result.crcs()).isEqualTo(crcs(program, image));
      assertThat(result.ticks().stream().mapToLong(t -> t).sum()).isPositive();
    }
  }

  private static byte[] image(NativeProgram program, int seed) {
    byte[] image = new byte[program.deployment().input().bytes()];
    new Random(seed).nextBytes(image);
    return image;
  }

  private static List<Long> crcs(NativeProgram program, byte[] image) {
    return new Oracle(program.compiled()).layerCrcs(image);
  }

  private static Socket connect(String port) throws Exception {
    String number = port.substring(port.lastIndexOf(':') + 1);
    return new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(number));
  }

  private static Process socat() throws Exception {
    String board = "pty,link=" + folder.resolve("board");
    String host = "pty,raw,echo=0,link=" + folder.resolve("host");
    Process socat = new ProcessBuilder("socat", board, host).start();
    for (int i = 0; i < 200 && !folder.resolve("host").toFile().exists(); i++) {
      Thread.sleep(20);
    }
    return socat;
  }

  /** A line that breaks after so many writes. */
  private static final class CutLine implements Port {
    private final Port line;
    private int left;

    CutLine(Port line, int writes) {
      this.line = line;
      this.left = writes;
    }

    @Override
    public int read(byte[] buffer, int timeoutMs) {
      return line.read(buffer, timeoutMs);
    }

    @Override
    public void write(byte[] bytes) {
      if (left-- == 0) {
        line.close();
      }
      line.write(bytes);
    }

    @Override
    public void close() {
      line.close();
    }
  }
}
