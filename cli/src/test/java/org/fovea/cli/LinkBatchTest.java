package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fovea.cli.line.LineFault;
import org.fovea.cli.line.RuntimeDevice;
import org.fovea.cli.line.SimulatedLine;
import org.fovea.generator.ir.PixelFormat;
import org.fovea.generator.kernel.KernelSet;
import org.fovea.generator.pipeline.Compiled;
import org.fovea.generator.pipeline.ModelFile;
import org.fovea.generator.plan.PlanGoal;
import org.fovea.host.fault.LinkFailed;
import org.fovea.host.session.Batch;
import org.fovea.host.session.Progress;
import org.fovea.host.session.Session;
import org.fovea.host.session.Timing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many images over a line that breaks, with the firmware's own runtime behind it. */
class LinkBatchTest {
  private static final Path MICRO = Cli.ROOT.resolve("models/micro");
  private static final String NAME = "conv_leaky_pool_2x2_stride2";
  private static final int IMAGES = 5;

  @TempDir static Path folder;

  private static RuntimeDevice.Firmware firmware;

  private final List<RuntimeDevice> devices = new ArrayList<>();
  private final List<String> words = new ArrayList<>();
  private final List<Integer> results = new ArrayList<>();
  private final List<Long> slept = new ArrayList<>();
  private SimulatedLine line;
  private int openings;

  @BeforeEach
  void build() throws Exception {
    if (firmware == null) {
      Path model = MICRO.resolve(NAME + ".tflite");
      firmware =
          RuntimeDevice.build(
              Cli.ROOT,
              Compiled.of(
                  ModelFile.read(model), PlanGoal.DEFAULT, PixelFormat.RGB888, KernelSet.PORTABLE),
              folder);
    }
    powerUp();
  }

  @AfterEach
  void end() {
    devices.forEach(RuntimeDevice::close);
  }

  private RuntimeDevice powerUp() {
    try {
      devices.add(RuntimeDevice.start(firmware));
      return devices.get(devices.size() - 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Session open(LineFault fault) {
    RuntimeDevice device = devices.get(devices.size() - 1);
    line =
        new SimulatedLine(
            device, SimulatedLine.Pace.ofLine(115_200, 1_000_000), fault, LineFault.none());
    openings++;
    return Session.open(
        line, firmware.deployment(), Timing.board(), openings, t -> {}, line::nanoTime);
  }

  private void run(Batch.Line way, Progress ofThird) throws IOException {
    byte[] image = Files.readAllBytes(MICRO.resolve(NAME + ".in.bin"));
    byte[] output = Files.readAllBytes(MICRO.resolve(NAME + ".out0.bin"));
    List<byte[]> images = new ArrayList<>();
    for (int i = 0; i < IMAGES; i++) {
      images.add(image);
    }
    new Batch(way, words::add, slept::add)
        .run(
            images,
            i -> i == 2 ? ofThird : Progress.NONE,
            (i, result) -> {
              results.add(i);
              assertThat(result.outputs().get(0).toArray()).isEqualTo(output);
            });
  }

  private void assertAllOnce() {
    assertThat(results).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void aCableThatWasPulledOnceCostsOneImage() throws Exception {
    run(
        () -> open(openings == 0 ? LineFault.at(LineFault.Kind.DISCONNECT, 1_500) : none()),
        Progress.NONE);
    assertAllOnce();
    assertThat(words).singleElement().asString().contains("goes out again", "has gone away");
    assertThat(openings).isEqualTo(2);
  }

  @Test
  void aBoardThatResetsAmongTheRowsOrTheStepsCostsOneImage() throws Exception {
    for (boolean amongRows : new boolean[] {true, false}) {
      results.clear();
      words.clear();
      run(() -> open(none()), new ResetOnce(amongRows));
      assertAllOnce();
      assertThat(words).singleElement().asString().contains("image 3 of 5", "reset");
    }
  }

  /** Resets the board the first time that it hears something. */
  private final class ResetOnce implements Progress {
    private final boolean amongRows;
    private boolean over;

    ResetOnce(boolean amongRows) {
      this.amongRows = amongRows;
    }

    @Override
    public void rows(int sent, int total) {
      resetIf(amongRows);
    }

    @Override
    public void steps(int done, int total) {
      resetIf(!amongRows);
    }

    private void resetIf(boolean now) {
      if (now && !over) {
        over = true;
        line.reset(powerUp());
      }
    }
  }

  @Test
  void aBoardThatDoesNotComeBackIsNamedAfterAWhile() {
    assertThatThrownBy(
            () ->
                run(
                    () -> {
                      if (openings > 0) {
                        throw new LinkFailed("port", "is not there", "It is out", "Plug it in");
                      }
                      return open(LineFault.at(LineFault.Kind.DISCONNECT, 1_500));
                    },
                    Progress.NONE))
        .isInstanceOf(LinkFailed.class)
        .hasMessageContaining("has gone away");
    assertThat(slept.stream().mapToLong(s -> s).sum()).isBetween(20_000L, 60_000L);
  }

  @Test
  void aLineThatAlwaysBreaksEnds() {
    assertThatThrownBy(
            () -> run(() -> open(LineFault.at(LineFault.Kind.DISCONNECT, 400)), Progress.NONE))
        .isInstanceOf(LinkFailed.class);
    assertThat(openings).isEqualTo(4);
    assertThat(results).isEmpty();
  }

  private static LineFault none() {
    return LineFault.none();
  }
}
