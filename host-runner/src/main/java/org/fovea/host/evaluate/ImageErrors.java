package org.fovea.host.evaluate;

import java.util.ArrayList;
import java.util.List;

/**
 * What is right and wrong on one image at one score: COCO's matching at an IoU of 0.5.
 *
 * @param found ground truths that a detection matched
 * @param missed ground truths that none matched
 * @param correct detections that matched one
 * @param wrong detections that matched none
 */
public record ImageErrors(
    LabelledImage image,
    List<Truth> found,
    List<Truth> missed,
    List<DetectedBox> correct,
    List<DetectedBox> wrong) {
  private static final double IOU = 0.5;

  public ImageErrors {
    found = List.copyOf(found);
    missed = List.copyOf(missed);
    correct = List.copyOf(correct);
    wrong = List.copyOf(wrong);
  }

  /**
   * The errors among the detections at or above a score.
   *
   * @param classes of the model
   */
  public static ImageErrors of(ImageResult seen, int classes, double score, SideRange sides) {
    ImageResult shown =
        new ImageResult(
            seen.image(), seen.detections().stream().filter(d -> d.score() >= score).toList());
    List<Truth> found = new ArrayList<>();
    List<Truth> missed = new ArrayList<>();
    List<DetectedBox> correct = new ArrayList<>();
    List<DetectedBox> wrong = new ArrayList<>();
    for (int k = 0; k < classes; k++) {
      Matching matching = Matching.of(shown, k, Integer.MAX_VALUE);
      boolean[] ignored = new boolean[matching.truths().size()];
      for (int g = 0; g < ignored.length; g++) {
        Truth truth = matching.truths().get(g);
        ignored[g] = truth.kind() != Truth.Kind.OBJECT || sides.excludes(truth.box(), seen.image());
      }
      boolean[] outside = new boolean[matching.detections().size()];
      for (int d = 0; d < outside.length; d++) {
        outside[d] = sides.excludes(matching.detections().get(d).box(), seen.image());
      }
      Matching.Result result = matching.at(IOU, ignored, outside);
      boolean[] matched = new boolean[ignored.length];
      for (int d = 0; d < outside.length; d++) {
        if (result.correct(d)) {
          correct.add(matching.detections().get(d));
          matched[result.truthOf(d)] = true;
        } else if (result.wrong(d)) {
          wrong.add(matching.detections().get(d));
        }
      }
      for (int g = 0; g < ignored.length; g++) {
        if (!ignored[g]) {
          (matched[g] ? found : missed).add(matching.truths().get(g));
        }
      }
    }
    return new ImageErrors(seen.image(), found, missed, correct, wrong);
  }

  /** Missed and wrong together. */
  public int count() {
    return missed.size() + wrong.size();
  }
}
