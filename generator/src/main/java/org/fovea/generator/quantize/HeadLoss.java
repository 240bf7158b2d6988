package org.fovea.generator.quantize;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.fovea.generator.card.Head;
import org.fovea.generator.ir.Quantization.PerTensor;

/**
 * What rounding and saturation of a YOLO output do to boxes and scores, summed over boxes of the
 * calibration images: likely ones weigh most. Logits of the background lie far below zero, where no
 * error shows; those of sizes near zero, where every one does.
 */
final class HeadLoss {
  private static final int MOST_BOXES = 8192;
  private static final double BACKGROUND = 0.001;

  /** Of a side of the grid, roughly, where the anchors' unit does not tell. */
  private static final double CELLS = 10;

  private final Head.Grid head;
  private final Head.Part part;

  /** The values of each, and the number of its anchor. */
  private final List<float[]> boxes = new ArrayList<>();

  /**
   * @param part whose numbers are rounded, the others staying as they are
   * @param outputs of the float model, one array an image, cells and anchors outermost
   */
  HeadLoss(Head.Grid head, Head.Part part, List<float[]> outputs) {
    this.head = head;
    this.part = part;
    int values = head.valuesPerAnchor();
    List<float[]> likely = new ArrayList<>();
    List<float[]> others = new ArrayList<>();
    for (float[] output : outputs) {
      for (int at = 0; at + values <= output.length; at += values) {
        float[] box = new float[values + 1];
        System.arraycopy(output, at, box, 0, values);
        box[values] = at / values % head.anchors().size();
        (logistic(box[4]) > 0.01 ? likely : others).add(box);
      }
    }
    take(likely);
    take(others);
  }

  private void take(List<float[]> from) {
    SplittableRandom random = new SplittableRandom(1);
    for (int k = 0; k < MOST_BOXES && k < from.size(); k++) {
      boxes.add(from.get(from.size() <= MOST_BOXES ? k : random.nextInt(from.size())));
    }
  }

  /** Whether this output's numbers are logits and logarithms, box by box. */
  static boolean reads(Head head) {
    return head instanceof Head.Grid grid
        && grid.family() != Head.Family.REGION
        && grid.layout() == Head.Layout.CELL_ANCHOR_VALUE;
  }

  /** With the scale that the range gives; stops beyond {@code enough}. */
  double of(double low, double high, double enough) {
    PerTensor scale = new Range(low, high).scale();
    double sum = 0;
    float[] rounded = new float[head.valuesPerAnchor()];
    for (int k = 0; k < boxes.size() && sum <= enough; k++) {
      float[] box = boxes.get(k);
      for (int v = 0; v < rounded.length; v++) {
        boolean inside = v >= part.first() && v < part.first() + part.values();
        rounded[v] = inside ? rounded(box[v], scale) : box[v];
      }
      sum += loss(box, rounded);
    }
    return sum;
  }

  static float rounded(float value, PerTensor scale) {
    int q = Math.round(value / scale.scale()) + scale.zeroPoint();
    int kept = Math.max(Byte.MIN_VALUE, Math.min(Byte.MAX_VALUE, q));
    return scale.scale() * (kept - scale.zeroPoint());
  }

  /** Squared errors of the box, as parts of its size, by its score; and of the scores. */
  double loss(float[] box, float[] other) {
    double object = logistic(box[4]);
    double dw = box[2] - other[2];
    double dh = box[3] - other[3];
    Head.Anchor anchor = head.anchors().get((int) box[head.valuesPerAnchor()]);
    double width = cells(anchor.width()) * Math.exp(box[2]);
    double height = cells(anchor.height()) * Math.exp(box[3]);
    double dx = (logistic(box[0]) - logistic(other[0])) / width;
    double dy = (logistic(box[1]) - logistic(other[1])) / height;
    double place = dx * dx + dy * dy + dw * dw + dh * dh;
    double[] scores = scores(box);
    double[] others = scores(other);
    double score = 0;
    for (int c = 0; c < scores.length; c++) {
      double d = scores[c] - others[c];
      score += d * d;
    }
    return (object + BACKGROUND) * Math.min(place, 4) + score;
  }

  private double cells(double side) {
    return switch (head.anchorUnit()) {
      case CELLS -> side;
      case PIXELS -> side / head.stride();
      case IMAGE -> side * CELLS;
    };
  }

  private double[] scores(float[] box) {
    double object = logistic(box[4]);
    double[] scores = new double[Math.max(1, head.classes())];
    scores[0] = object;
    double sum = 0;
    for (int c = 0; c < head.classes(); c++) {
      scores[c] =
          switch (head.classActivation()) {
            case NONE -> box[5 + c];
            case SIGMOID -> logistic(box[5 + c]);
            case SOFTMAX -> Math.exp(Math.min(80, box[5 + c]));
          };
      sum += scores[c];
    }
    boolean shares = head.classActivation() == Head.ClassActivation.SOFTMAX;
    for (int c = 0; c < head.classes(); c++) {
      scores[c] *= object / (shares ? sum : 1);
    }
    return scores;
  }

  static double logistic(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }
}
