package org.fovea.host.detect;

import java.util.ArrayList;
import java.util.List;
import org.fovea.host.manifest.Head;

/**
 * YOLOv2's arithmetic. Per cell (row, column) and anchor, with sigmoid s:
 *
 * <pre>
 * centre = ((column + s(tx)) / columns, (row + s(ty)) / rows)
 * size   = anchor * exp(t), in fractions of the input; exp(t) counts as 2^50 at most
 * score  = s(objectness) * best class probability
 * </pre>
 */
final class Yolov2Decoder {
  private static final int CLASS_VALUES = 5;

  /**
   * The most anchors that make a side: so areas are floats, which is what a board computes with.
   */
  private static final double MOST_TIMES = 0x1p50;

  private final Head.Yolov2 head;
  private final Grid grid;
  private final int inputHeight;
  private final int inputWidth;

  Yolov2Decoder(Head.Yolov2 head, List<Integer> shape, int inputHeight, int inputWidth) {
    this.head = head;
    this.grid = Grid.of(shape, inputHeight, inputWidth);
    this.inputHeight = inputHeight;
    this.inputWidth = inputWidth;
  }

  /** The boxes at or above the score threshold, in the tensor's order. */
  List<Candidate> candidates(float[] tensor) {
    List<Candidate> candidates = new ArrayList<>();
    int anchors = head.anchors().size();
    int boxes = grid.rows() * grid.columns() * anchors;
    for (int index = 0; index < boxes; index++) {
      int at = index * head.valuesPerAnchor();
      int classIndex = bestClass(tensor, at);
      double score = sigmoid(tensor[at + 4]) * probability(tensor, at, classIndex);
      if (score >= head.scoreThreshold()) {
        Box box = box(tensor, at, index / anchors, head.anchors().get(index % anchors));
        if (box.isFinite()) {
          candidates.add(new Candidate(index, classIndex, score, box));
        }
      }
    }
    return candidates;
  }

  private Box box(float[] tensor, int at, int cell, Head.Anchor anchor) {
    int row = cell / grid.columns();
    int column = cell % grid.columns();
    double x = (column + sigmoid(tensor[at])) / grid.columns();
    double y = (row + sigmoid(tensor[at + 1])) / grid.rows();
    double width = anchor.width() * size(tensor[at + 2]) / unit(grid.columns(), inputWidth);
    double height = anchor.height() * size(tensor[at + 3]) / unit(grid.rows(), inputHeight);
    return new Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2);
  }

  /** What is no number stays none; a box of the largest size is far beyond every photo. */
  private static double size(double value) {
    double times = Math.exp(value);
    return Double.isFinite(times) ? Math.min(times, MOST_TIMES) : times;
  }

  /** How many of the anchor's units make the input. */
  private double unit(int cells, int pixels) {
    return switch (head.anchorUnit()) {
      case CELLS -> cells;
      case PIXELS -> pixels;
      case IMAGE -> 1;
    };
  }

  private int bestClass(float[] tensor, int at) {
    int best = 0;
    for (int c = 1; c < head.classes(); c++) {
      if (tensor[at + CLASS_VALUES + c] > tensor[at + CLASS_VALUES + best]) {
        best = c;
      }
    }
    return best;
  }

  private double probability(float[] tensor, int at, int classIndex) {
    if (head.classes() == 0) {
      return 1;
    }
    float value = tensor[at + CLASS_VALUES + classIndex];
    return switch (head.classActivation()) {
      case SOFTMAX -> softmaxOfLargest(tensor, at + CLASS_VALUES);
      case SIGMOID -> sigmoid(value);
      case NONE -> value;
    };
  }

  /** The largest value's share; subtracting it first keeps every power at most 1. */
  private double softmaxOfLargest(float[] tensor, int from) {
    float largest = tensor[from];
    for (int c = 1; c < head.classes(); c++) {
      largest = Math.max(largest, tensor[from + c]);
    }
    double sum = 0;
    for (int c = 0; c < head.classes(); c++) {
      sum += Math.exp(tensor[from + c] - largest);
    }
    return 1 / sum;
  }

  private static double sigmoid(double value) {
    return 1 / (1 + Math.exp(-value));
  }
}
