package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.fovea.cli.line.LineFault;
import org.fovea.cli.line.NoisyPort;
import org.fovea.generator.board.BoardCatalogue;
import org.fovea.generator.board.Rtos;
import org.fovea.generator.pipeline.BuiltProject;
import org.fovea.generator.pipeline.Compiled;
import org.fovea.generator.pipeline.Fit;
import org.fovea.generator.pipeline.Generation;
import org.fovea.generator.pipeline.ModelFile;
import org.fovea.host.emulator.Emulator;
import org.fovea.host.fault.LinkFailed;
import org.fovea.host.manifest.Deployment;
import org.fovea.host.manifest.ManifestReader;
import org.fovea.host.port.Port;
import org.fovea.host.port.Ports;
import org.fovea.host.session.Progress;
import org.fovea.host.session.Session;
import org.fovea.host.session.Timing;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Firmware in QEMU behind a real pty that damages bytes: a small detector, many sessions. */
class EmulatedLinkTest {
  /** Of a small network at a line that answers at once, on a machine with other work. */
  private static final Timing PATIENT = new Timing(150, 150, 5_000, 60, 50, 20, 30_000);

  /** Where no answer is to come. */
  private static final Timing QUICK = new Timing(150, 150, 5_000, 4, 50, 20, 30_000);

  private static final LineFault.Kind[] KINDS = {
    LineFault.Kind.FLIP, LineFault.Kind.DROP, LineFault.Kind.DUPLICATE,
    LineFault.Kind.REORDER, LineFault.Kind.GARBAGE, LineFault.Kind.CUT,
    LineFault.Kind.DISCONNECT
  };

  private static final List<LineFault.Kind> ENDS =
      List.of(LineFault.Kind.CUT, LineFault.Kind.DISCONNECT);

  @TempDir static Path folder;

  private static Deployment deployment;
  private static Emulator emulator;
  private static Oracle oracle;

  @BeforeAll
  static void start() throws Exception {
    Compiled compiled = Compiled.of(ModelFile.read(TinyDarknet.quantised(folder)));
    Path project = folder.resolve("project");
    Generation.project(Fit.of(compiled, BoardCatalogue.find(Cli.BOARD), Rtos.BARE))
        .writeTo(project);
    BuiltProject built = BuiltProject.build(project);
    deployment = ManifestReader.read(project.resolve("deployment.json"));
    emulator = Emulator.start(deployment, built.elf());
    oracle = new Oracle(compiled);
  }

  @AfterAll
  static void end() {
    if (emulator != null) {
      emulator.close();
    }
  }

  /** One fault a session, of every kind, anywhere; the next session finds the board well. */
  @Test
  void twentySessionsEachWithAFault() {
    sessions(0, 20);
  }

  @Test
  @Tag("long")
  void twoHundredSessionsEachWithAFault() {
    sessions(20, 220);
  }

  private static void sessions(int from, int to) {
    int named = 0;
    for (int seed = from; seed < to; seed++) {
      Random random = new Random(seed);
      LineFault.Kind kind = KINDS[random.nextInt(KINDS.length)];
      boolean toDevice = random.nextBoolean();
      LineFault fault = LineFault.at(kind, random.nextInt(toDevice ? 4_000 : 6_000));
      byte[] image = image(seed);
      LineFault none = LineFault.none();
      Timing timing = ENDS.contains(kind) ? QUICK : PATIENT;
      try (Session session = open(timing, toDevice ? fault : none, toDevice ? none : fault)) {
        assertThat(session.infer(image, Progress.NONE).crcs())
            .as("seed %d, %s", seed, kind)
            .isEqualTo(oracle.layerCrcs(image));
      } catch (LinkFailed e) {
        assertThat(kind).as("seed %d: %s", seed, e.getMessage()).isIn(ENDS);
        named++;
      }
    }
    assertThat(named).isBetween((to - from) / 20, (to - from) / 2);
    assertThat(emulator.isAlive()).isTrue();
  }

  @Test
  void aHundredInferencesOverANoisyLine() {
    soak(100);
  }

  @Test
  @Tag("long")
  void aThousandInferencesOverANoisyLine() {
    soak(1_000);
  }

  @Test
  @Tag("long")
  void tenThousandInferencesOverANoisyLineKeepTheHostsMemoryFlat() {
    soak(500);
    long before = used();
    soak(10_000);
    assertThat(used() - before).isLessThan(8L << 20);
  }

  private static long used() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static void soak(int inferences) {
    byte[] image = image(1);
    List<Long> crcs = oracle.layerCrcs(image);
    try (Session session = open(PATIENT, LineFault.noise(1e-4, 3), LineFault.noise(1e-4, 4))) {
      for (int i = 0; i < inferences; i++) {
        assertThat(session.infer(image, Progress.NONE).crcs()).isEqualTo(crcs);
      }
      assertThat(session.traffic().repeats()).isGreaterThan(inferences / 20);
    }
  }

  private static byte[] image(int seed) {
    byte[] image = new byte[deployment.input().bytes()];
    new Random(seed).nextBytes(image);
    return image;
  }

  private static Session open(Timing timing, LineFault toDevice, LineFault toHost) {
    Port port =
        new NoisyPort(Ports.open(emulator.portName(), deployment.board().baud()), toDevice, toHost);
    return Session.open(
        port, deployment, timing, 1 + new Random().nextInt(1 << 30), t -> {}, System::nanoTime);
  }
}
