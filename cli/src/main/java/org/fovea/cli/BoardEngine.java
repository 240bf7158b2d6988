package org.fovea.cli;

import java.util.ArrayList;
import java.util.List;
import org.fovea.host.detect.Decoder;
import org.fovea.host.detect.Detection;
import org.fovea.host.detect.Expectation;
import org.fovea.host.detect.TensorDifference;
import org.fovea.host.fault.BoardDiffers;
import org.fovea.host.image.ImageInput;
import org.fovea.host.manifest.Deployment;
import org.fovea.host.manifest.Detector;
import org.fovea.host.manifest.Input;
import org.fovea.host.session.InferenceResult;
import org.fovea.host.session.Progress;
import org.fovea.host.session.Session;

/**
 * The firmware's own results, over the serial line. What it computes otherwise than the PC in any
 * layer is not scored.
 */
final class BoardEngine implements Engine {
  private static final int OVERLAPPING = 8;

  private final Session session;
  private final Deployment deployment;
  private final Reference reference;
  private final Detector detector;

  /**
   * @param session that others leave alone; not closed here
   * @param reference of the deployment's model
   */
  BoardEngine(Session session, Deployment deployment, Reference reference, Detector detector) {
    this.session = session;
    this.deployment = deployment;
    this.reference = reference;
    this.detector = detector;
  }

  @Override
  public String title() {
    String basis = deployment.board().emulated() ? " (emulated)" : "";
    String board = deployment.board().id() + basis;
    return deployment
        .engine()
        .map(e -> "engine " + e.name() + " on " + board + ", every output near the PC's")
        .orElse("the firmware on " + board + ", every layer as on the PC");
  }

  @Override
  public String arithmetic() {
    return deployment
        .engine()
        .map(e -> "engine " + e.name() + " on " + deployment.board().id())
        .orElse("int8, firmware on " + deployment.board().id());
  }

  @Override
  public Input input() {
    return detector.input();
  }

  @Override
  public int imagesAtATime() {
    return session.overlapsImages() ? OVERLAPPING : 1;
  }

  @Override
  public List<List<Detection>> detect(List<ImageInput> images) {
    List<InferenceResult> results =
        session.inferAll(images.stream().map(ImageInput::tensor).toList(), i -> Progress.NONE);
    List<List<Detection>> found = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      compare(images.get(i), results.get(i));
      found.add(new Decoder(detector).decode(results.get(i).outputs(), images.get(i).placement()));
    }
    return found;
  }

  private void compare(ImageInput image, InferenceResult result) {
    Expectation expected = reference.of(image.tensor());
    compare(image, expected.layerCrcs(), result.crcs());
    expected
        .outputTensors()
        .ifPresent(
            t ->
                TensorDifference.of(deployment.outputs(), t, result.outputs())
                    .forEach(difference -> compare(image, difference)));
  }

  /** A layer whose checksum is missing differs, too. */
  private void compare(ImageInput image, List<Long> expected, List<Long> crcs) {
    for (int i = 0; i < expected.size(); i++) {
      if (i >= crcs.size() || !expected.get(i).equals(crcs.get(i))) {
        throw new BoardDiffers(
            image.name(),
            "layer " + i + " (" + deployment.layers().get(i).name() + ") is the first that differs",
            "The checksum of its output on "
                + deployment.board().id()
                + " is not that of the PC, so nothing is scored",
            "Build and program the project again; fovea run --model compares more images");
      }
    }
  }

  private void compare(ImageInput image, TensorDifference difference) {
    if (!difference.isClose()) {
      throw new BoardDiffers(
          image.name(),
          "output " + difference.output() + " is not the model's: " + difference.text(),
          "Below "
              + Math.round(TensorDifference.LEAST)
              + " dB an engine computes something else, so nothing is scored",
          "Compile the network of this very .tflite file, and generate again");
    }
  }
}
