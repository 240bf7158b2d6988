package org.fovea.generator.quantize;

import java.util.ArrayList;
import java.util.List;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault.UsageRefused;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.TensorId;

/** Whether the calibration images say anything about the model. */
final class CalibrationCheck {
  private static final String OTHER = "calibrate with pictures such as the camera will see";

  private static final int MOST_IMAGES = 500;

  private CalibrationCheck() {}

  /**
   * @throws UsageRefused when there are too few or too many
   */
  static void count(CalibrationImages images) {
    int count = images.names().size();
    if (count < 1 || count > MOST_IMAGES) {
      throw new UsageRefused(
          List.of(
              new Finding(
                  "calibration",
                  "has " + count + " images",
                  "there may be 1 to " + MOST_IMAGES,
                  "about 100 that differ are enough")));
    }
  }

  /**
   * @throws UsageRefused when all pictures are of one colour, or a whole tensor stayed the same
   */
  static void require(Calibration calibration, CalibrationImages images) {
    Graph graph = calibration.graph();
    Histogram input = calibration.of(graph.inputs().get(0));
    List<Finding> findings = new ArrayList<>();
    if (constantChannels(input).size() == input.channels()) {
      findings.add(
          new Finding(
              "calibration",
              "the " + images.names().size() + " images are of one colour",
              "they excite nothing in the model",
              OTHER));
      throw new UsageRefused(findings);
    }
    for (Op op : graph.ops()) {
      for (TensorId id : op.outputs()) {
        Histogram seen = calibration.of(id);
        if (constantChannels(seen).size() == seen.channels()) {
          findings.add(
              new Finding(
                  op.kind() + ", " + FloatModel.name(graph.tensor(id)),
                  "none of its channels changes in any calibration image",
                  "there is no range to choose a scale from",
                  OTHER + ", or look for what died in training"));
        }
      }
    }
    if (!findings.isEmpty()) {
      throw new UsageRefused(findings);
    }
  }

  /** What is suspicious, but no reason to stop. */
  static List<String> notes(Calibration calibration) {
    List<String> notes = new ArrayList<>();
    for (Layer layer : Layer.all(calibration.graph())) {
      List<Integer> dead = constantChannels(calibration.of(layer.output()));
      if (!dead.isEmpty()) {
        notes.add(
            "operator %d, %s: channels %s never change in calibration"
                .formatted(
                    layer.index(),
                    FloatModel.name(calibration.graph().tensor(layer.output())),
                    dead));
      }
    }
    return notes;
  }

  private static List<Integer> constantChannels(Histogram seen) {
    List<Integer> constant = new ArrayList<>();
    for (int c = 0; c < seen.channels(); c++) {
      if (!(seen.max(c) > seen.min(c))) {
        constant.add(c);
      }
    }
    return constant;
  }
}
