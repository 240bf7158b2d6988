package org.fovea.host.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class StScorerTest {
  private final StScorer scorer = new StScorer(100, 100);

  private static Truth truth(double x, double y, double side) {
    return new Truth(0, new Bbox(x, y, side, side), side * side, Truth.Kind.OBJECT);
  }

  private static DetectedBox found(double score, double x, double y, double side) {
    return new DetectedBox(0, score, new Bbox(x, y, side, side));
  }

  private static ImageResult seen(int side, List<Truth> truths, DetectedBox... found) {
    LabelledImage image = new LabelledImage(1, "a", Path.of("a"), side, side, truths);
    return new ImageResult(image, List.of(found));
  }

  /**
   * By hand: three objects. Best first: right (precision 1, recall 1/3), wrong beside them (1/2),
   * right (2/3, recall 2/3), a second one on the first object (1/2). The envelope is 1 to recall
   * 1/3 and 2/3 to recall 2/3: the area is 1/3 + 2/9 = 5/9.
   */
  @Test
  void areaUnderAllPointsOfTheEnvelope() {
    ImageResult seen =
        seen(
            100,
            List.of(truth(0, 0, 20), truth(40, 40, 20), truth(70, 0, 20)),
            found(0.9, 0, 0, 20),
            found(0.8, 0, 70, 20),
            found(0.7, 40, 41, 20),
            found(0.6, 1, 0, 20));
    Scores scores = scorer.score(List.of(seen), 2, SideRange.ALL);
    assertThat(scores.ap50()).isCloseTo(5.0 / 9, within(1e-12));
    assertThat(scores.classes().get(0).truths()).isEqualTo(3);
    assertThat(scores.classes().get(1).ap50()).isEqualTo(Scores.NONE);
  }

  /**
   * Sides of 3, shifted by 1: 9 of 4 x 4 pixels + ... = (3 x 4) / (16 + 16 - 12) = 0.6; without the
   * pixel 0.5.
   */
  @Test
  void everySideIsLongerByAPixel() {
    assertThat(StScorer.iou(new Bbox(0, 0, 3, 3), new Bbox(1, 0, 3, 3))).isEqualTo(12.0 / 20);
    assertThat(StScorer.iou(new Bbox(0, 0, 3, 3), new Bbox(4, 0, 3, 3))).isZero();
  }

  /** Shifted by 2 of 5: 3/7 without the pixel, 4 x 6 / (36 + 36 - 24) = 1/2 with it. */
  @Test
  void thePixelIsOneOfTheNetworksInput() {
    List<Truth> truths = List.of(truth(0, 0, 5));
    assertThat(score(seen(100, truths, found(0.9, 2, 0, 5)))).isEqualTo(1);
    List<Truth> larger = List.of(truth(0, 0, 50));
    assertThat(score(seen(1000, larger, found(0.9, 20, 0, 50)))).isEqualTo(1);
    assertThat(score(seen(100, larger, found(0.9, 20, 0, 50)))).isZero();
  }

  /** It overlaps the taken one most, and never looks at the free one beside it. */
  @Test
  void theBestOverlapDecidesEvenIfTaken() {
    List<Truth> truths = List.of(truth(0, 0, 20), truth(5, 0, 20));
    ImageResult seen = seen(100, truths, found(0.9, 0, 0, 20), found(0.8, 1, 0, 20));
    assertThat(score(seen)).isEqualTo(0.5);
    Scores coco = new CocoScorer(100).score(List.of(seen), 1, SideRange.ALL);
    assertThat(coco.ap50()).isCloseTo(1, within(1e-12));
  }

  @Test
  void objectsOutsideTheSideRangeAreNeitherMissedNorWrong() {
    ImageResult seen =
        seen(
            100,
            List.of(truth(0, 0, 20), truth(50, 50, 5)),
            found(0.9, 50, 50, 5),
            found(0.8, 80, 80, 5),
            found(0.7, 0, 0, 20));
    assertThat(scorer.score(List.of(seen), 1, new SideRange(0.1, 1)).ap50()).isEqualTo(1);
    assertThat(score(seen)).isCloseTo(0.5 + 0.5 * 2 / 3, within(1e-12));
  }

  private double score(ImageResult seen) {
    return scorer.score(List.of(seen), 1, SideRange.ALL).ap50();
  }
}
