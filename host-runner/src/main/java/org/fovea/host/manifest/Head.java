package org.fovea.host.manifest;

import java.util.List;

/** How the output tensors become boxes. */
public sealed interface Head {
  /** No decoding known: the run shows tensors only. */
  record None() implements Head {}

  /**
   * YOLOv2: per cell and anchor tx, ty, tw, th, objectness, then one value per class.
   *
   * @param parts one with all of these values, or one for each field, first values first
   * @param classes number of class values; 0: the objectness is the score of class 0
   */
  record Yolov2(
      List<Part> parts,
      List<Anchor> anchors,
      AnchorUnit anchorUnit,
      int classes,
      ClassActivation classActivation,
      double scoreThreshold,
      double iouThreshold,
      int maxDetections)
      implements Head {
    public Yolov2 {
      parts = List.copyOf(parts);
      anchors = List.copyOf(anchors);
    }

    public int valuesPerAnchor() {
      return 5 + classes;
    }
  }

  /**
   * Some of the values of every cell and anchor.
   *
   * @param output index into the deployment's outputs
   * @param values how many of each anchor's
   */
  record Part(int output, int values) {}

  /** Prior width and height, in the head's anchor unit. */
  record Anchor(double width, double height) {}

  /** The unit of anchors: cells of the output grid, pixels of the input, or fractions of it. */
  enum AnchorUnit {
    CELLS,
    PIXELS,
    IMAGE
  }

  /** What turns class values into probabilities. */
  enum ClassActivation {
    SOFTMAX,
    SIGMOID,
    NONE
  }
}
