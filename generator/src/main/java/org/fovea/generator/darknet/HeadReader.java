package org.fovea.generator.darknet;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.fovea.generator.card.Head;
import org.fovea.generator.ir.Shape;

/**
 * Reads a section that turns its input into boxes (region_layer.c, yolo_layer.c). Darknet's
 * channels are (anchor, value), so that a cell of an NHWC tensor holds its anchors' values in turn.
 */
final class HeadReader {
  private static final int MAX_CLASSES = 10_000;
  private static final int MAX_ANCHORS = 1024;
  private static final double LARGEST_ANCHOR = 1e6;

  private final Section section;
  private final int input;
  private final int output;
  private final Shape image;
  private final List<String> notes;

  /**
   * @param output how many heads there are before this one
   * @param image the network's input
   * @param notes gets what a model card cannot say
   */
  HeadReader(Section section, int input, int output, Shape image, List<String> notes) {
    this.section = section;
    this.input = input;
    this.output = output;
    this.image = image;
    this.notes = notes;
  }

  Optional<Layer> region(Shape in) {
    section.mustBe("coords", "4");
    int classes = section.integer("classes", 20, 1, MAX_CLASSES);
    int count = section.integer("num", 1, 1, MAX_ANCHORS);
    List<Head.Anchor> anchors = anchors(count);
    boolean softmax = section.flag("softmax");
    if (section.has("tree")) {
      note("has a tree of classes, which a model card cannot say");
      return layer(in, anchors.size(), classes, Optional.empty());
    }
    if (!softmax) {
      note("has softmax=0: the card takes class values as they are, as AlexeyAB's Darknet does");
    }
    return layer(
        in,
        anchors.size(),
        classes,
        stride(in)
            .map(
                stride ->
                    new Head.Grid(
                        Head.Family.YOLOV2,
                        List.of(output),
                        Head.Layout.CELL_ANCHOR_VALUE,
                        stride,
                        anchors,
                        Head.AnchorUnit.CELLS,
                        classes,
                        softmax ? Head.ClassActivation.SOFTMAX : Head.ClassActivation.NONE,
                        1)));
  }

  Optional<Layer> yolo(Shape in) {
    int classes = section.integer("classes", 20, 1, MAX_CLASSES);
    int count = section.integer("num", 1, 1, MAX_ANCHORS);
    List<Head.Anchor> all = anchors(count);
    List<Head.Anchor> anchors = masked(all);
    double scaleXy = section.real("scale_x_y", 1, 1, 2);
    if (section.flag("new_coords")) {
      note("has new_coords=1, which a model card cannot say");
      return layer(in, anchors.size(), classes, Optional.empty());
    }
    return layer(
        in,
        anchors.size(),
        classes,
        stride(in)
            .map(
                stride ->
                    new Head.Grid(
                        scaleXy == 1 ? Head.Family.YOLOV3 : Head.Family.YOLOV4,
                        List.of(output),
                        Head.Layout.CELL_ANCHOR_VALUE,
                        stride,
                        anchors,
                        Head.AnchorUnit.PIXELS,
                        classes,
                        Head.ClassActivation.SIGMOID,
                        scaleXy)));
  }

  /** At least one, also where the section is wrong. */
  private List<Head.Anchor> anchors(int count) {
    List<Double> sizes = section.reals("anchors", 0, LARGEST_ANCHOR);
    if (sizes.size() < 2 * count) {
      section.reject(
          "anchors",
          sizes.size() + " numbers in anchors",
          "num=" + count + " anchors have " + 2 * count,
          "correct num or anchors");
      return List.of(new Head.Anchor(1, 1));
    }
    return IntStream.range(0, count)
        .mapToObj(i -> new Head.Anchor(sizes.get(2 * i), sizes.get(2 * i + 1)))
        .toList();
  }

  private List<Head.Anchor> masked(List<Head.Anchor> anchors) {
    if (!section.has("mask")) {
      return anchors;
    }
    List<Integer> mask = section.integers("mask", 0, anchors.size() - 1);
    if (mask.isEmpty()) {
      section.reject("mask", "an empty mask", "it picks the head's anchors", "list their numbers");
      return anchors;
    }
    return mask.stream().map(anchors::get).toList();
  }

  private Optional<Layer> layer(Shape in, int anchors, int classes, Optional<Head.Grid> head) {
    long values = anchors * (5L + classes);
    if (in.channels() != values) {
      section.reject(
          "takes " + values + " channels and gets " + in.channels(),
          anchors + " anchors of 5 values and " + classes + " classes make " + values,
          "correct the filters of the convolution before it, or its own numbers");
    }
    return Optional.of(new Layer.Detection(section.line(), input, in, classes, head));
  }

  /** Pixels of a cell's side; without one a note is made. */
  private Optional<Integer> stride(Shape grid) {
    int stride = image.height() / grid.height();
    if (grid.height() * stride == image.height() && grid.width() * stride == image.width()) {
      return Optional.of(stride);
    }
    note("has a grid of " + grid + ", whose cells are no whole pixels of " + image);
    return Optional.empty();
  }

  private void note(String what) {
    notes.add("[" + section.type() + "] at line " + section.line() + " " + what);
  }
}
