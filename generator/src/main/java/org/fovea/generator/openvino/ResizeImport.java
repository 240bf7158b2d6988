package org.fovea.generator.openvino;

import java.util.Optional;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.TensorId;

/**
 * Interpolate (versions 1, 4 and 11) to the nearest pixel. Which pixel that is, the file says in a
 * dozen ways; it is worked out for each row and column, and must be the one that TFLite takes.
 */
record ResizeImport(Draft draft) {

  /**
   * @param height of the result, as the file says it, as is {@code width}
   * @return empty where there is a finding
   */
  Optional<TensorId> add(Node node, TensorId in, int height, int width) {
    Shape shape = draft.shape(in);
    node.mustBe("mode", "nearest");
    node.mustBe("antialias", "false", "0");
    node.mustBe("align_corners", "false", "0");
    for (String pads : new String[] {"pads_begin", "pads_end"}) {
      if (node.integers(pads, java.util.List.of(), 0, 255).stream().anyMatch(p -> p > 0)) {
        node.reject("pads its input", "Fovea carries over none", "pad in a layer of its own");
      }
    }
    boolean near =
        (agrees(node, shape.height(), height) && agrees(node, shape.width(), width))
            || (shape.height() == height && shape.width() == width);
    if (!near) {
      node.reject(
          "takes other pixels than TFLite: " + how(node),
          "Fovea carries over the nearest pixel by asymmetric coordinates, rounded down",
          "resize by a whole factor, or train with TensorFlow's rule");
      return Optional.empty();
    }
    TensorId out = draft.tensor(node.layer().name(), Shape.nhwc(height, width, shape.channels()));
    draft.add(new Op.ResizeNearest(in, out, false, false));
    return Optional.of(out);
  }

  private static String how(Node node) {
    return node.word("coordinate_transformation_mode", "half_pixel")
        + ", "
        + node.word("nearest_mode", "round_prefer_floor");
  }

  private static boolean agrees(Node node, int in, int out) {
    for (int i = 0; i < out; i++) {
      if (source(node, i, in, out) != (int) ((long) i * in / out)) {
        return false;
      }
    }
    return true;
  }

  /** By the operation's definition; version 1 is asymmetric and rounds down. */
  private static int source(Node node, int i, int in, int out) {
    boolean first = node.layer().opset().matches("opset[123]");
    String coordinates =
        node.word("coordinate_transformation_mode", first ? "asymmetric" : "half_pixel");
    String rounding = node.word("nearest_mode", first ? "floor" : "round_prefer_floor");
    double scale = (double) out / in;
    double x =
        switch (coordinates) {
          case "asymmetric" -> i / scale;
          case "tf_half_pixel_for_nn" -> (i + 0.5) / scale;
          case "half_pixel" -> (i + 0.5) / scale - 0.5;
          case "pytorch_half_pixel" -> out > 1 ? (i + 0.5) / scale - 0.5 : 0;
          case "align_corners" -> out > 1 ? i * (double) (in - 1) / (out - 1) : 0;
          default -> Double.NaN;
        };
    double nearest =
        switch (rounding) {
          case "floor" -> Math.floor(x);
          case "ceil" -> Math.ceil(x);
          case "round_prefer_floor" -> Math.ceil(x - 0.5);
          case "round_prefer_ceil" -> Math.floor(x + 0.5);
          case "simple" -> scale < 1 ? Math.ceil(x) : Math.floor(x);
          default -> Double.NaN;
        };
    return Double.isNaN(nearest) ? -1 : (int) Math.max(0, Math.min(in - 1, nearest));
  }
}
