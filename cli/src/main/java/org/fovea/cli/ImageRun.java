package org.fovea.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.fovea.host.detect.Decoder;
import org.fovea.host.detect.Detection;
import org.fovea.host.detect.Expectation;
import org.fovea.host.detect.TensorDifference;
import org.fovea.host.frame.TaskTimes;
import org.fovea.host.image.Annotator;
import org.fovea.host.image.ImageInput;
import org.fovea.host.image.NpyWriter;
import org.fovea.host.image.Photo;
import org.fovea.host.image.PhotoWriter;
import org.fovea.host.manifest.Deployment;
import org.fovea.host.session.InferenceResult;

/** Sends images through a session, draws what comes back, and compares it with the PC. */
final class ImageRun {
  private final Terminal terminal;
  private final Deployment deployment;
  private final Optional<Reference> reference;

  ImageRun(Terminal terminal, Deployment deployment, Optional<Reference> reference) {
    this.terminal = terminal;
    this.deployment = deployment;
    this.reference = reference;
  }

  /**
   * One image that went through.
   *
   * @param expectation by the PC
   * @param differences of the output tensors, where they are what is compared
   * @param annotated the picture with boxes
   */
  record Outcome(
      ImageInput image,
      InferenceResult result,
      List<Detection> detections,
      Expectation expectation,
      List<TensorDifference> differences,
      Path annotated) {

    /** Whether every layer of the device equals the PC's, or its outputs come near enough. */
    boolean equal() {
      return (expectedCrcs().isEmpty() || expectedCrcs().equals(result.crcs()))
          && differences.stream().allMatch(TensorDifference::isClose);
    }

    /** Whether anything was compared. */
    boolean compared() {
      return !expectedCrcs().isEmpty() || !differences.isEmpty();
    }

    List<Long> expectedCrcs() {
      return expectation.layerCrcs();
    }

    /** The first layer that differs, or -1. */
    int firstDifference() {
      return Oracle.firstDifference(expectedCrcs(), result.crcs());
    }
  }

  /**
   * All images.
   *
   * @param times of the board's tasks while images were in work; while the PC computed between two,
   *     not
   */
  record Ran(List<Outcome> outcomes, TaskTimes times) {}

  /** Reads every image before the first is sent: a bad one is told at once. */
  List<ImageInput> read(List<Path> files) {
    return Photos.expand(files).stream().map(f -> ImageInput.read(f, deployment.input())).toList();
  }

  /**
   * Runs all images. The PC's own work on a result comes before the next image where they do not
   * overlap, and at the end where they do: the board need not wait for it.
   */
  Ran run(Bench bench, List<ImageInput> images, Path directory) {
    TaskTimes times;
    List<Outcome> outcomes = new ArrayList<>();
    List<InferenceResult> results = new ArrayList<>();
    boolean overlapping = deployment.memory().imagesInFlight() > 1 && images.size() > 1;
    try (ProgressLine progress = new ProgressLine(terminal, images.size() + " images")) {
      times =
          bench.batch(
              images.stream().map(ImageInput::tensor).toList(),
              i -> progress,
              (i, result) -> {
                results.add(result);
                if (!overlapping) {
                  progress.clear();
                  outcomes.add(printed(images.get(i), result, directory));
                }
              });
    }
    if (overlapping) {
      for (int i = 0; i < images.size(); i++) {
        outcomes.add(printed(images.get(i), results.get(i), directory));
      }
      results.stream()
          .map(InferenceResult::intervalSeconds)
          .flatMapToDouble(OptionalDouble::stream)
          .average()
          .ifPresent(s -> terminal.print("a result every %.2f s of this PC's time", s));
    }
    return new Ran(outcomes, times);
  }

  private Outcome printed(ImageInput image, InferenceResult result, Path directory) {
    Outcome outcome = outcome(image, result, directory);
    print(outcome);
    return outcome;
  }

  private Outcome outcome(ImageInput image, InferenceResult result, Path directory) {
    Decoder decoder = new Decoder(deployment);
    List<Detection> detections =
        result
            .boxes()
            .map(boxes -> decoder.located(boxes, image.placement()))
            .orElseGet(() -> decoder.decode(result.outputs(), image.placement()));
    Expectation expected =
        reference.map(r -> r.of(image.tensor())).orElse(new Expectation.Nothing(""));
    List<TensorDifference> differences =
        result.boxes().isPresent()
            ? List.of()
            : expected
                .outputTensors()
                .map(t -> TensorDifference.of(deployment.outputs(), t, result.outputs()))
                .orElse(List.of());
    if (!hasHead()) {
      writeTensors(image, result, directory);
    }
    return new Outcome(
        image, result, detections, expected, differences, write(image, detections, directory));
  }

  /** Whether the manifest says how boxes are read out of the outputs. */
  private boolean hasHead() {
    return deployment.detector().hasBoxes();
  }

  private void writeTensors(ImageInput image, InferenceResult result, Path directory) {
    ResultFolder.in(
        directory,
        () -> {
          for (int i = 0; i < result.outputs().size(); i++) {
            NpyWriter.write(
                directory.resolve(baseName(image) + ".out" + i + ".npy"),
                deployment.outputs().get(i).shape(),
                result.outputs().get(i).toArray());
          }
          return directory;
        });
  }

  private static String baseName(ImageInput image) {
    return image.name().replaceFirst("\\.[^.]*$", "");
  }

  private static Path write(ImageInput image, List<Detection> detections, Path directory) {
    Path file = directory.resolve(baseName(image) + ".boxes.png");
    Photo drawn = Annotator.draw(image.photo(), detections.stream().map(Detection::mark).toList());
    return ResultFolder.in(
        directory,
        () -> {
          PhotoWriter.write(drawn, file);
          return file;
        });
  }

  private void print(Outcome outcome) {
    terminal.print(
        "%s: %d detections, transfer %.1f s, inference %.1f s of this PC's time",
        outcome.image().name(),
        outcome.detections().size(),
        outcome.result().transferSeconds(),
        outcome.result().inferenceSeconds());
    for (Detection d : outcome.detections()) {
      terminal.print(
          "  %-12s %.3f  x %.1f..%.1f  y %.1f..%.1f",
          d.label(), d.score(), d.box().left(), d.box().right(), d.box().top(), d.box().bottom());
    }
    printComparison(outcome);
    if (!hasHead()) {
      terminal.print(
          "  boxes are not decoded (no model card): the int8 output"
              + " tensors are beside the picture, as .npy");
    }
    terminal.print("  %s", outcome.annotated());
  }

  private void printComparison(Outcome outcome) {
    if (!outcome.expectedCrcs().isEmpty()) {
      int layer = outcome.firstDifference();
      terminal.print(
          layer < 0
              ? "  board and PC agree: CRCs of all " + outcome.expectedCrcs().size() + " layers"
              : "  board and PC DIFFER, first at layer " + layer);
    }
    for (TensorDifference difference : outcome.differences()) {
      terminal.print(
          "  engine and PC: %s %s%s",
          difference.output(),
          difference.text(),
          difference.isClose() ? "" : ": NOT THIS MODEL'S RESULT");
    }
    if (outcome.expectation() instanceof Expectation.Nothing nothing && !nothing.why().isEmpty()) {
      terminal.print("  not compared with the PC: %s", nothing.why());
    }
  }
}
