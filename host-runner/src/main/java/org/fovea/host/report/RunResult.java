package org.fovea.host.report;

import java.util.List;
import java.util.OptionalDouble;
import org.fovea.host.detect.Detection;
import org.fovea.host.detect.TensorDifference;
import org.fovea.host.frame.Answers;
import org.fovea.host.image.Annotator;
import org.fovea.host.image.ImageInput;
import org.fovea.host.image.Photo;
import org.fovea.host.session.InferenceResult;

/**
 * One image's run, as the report shows it.
 *
 * @param image base name
 * @param annotated the photo with its boxes
 * @param ticks per layer, empty when not counted
 * @param deviceCrcs per layer, empty when not made
 * @param expectedCrcs the same from the PC, empty when unknown
 * @param differences of the output tensors from the PC's, where an engine computes them
 * @param transferSeconds until the last row was taken over, by the host's clock
 * @param inferenceSeconds from then until done, by the host's clock
 * @param intervalSeconds since the last image of a stream was done, by the host's clock
 */
public record RunResult(
    String image,
    Photo annotated,
    List<Detection> detections,
    List<Long> ticks,
    List<Long> deviceCrcs,
    List<Long> expectedCrcs,
    List<TensorDifference> differences,
    List<Answers.Memory.Entry> memory,
    double transferSeconds,
    double inferenceSeconds,
    OptionalDouble intervalSeconds,
    List<String> log) {
  public RunResult {
    detections = List.copyOf(detections);
    ticks = List.copyOf(ticks);
    deviceCrcs = List.copyOf(deviceCrcs);
    expectedCrcs = List.copyOf(expectedCrcs);
    differences = List.copyOf(differences);
    memory = List.copyOf(memory);
    log = List.copyOf(log);
  }

  /** Draws the detections on the input's photo and gathers the rest. */
  public static RunResult of(
      ImageInput input,
      InferenceResult result,
      List<Detection> detections,
      List<Long> expectedCrcs,
      List<TensorDifference> differences,
      List<String> log) {
    return new RunResult(
        input.name(),
        Annotator.draw(input.photo(), detections.stream().map(Detection::mark).toList()),
        detections,
        result.ticks(),
        result.crcs(),
        expectedCrcs,
        differences,
        result.memory(),
        result.transferSeconds(),
        result.inferenceSeconds(),
        result.intervalSeconds(),
        log);
  }

  long totalTicks() {
    return ticks.stream().mapToLong(Long::longValue).sum();
  }

  /** Whether the PC's figure for a layer is known, and the device's too. */
  boolean compared(int layer) {
    return layer < deviceCrcs.size() && layer < expectedCrcs.size();
  }

  boolean equal(int layer) {
    return deviceCrcs.get(layer).equals(expectedCrcs.get(layer));
  }
}
