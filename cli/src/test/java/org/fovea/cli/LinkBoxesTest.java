package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.fovea.cli.line.LineFault;
import org.fovea.cli.line.RuntimeDevice;
import org.fovea.cli.line.SimulatedLine;
import org.fovea.generator.ir.PixelFormat;
import org.fovea.generator.kernel.KernelSet;
import org.fovea.generator.pipeline.Compiled;
import org.fovea.generator.pipeline.ModelFile;
import org.fovea.generator.plan.InputMode;
import org.fovea.generator.plan.Objective;
import org.fovea.generator.plan.PlanGoal;
import org.fovea.host.detect.Decoder;
import org.fovea.host.detect.Detection;
import org.fovea.host.fault.DeviceRefused;
import org.fovea.host.frame.BoardBox;
import org.fovea.host.image.ImageInput;
import org.fovea.host.session.InferenceResult;
import org.fovea.host.session.Progress;
import org.fovea.host.session.Session;
import org.fovea.host.session.Timing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Boxes that the firmware's own runtime finds and sends, over a simulated line. */
class LinkBoxesTest {
  private static final Path SIGNS = Cli.ROOT.resolve("models/roadsigns");

  private static final String USUAL = "{score: 0.4, iou: 0.45, max_detections: 20}";
  private static final double WITHIN = 1e-3;

  @TempDir Path folder;

  private int sessions;

  private RuntimeDevice.Firmware build(Objective objective, String thresholds) throws Exception {
    Path model = folder.resolve("signs.tflite");
    Files.copy(SIGNS.resolve("roadsigns_192_int8.tflite"), model);
    Files.writeString(
        folder.resolve("model.yaml"),
        Files.readString(SIGNS.resolve("model.yaml"))
            .replaceFirst("thresholds: .*", "thresholds: " + thresholds));
    Compiled compiled =
        Compiled.of(
            ModelFile.read(model),
            PlanGoal.of(objective, InputMode.ROWS),
            PixelFormat.RGB888,
            KernelSet.PORTABLE);
    return RuntimeDevice.build(Cli.ROOT, compiled, folder.resolve("project"));
  }

  private Session open(RuntimeDevice.Firmware firmware, RuntimeDevice device, LineFault up) {
    SimulatedLine line =
        new SimulatedLine(
            device, SimulatedLine.Pace.ofLine(3_000_000, 1_000_000), LineFault.none(), up);
    return Session.open(
        line, firmware.deployment(), Timing.board(), ++sessions, text -> {}, line::nanoTime);
  }

  @Test
  void theBoardsBoxesAreTheHosts() throws Exception {
    RuntimeDevice.Firmware firmware = build(Objective.TIME, USUAL);
    Decoder decoder = new Decoder(firmware.deployment());
    int found = 0;
    try (RuntimeDevice device = RuntimeDevice.start(firmware)) {
      for (int n = 0; n < 3; n++) {
        Path photo = SIGNS.resolve("samples/images/0000" + n + ".png");
        ImageInput image = ImageInput.read(photo, firmware.deployment().input());
        List<Detection> host;
        try (Session session = open(firmware, device, LineFault.none())) {
          InferenceResult result = session.infer(image.tensor(), Progress.NONE);
          assertThat(result.boxes()).isEmpty();
          host = decoder.decode(result.outputs(), image.placement());
        }
        // Noise costs a repeat, and never a box.
        try (Session session = open(firmware, device, LineFault.noise(1e-3, n + 1))) {
          session.bringBoxes();
          InferenceResult result = session.infer(image.tensor(), Progress.NONE);
          assertThat(result.outputs()).isEmpty();
          assertAlike(decoder.located(result.boxes().orElseThrow(), image.placement()), host);
        }
        found += host.size();
      }
    }
    assertThat(found).isGreaterThan(2);
  }

  private static void assertAlike(List<Detection> board, List<Detection> host) {
    assertThat(board).extracting(Detection::label).isEqualTo(labels(host));
    for (int i = 0; i < host.size(); i++) {
      assertThat(board.get(i).score()).isCloseTo(host.get(i).score(), within(WITHIN));
      assertThat(board.get(i).box().left()).isCloseTo(host.get(i).box().left(), within(WITHIN));
      assertThat(board.get(i).box().bottom()).isCloseTo(host.get(i).box().bottom(), within(WITHIN));
    }
  }

  private static List<String> labels(List<Detection> detections) {
    return detections.stream().map(Detection::label).toList();
  }

  @Test
  void manyBoxesComeInParts() throws Exception {
    RuntimeDevice.Firmware firmware =
        build(Objective.TIME, "{score: 0.000001, iou: 1, max_detections: 100}");
    Path photo = SIGNS.resolve("samples/images/00001.png");
    ImageInput image = ImageInput.read(photo, firmware.deployment().input());
    try (RuntimeDevice device = RuntimeDevice.start(firmware);
        Session session = open(firmware, device, LineFault.none())) {
      session.bringBoxes();
      List<BoardBox> boxes = session.infer(image.tensor(), Progress.NONE).boxes().orElseThrow();
      assertThat(boxes).hasSize(100).doesNotHaveDuplicates();
      assertThat(boxes).extracting(BoardBox::score).isSortedAccordingTo(Comparator.reverseOrder());
    }
  }

  @Test
  void aBoardThatTakesTwoImagesSendsTensorsOnly() throws Exception {
    RuntimeDevice.Firmware firmware = build(Objective.THROUGHPUT, USUAL);
    try (RuntimeDevice device = RuntimeDevice.start(firmware);
        Session session = open(firmware, device, LineFault.none())) {
      assertThatThrownBy(session::bringBoxes)
          .isInstanceOf(DeviceRefused.class)
          .hasMessageContaining("two images");
    }
  }
}
