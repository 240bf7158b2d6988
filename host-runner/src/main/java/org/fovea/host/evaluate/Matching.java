package org.fovea.host.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The detections of one class on one image against its ground truths, as COCOeval matches them:
 * best score first, each to the best ground truth still free; a ground truth that counts goes
 * before one that is ignored.
 */
final class Matching {
  private static final double ALMOST_ONE = 1 - 1e-10;
  private static final Comparator<DetectedBox> BEST_FIRST =
      Comparator.comparingDouble(DetectedBox::score).reversed();

  private final List<Truth> truths;
  private final List<DetectedBox> detections;
  private final double[][] ious;

  private Matching(List<Truth> truths, List<DetectedBox> detections) {
    this.truths = truths;
    this.detections = detections;
    this.ious = new double[detections.size()][truths.size()];
    for (int d = 0; d < detections.size(); d++) {
      for (int g = 0; g < truths.size(); g++) {
        boolean crowd = truths.get(g).kind() == Truth.Kind.CROWD;
        ious[d][g] = detections.get(d).box().iou(truths.get(g).box(), crowd);
      }
    }
  }

  /**
   * The boxes of one class.
   *
   * @param most detections, the best ones; equal scores stay in their order
   */
  static Matching of(ImageResult seen, int classIndex, int most) {
    return new Matching(
        seen.image().truths().stream().filter(t -> t.classIndex() == classIndex).toList(),
        seen.detections().stream()
            .filter(d -> d.classIndex() == classIndex)
            .sorted(BEST_FIRST)
            .limit(most)
            .toList());
  }

  List<Truth> truths() {
    return truths;
  }

  /** Best first. */
  List<DetectedBox> detections() {
    return detections;
  }

  /** What became of each detection. */
  static final class Result {
    private final int[] truthOf;
    private final boolean[] ignored;

    private Result(int[] truthOf, boolean[] ignored) {
      this.truthOf = truthOf;
      this.ignored = ignored;
    }

    /** The index of its ground truth, or -1. */
    int truthOf(int detection) {
      return truthOf[detection];
    }

    boolean correct(int detection) {
      return truthOf[detection] >= 0 && !ignored[detection];
    }

    boolean wrong(int detection) {
      return truthOf[detection] < 0 && !ignored[detection];
    }
  }

  /**
   * Matches at one threshold.
   *
   * @param ignored for each ground truth
   * @param outside for each detection, whether it is ignored when it matches nothing
   */
  Result at(double threshold, boolean[] ignored, boolean[] outside) {
    int[] order = countingFirst(ignored);
    boolean[] taken = new boolean[truths.size()];
    int[] truthOf = new int[detections.size()];
    boolean[] detectionIgnored = new boolean[detections.size()];
    for (int d = 0; d < detections.size(); d++) {
      int match = best(ious[d], Math.min(threshold, ALMOST_ONE), order, ignored, taken);
      truthOf[d] = match;
      if (match >= 0) {
        taken[match] = true;
      }
      detectionIgnored[d] = match >= 0 ? ignored[match] : outside[d];
    }
    return new Result(truthOf, detectionIgnored);
  }

  private int best(
      double[] ious, double threshold, int[] order, boolean[] ignored, boolean[] taken) {
    double least = threshold;
    int match = -1;
    for (int g : order) {
      if (taken[g] && !truths.get(g).matchesOften()) {
        continue;
      }
      if (match >= 0 && !ignored[match] && ignored[g]) {
        break;
      }
      if (ious[g] >= least) {
        least = ious[g];
        match = g;
      }
    }
    return match;
  }

  private static int[] countingFirst(boolean[] ignored) {
    List<Integer> order = new ArrayList<>();
    for (int pass = 0; pass < 2; pass++) {
      for (int g = 0; g < ignored.length; g++) {
        if (ignored[g] == (pass == 1)) {
          order.add(g);
        }
      }
    }
    return order.stream().mapToInt(Integer::intValue).toArray();
  }
}
