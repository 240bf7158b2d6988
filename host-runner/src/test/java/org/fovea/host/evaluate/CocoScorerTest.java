package org.fovea.host.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The figures of pycocotools, of src/test/python/coco_fixtures.py. */
class CocoScorerTest {
  private static final Offset<Double> EQUAL = within(1e-12);

  @ParameterizedTest
  @ValueSource(strings = {"plain", "ties", "crowds", "many", "absent", "sides"})
  void equalsPycocotools(String name) {
    CocoFixture fixture = CocoFixture.read(name);
    Scores scores =
        new CocoScorer(100).score(fixture.results(), fixture.classes(), fixture.sides());
    compare(List.copyOf(scores.stats().values()), fixture.expected().get("stats"), 1);
    for (int k = 0; k < fixture.classes(); k++) {
      JsonNode expected = fixture.expected().get("classes").get(k);
      Scores.OfClass found = scores.classes().get(k);
      assertThat(found.ap50()).isCloseTo(expected.get("ap50").asDouble(), EQUAL);
      assertThat(found.ap()).isCloseTo(expected.get("ap").asDouble(), EQUAL);
      compare(found.precision(), expected.get("precision50"), 10);
      compare(found.scores(), expected.get("scores50"), 10);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "ties", "crowds", "many", "absent", "sides"})
  void curvesAndRecallsEqualToo(String name) {
    CocoFixture fixture = CocoFixture.read(name);
    CocoAccumulation all =
        CocoAccumulation.of(fixture.results(), fixture.classes(), fixture.sides(), 100);
    for (int k = 0; k < fixture.classes(); k++) {
      JsonNode expected = fixture.expected().get("classes").get(k);
      compare(all.precision(5, k, 1, 2), expected.get("precision75_small_first"), 25);
      for (int t = 0; t < CocoAccumulation.IOUS.length; t++) {
        List<Double> recalls = new ArrayList<>();
        for (int limit = 0; limit < 3; limit++) {
          recalls.add(all.recall(t, k, CocoScorer.ALL, limit));
        }
        compare(recalls, expected.get("recall").get(t), 1);
      }
    }
  }

  /** COCOeval passes over a ground truth only where the IoU is smaller than the threshold. */
  @Test
  void anIouOfExactlyHalfIsFound() {
    Truth truth = new Truth(0, new Bbox(0, 0, 10, 5), 50, Truth.Kind.OBJECT);
    LabelledImage image = new LabelledImage(1, "a", Path.of("a"), 20, 20, List.of(truth));
    DetectedBox found = new DetectedBox(0, 0.9, new Bbox(0, 0, 10, 10));
    Scores scores =
        new CocoScorer(100)
            .score(List.of(new ImageResult(image, List.of(found))), 1, SideRange.ALL);
    assertThat(scores.ap50()).isCloseTo(1, EQUAL);
    assertThat(scores.ap()).isCloseTo(0.1, EQUAL);
  }

  private static void compare(List<Double> found, JsonNode expected, int step) {
    assertThat(found.size()).isEqualTo((expected.size() - 1) * step + 1);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(found.get(i * step)).as("%d", i).isCloseTo(expected.get(i).asDouble(), EQUAL);
    }
  }
}
