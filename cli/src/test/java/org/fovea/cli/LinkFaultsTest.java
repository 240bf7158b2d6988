package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fovea.cli.line.FaultSweep;
import org.fovea.cli.line.LineFault;
import org.fovea.cli.line.LineSpeed;
import org.fovea.cli.line.RuntimeDevice;
import org.fovea.cli.line.SimulatedLine;
import org.fovea.generator.ir.PixelFormat;
import org.fovea.generator.kernel.KernelSet;
import org.fovea.generator.pipeline.Compiled;
import org.fovea.generator.pipeline.ModelFile;
import org.fovea.generator.plan.PlanGoal;
import org.fovea.host.session.Progress;
import org.fovea.host.session.Session;
import org.fovea.host.session.Timing;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The firmware's own runtime at a line that damages its bytes, in a time of its own: every kind of
 * fault at every byte of a session, and how much of a clean line images fill.
 */
class LinkFaultsTest {
  private static final Path MICRO = Cli.ROOT.resolve("models/micro");
  private static final String NAME = "conv_channels_1_to_17";
  private static final Path SIGNS = Cli.ROOT.resolve("models/roadsigns/roadsigns_192_int8.tflite");

  @TempDir Path folder;

  @Test
  void anyByteEitherWayMayBeDamaged() throws Exception {
    RuntimeDevice.Firmware firmware = build(MICRO.resolve(NAME + ".tflite"));
    byte[] image = Files.readAllBytes(MICRO.resolve(NAME + ".in.bin"));
    byte[] output = Files.readAllBytes(MICRO.resolve(NAME + ".out0.bin"));
    try (RuntimeDevice device = RuntimeDevice.start(firmware)) {
      FaultSweep sweep = new FaultSweep(firmware, device, image, output);
      assertThat(sweep.run(true)).isGreaterThan(200);
      assertThat(sweep.run(false)).isGreaterThan(800);
      assertThat(sweep.wrong()).isEmpty();
      assertThat(sweep.hung()).isEmpty();
      assertThat(sweep.leaked()).isEmpty();
      // A line that is cut or gone is named; everything else costs a repeat.
      assertThat(sweep.named()).allMatch(n -> n.startsWith("CUT") || n.startsWith("DISCONNECT"));
      assertThat(sweep.named()).hasSizeGreaterThan(2_000);
    }
  }

  @Test
  void imagesFillTheLineAndNoiseCostsLittle() throws Exception {
    RuntimeDevice.Firmware firmware = build(SIGNS);
    for (int baud : List.of(1_000_000, 3_000_000)) {
      SimulatedLine.Pace pace = SimulatedLine.Pace.ofLine(baud, 2_000_000);
      double seconds = LineSpeed.seconds(firmware, pace, 0, 1);
      assertThat(LineSpeed.utilisation(firmware, baud, seconds)).isGreaterThan(0.95);
      assertThat(seconds / LineSpeed.seconds(firmware, pace, 1e-4, 8)).isGreaterThan(0.8);
    }
  }

  @Test
  void theLineBecomesAsFastAsItsCableAllowsAndFindsBack() throws Exception {
    RuntimeDevice.Firmware firmware = build(MICRO.resolve(NAME + ".tflite"));
    byte[] image = Files.readAllBytes(MICRO.resolve(NAME + ".in.bin"));
    byte[] output = Files.readAllBytes(MICRO.resolve(NAME + ".out0.bin"));
    try (RuntimeDevice device = RuntimeDevice.start(firmware)) {
      int id = 1;
      for (int cable : List.of(3_000_000, 1_000_000, 115_200, 2_000_000)) {
        for (boolean vanishes : List.of(true, false)) {
          SimulatedLine line =
              new SimulatedLine(
                  device,
                  SimulatedLine.Pace.upTo(115_200, cable),
                  LineFault.none(),
                  LineFault.none());
          Session session =
              Session.open(
                  line, firmware.deployment(), Timing.board(), id++, t -> {}, line::nanoTime);
          assertThat(session.baud()).isEqualTo(cable);
          assertThat(session.infer(image, Progress.NONE).outputs().get(0).toArray())
              .isEqualTo(output);
          // A host that vanishes leaves the board at the high rate: the next one wakes it up.
          if (!vanishes) {
            session.close();
            assertThat(line.deviceBaud()).isEqualTo(115_200);
          }
        }
      }
    }
  }

  @Test
  @Tag("long")
  void tenThousandFramesOverANoisyLineKeepTheHostsMemoryFlat() throws Exception {
    RuntimeDevice.Firmware firmware = build(MICRO.resolve(NAME + ".tflite"));
    byte[] image = Files.readAllBytes(MICRO.resolve(NAME + ".in.bin"));
    byte[] output = Files.readAllBytes(MICRO.resolve(NAME + ".out0.bin"));
    try (RuntimeDevice device = RuntimeDevice.start(firmware)) {
      SimulatedLine line =
          new SimulatedLine(
              device,
              SimulatedLine.Pace.ofLine(3_000_000, 1_000_000),
              LineFault.noise(1e-4, 1),
              LineFault.noise(1e-4, 2));
      Session session =
          Session.open(line, firmware.deployment(), Timing.board(), 1, t -> {}, line::nanoTime);
      long before = 0;
      for (int i = -500; i < 10_000; i++) {
        before = i == 0 ? used() : before;
        assertThat(session.infer(image, Progress.NONE).outputs().get(0).toArray())
            .isEqualTo(output);
      }
      assertThat(session.traffic().repeats()).isGreaterThan(100);
      assertThat(used() - before).isLessThan(1L << 20);
    }
  }

  private static long used() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private RuntimeDevice.Firmware build(Path model) throws Exception {
    Compiled compiled =
        Compiled.of(
            ModelFile.read(model), PlanGoal.DEFAULT, PixelFormat.RGB888, KernelSet.PORTABLE);
    return RuntimeDevice.build(Cli.ROOT, compiled, folder);
  }
}
