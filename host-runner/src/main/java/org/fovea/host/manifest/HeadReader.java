package org.fovea.host.manifest;

import java.util.ArrayList;
import java.util.List;

/** Reads the heads of a manifest. */
final class HeadReader {
  private static final int MAX_OUTPUTS = 64;
  private static final int MAX_CLASSES = 10_000;
  private static final int MAX_CELLS_A_SIDE = 4_096;
  private static final String ROWS = "detection_rows";

  private HeadReader() {}

  static Thresholds thresholds(Fields in) {
    return new Thresholds(
        in.number("score", 0, 1), in.number("iou", 0, 1), in.int32("max_detections", 1, 100_000));
  }

  static Head head(Fields in) {
    return in.text("family").equals(ROWS) ? rows(in) : grid(in);
  }

  private static Head.Rows rows(Fields in) {
    return new Head.Rows(
        in.int32("output", 0, MAX_OUTPUTS),
        in.int32("classes", 0, MAX_CLASSES),
        in.int32("first_class", 0, MAX_CLASSES));
  }

  private static Head.Grid grid(Fields in) {
    int classes = in.int32("values_per_anchor", 5, 5 + MAX_CLASSES) - 5;
    return new Head.Grid(
        in.choice("family", Head.Family.class),
        parts(in, classes),
        in.choice("layout", Head.Layout.class),
        in.int32("rows", 1, MAX_CELLS_A_SIDE),
        in.int32("columns", 1, MAX_CELLS_A_SIDE),
        in.anchors("anchors"),
        in.choice("anchor_unit", Head.AnchorUnit.class),
        classes,
        in.choice("class_activation", Head.ClassActivation.class),
        in.number("scale_xy", 1, 2));
  }

  /** One output for all values, or one for each field. */
  private static List<Head.Part> parts(Fields in, int classes) {
    if (!in.has("outputs")) {
      return List.of(new Head.Part(in.int32("output", 0, MAX_OUTPUTS), 5 + classes));
    }
    Fields outputs = in.object("outputs");
    List<Head.Part> parts = new ArrayList<>();
    parts.add(new Head.Part(outputs.int32("xy", 0, MAX_OUTPUTS), 2));
    parts.add(new Head.Part(outputs.int32("wh", 0, MAX_OUTPUTS), 2));
    parts.add(new Head.Part(outputs.int32("objectness", 0, MAX_OUTPUTS), 1));
    if (classes > 0) {
      parts.add(new Head.Part(outputs.int32("classes", 0, MAX_OUTPUTS), classes));
    }
    return parts;
  }
}
