package org.fovea.host.detect;

import java.util.ArrayList;
import java.util.List;

/** Non-maximum suppression within each class: the better box stays, boxes too like it go. */
final class Suppression {
  /**
   * More than any network of a microcontroller yields; bounds the quadratic work on hostile ones.
   */
  private static final int MAX_CANDIDATES = 10_000;

  private Suppression() {}

  /** The boxes that stay, best first; equal scores in the tensor's order. */
  static List<Candidate> suppress(List<Candidate> candidates, double iouThreshold, int most) {
    List<Candidate> kept = new ArrayList<>();
    for (Candidate candidate :
        candidates.stream().sorted(Candidate.BEST_FIRST).limit(MAX_CANDIDATES).toList()) {
      if (kept.size() == most) {
        break;
      }
      if (kept.stream().noneMatch(better -> hides(better, candidate, iouThreshold))) {
        kept.add(candidate);
      }
    }
    return kept;
  }

  private static boolean hides(Candidate better, Candidate other, double iouThreshold) {
    return better.classIndex() == other.classIndex()
        && better.box().iou(other.box()) > iouThreshold;
  }
}
