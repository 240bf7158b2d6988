package org.fovea.host.evaluate;

import java.util.Comparator;
import java.util.List;

/**
 * One model scored on one dataset.
 *
 * @param results in the dataset's order
 */
public record Evaluation(
    Subject subject,
    Thresholds thresholds,
    Dataset dataset,
    Scorer scorer,
    List<ImageResult> results) {

  /**
   * What was scored.
   *
   * @param weights trained, pseudo-random or unknown
   * @param pixels in which format the pictures came: rgb888, rgb565 or yuv422
   * @param engine what ran it, and by which arithmetic
   */
  public record Subject(String file, String sha256, String weights, String pixels, String engine) {}

  /**
   * Which detections count.
   *
   * @param score least score of the detections that are scored
   * @param iou overlap above which suppression drops the weaker box
   * @param maxDetections kept an image
   * @param shownScore least score of the boxes that a user is shown: for recall and failures
   */
  public record Thresholds(
      double score, double iou, int maxDetections, double shownScore, SideRange sides) {}

  public Evaluation {
    results = List.copyOf(results);
  }

  public Scores scores() {
    return scorer.score(results, dataset.classes().size(), thresholds.sides());
  }

  /** Right and wrong at the shown score, in the dataset's order. */
  public List<ImageErrors> errors() {
    return results.stream()
        .map(
            seen ->
                ImageErrors.of(
                    seen, dataset.classes().size(), thresholds.shownScore(), thresholds.sides()))
        .toList();
  }

  /** The images with most errors, at most so many, the worst first; none without errors. */
  public static List<ImageErrors> worst(List<ImageErrors> errors, int most) {
    return errors.stream()
        .filter(e -> e.count() > 0)
        .sorted(Comparator.comparingInt(ImageErrors::count).reversed())
        .limit(most)
        .toList();
  }
}
