package org.fovea.generator.openvino;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.fovea.generator.card.Head;
import org.fovea.generator.ir.Shape;

/**
 * Reads the attributes of RegionYolo, which the device does not run: its input becomes an output of
 * the model, and a head says how boxes are read from it. Channels of the file are (anchor, value),
 * so that a cell of an NHWC tensor holds its anchors' values in turn.
 */
final class RegionReader {
  private static final int MAX_CLASSES = 10_000;
  private static final int MAX_ANCHORS = 1024;
  private static final double LARGEST_ANCHOR = 1e6;

  private RegionReader() {}

  /**
   * The head.
   *
   * @param image the network's input
   * @param output its number among the model's outputs
   * @return empty where there is a finding
   */
  static Optional<Head.Grid> read(Node node, Shape grid, Shape image, int output) {
    int coords = node.integer("coords", 4, 0, 1000);
    int classes = node.integer("classes", 20, 1, MAX_CLASSES);
    int count = node.integer("num", 1, 1, MAX_ANCHORS);
    boolean softmax = node.flag("do_softmax", true);
    List<Head.Anchor> all = anchors(node);
    List<Head.Anchor> anchors = softmax ? all : masked(node, all);
    if (coords != 4) {
      node.reject("has coords=" + coords, "a box is x, y, w and h", "use a model with coords=4");
    }
    if (softmax && all.size() != count) {
      node.reject(
          "has " + 2 * all.size() + " numbers in anchors",
          "num=" + count + " anchors have " + 2 * count,
          "convert the model again with the anchors it was trained with");
      return Optional.empty();
    }
    if (anchors.isEmpty()) {
      return Optional.empty();
    }
    int stride = image.height() / grid.height();
    if (grid.height() * stride != image.height() || grid.width() * stride != image.width()) {
      node.reject(
          "has a grid of " + grid.height() + "x" + grid.width(),
          "its cells are no whole pixels of " + image.height() + "x" + image.width(),
          "convert the model with an input that is a multiple of 32");
      return Optional.empty();
    }
    long values = anchors.size() * (5L + classes);
    if (grid.channels() != values) {
      node.reject(
          "takes " + values + " channels and gets " + grid.channels(),
          anchors.size() + " anchors of 5 values and " + classes + " classes make " + values,
          "correct classes, num, mask or anchors");
      return Optional.empty();
    }
    return Optional.of(
        new Head.Grid(
            softmax ? Head.Family.YOLOV2 : Head.Family.YOLOV3,
            List.of(output),
            Head.Layout.CELL_ANCHOR_VALUE,
            stride,
            anchors,
            softmax ? Head.AnchorUnit.CELLS : Head.AnchorUnit.PIXELS,
            classes,
            softmax ? Head.ClassActivation.SOFTMAX : Head.ClassActivation.SIGMOID,
            1));
  }

  private static List<Head.Anchor> anchors(Node node) {
    List<Double> sizes = node.reals("anchors", 0, LARGEST_ANCHOR);
    if (sizes.isEmpty() || sizes.size() % 2 != 0) {
      node.reject(
          "has " + sizes.size() + " numbers in anchors",
          "they are widths and heights in turn",
          "convert the model again with the anchors it was trained with");
      return List.of();
    }
    return IntStream.range(0, sizes.size() / 2)
        .mapToObj(i -> new Head.Anchor(sizes.get(2 * i), sizes.get(2 * i + 1)))
        .toList();
  }

  private static List<Head.Anchor> masked(Node node, List<Head.Anchor> anchors) {
    if (!node.has("mask") || anchors.isEmpty()) {
      return anchors;
    }
    return node.integers("mask", List.of(), 0, anchors.size() - 1).stream()
        .map(anchors::get)
        .toList();
  }
}
