package org.fovea.host.detect;

import java.util.ArrayList;
import java.util.List;
import org.fovea.host.manifest.Head;
import org.fovea.host.manifest.Input;

/**
 * YOLO's arithmetic on one grid. Per cell (row, column) and anchor, with sigmoid s:
 *
 * <pre>
 * centre = ((column + p(tx)) / columns, (row + p(ty)) / rows), p(t) = scale * s(t) - (scale - 1) / 2
 * size   = anchor * exp(t), in fractions of the input; exp(t) counts as 2^50 at most
 * score  = s(objectness) * best class probability
 * </pre>
 *
 * A region's x, y and objectness are s(t) already. The formula of p is Darknet's scale_x_y
 * (yolo_layer.c).
 */
final class GridDecoder {
  private static final int SIZE = 2;
  private static final int OBJECTNESS = 4;
  private static final int CLASSES = 5;

  /**
   * The most anchors that make a side: so areas are floats, which is what a board computes with.
   */
  private static final double MOST_TIMES = 0x1p50;

  private final Head.Grid head;
  private final double unitsAcross;
  private final double unitsDown;

  GridDecoder(Head.Grid head, Input input) {
    this.head = head;
    this.unitsAcross = units(head.columns(), input.width());
    this.unitsDown = units(head.rows(), input.height());
  }

  /**
   * The boxes at or above a score, cell by cell.
   *
   * @param outputs all tensors
   * @param firstIndex of the first box
   */
  List<Candidate> candidates(List<float[]> outputs, int firstIndex, double leastScore) {
    List<Candidate> candidates = new ArrayList<>();
    float[] values = new float[head.valuesPerAnchor()];
    int anchors = head.anchors().size();
    for (int index = 0; index < head.boxes(); index++) {
      read(outputs, index / anchors, index % anchors, values);
      int classIndex = bestClass(values);
      double score = activated(values[OBJECTNESS]) * probability(values, classIndex);
      if (score >= leastScore) {
        Box box = box(values, index / anchors, head.anchors().get(index % anchors));
        if (box.isFinite()) {
          candidates.add(new Candidate(firstIndex + index, classIndex, score, box));
        }
      }
    }
    return candidates;
  }

  /** Gathers what the parts hold of one box. */
  private void read(List<float[]> outputs, int cell, int anchor, float[] values) {
    int to = 0;
    for (Head.Part part : head.parts()) {
      float[] tensor = outputs.get(part.output());
      boolean together = head.layout() == Head.Layout.CELL_ANCHOR_VALUE;
      int step = together ? 1 : head.cells();
      int at =
          together
              ? (cell * head.anchors().size() + anchor) * part.values()
              : anchor * part.values() * step + cell;
      for (int v = 0; v < part.values(); v++) {
        values[to++] = tensor[at + v * step];
      }
    }
  }

  private Box box(float[] values, int cell, Head.Anchor anchor) {
    int row = cell / head.columns();
    int column = cell % head.columns();
    double x = (column + place(values[0])) / head.columns();
    double y = (row + place(values[1])) / head.rows();
    double width = anchor.width() * times(values[SIZE]) / unitsAcross;
    double height = anchor.height() * times(values[SIZE + 1]) / unitsDown;
    return new Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2);
  }

  /** Where in its cell a centre is. */
  private double place(double value) {
    return head.scaleXy() * activated(value) - (head.scaleXy() - 1) / 2;
  }

  /** What is no number stays none; a box of the largest size is far beyond every photo. */
  private static double times(double value) {
    double times = Math.exp(value);
    return Double.isFinite(times) ? Math.min(times, MOST_TIMES) : times;
  }

  /** How many of the anchor's units make the input. */
  private double units(int cells, int pixels) {
    return switch (head.anchorUnit()) {
      case CELLS -> cells;
      case PIXELS -> pixels;
      case IMAGE -> 1;
    };
  }

  private int bestClass(float[] values) {
    int best = 0;
    for (int c = 1; c < head.classes(); c++) {
      if (values[CLASSES + c] > values[CLASSES + best]) {
        best = c;
      }
    }
    return best;
  }

  private double probability(float[] values, int classIndex) {
    if (head.classes() == 0) {
      return 1;
    }
    return switch (head.classActivation()) {
      case SOFTMAX -> softmaxOf(values, values[CLASSES + classIndex]);
      case SIGMOID -> sigmoid(values[CLASSES + classIndex]);
      case NONE -> values[CLASSES + classIndex];
    };
  }

  /** The largest value's share; subtracting it first keeps every power at most 1. */
  private double softmaxOf(float[] values, float largest) {
    double sum = 0;
    for (int c = 0; c < head.classes(); c++) {
      sum += Math.exp(values[CLASSES + c] - largest);
    }
    return 1 / sum;
  }

  private double activated(double value) {
    return head.family() == Head.Family.REGION ? value : sigmoid(value);
  }

  private static double sigmoid(double value) {
    return 1 / (1 + Math.exp(-value));
  }
}
