package org.fovea.host.detect;

import java.util.ArrayList;
import java.util.List;

/**
 * How far two models agree on the boxes of some pictures. Boxes of one class that overlap by an IoU
 * of 0.5 and more are the same object, each counted once, the best score first.
 *
 * @param wanted boxes of the first model
 * @param found boxes of the second model
 * @param matched of both
 * @param iouSum over the matched boxes
 * @param scoreSum differences of their scores without sign, summed
 */
public record Agreement(int wanted, int found, int matched, double iouSum, double scoreSum) {
  public static final Agreement NONE = new Agreement(0, 0, 0, 0, 0);

  private static final double SAME = 0.5;

  /**
   * Of one picture.
   *
   * @param wanted of the first model, best first
   * @param found of the second model
   */
  public static Agreement of(List<Detection> wanted, List<Detection> found) {
    List<Detection> left = new ArrayList<>(found);
    Agreement sum = new Agreement(wanted.size(), found.size(), 0, 0, 0);
    for (Detection detection : wanted) {
      Detection best = null;
      double iou = SAME;
      for (Detection other : left) {
        double overlap = detection.box().iou(other.box());
        if (other.classIndex() == detection.classIndex() && overlap >= iou) {
          best = other;
          iou = overlap;
        }
      }
      if (best != null) {
        left.remove(best);
        sum = sum.plus(new Agreement(0, 0, 1, iou, Math.abs(detection.score() - best.score())));
      }
    }
    return sum;
  }

  public Agreement plus(Agreement other) {
    return new Agreement(
        wanted + other.wanted,
        found + other.found,
        matched + other.matched,
        iouSum + other.iouSum,
        scoreSum + other.scoreSum);
  }

  /** Boxes of the first model alone. */
  public int lost() {
    return wanted - matched;
  }

  /** Boxes of the second model alone. */
  public int extra() {
    return found - matched;
  }

  /** Mean over the matched boxes, 1 where there are none. */
  public double iou() {
    return matched == 0 ? 1 : iouSum / matched;
  }

  /** Mean difference of the matched boxes' scores. */
  public double scoreDifference() {
    return matched == 0 ? 0 : scoreSum / matched;
  }

  /** Greater where the models agree less: boxes of one model alone, then how far others moved. */
  public double disagreement() {
    return lost() + extra() + matched - iouSum + scoreSum;
  }
}
