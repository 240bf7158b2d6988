package org.fovea.host.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class AgreementTest {
  private static Detection box(int classIndex, double score, double left) {
    return new Detection(classIndex, "c" + classIndex, score, new Box(left, 0, left + 10, 10));
  }

  @Test
  void boxesOfOneClassThatOverlapAreTheSame() {
    Agreement a =
        Agreement.of(
            List.of(box(0, 0.9, 0), box(0, 0.8, 100), box(1, 0.7, 200)),
            List.of(box(0, 0.8, 1), box(0, 0.6, 106), box(2, 0.7, 200), box(1, 0.5, 300)));
    assertThat(a.matched()).isEqualTo(1);
    assertThat(a.lost()).isEqualTo(2);
    assertThat(a.extra()).isEqualTo(3);
    assertThat(a.iou()).isCloseTo(90 / 110.0, Offset.offset(1e-9));
    assertThat(a.scoreDifference()).isCloseTo(0.1, Offset.offset(1e-9));
  }

  @Test
  void aBoxIsTakenOnceAndTheNearestFirst() {
    Agreement a =
        Agreement.of(
            List.of(box(0, 0.9, 0), box(0, 0.8, 2)), List.of(box(0, 0.9, 3), box(0, 0.9, 0)));
    assertThat(a.matched()).isEqualTo(2);
    assertThat(a.iou()).isCloseTo((1 + 90 / 110.0) / 2, Offset.offset(1e-9));
    Agreement once = Agreement.of(List.of(box(0, 0.9, 0), box(0, 0.8, 2)), List.of(box(0, 0.9, 1)));
    assertThat(once.matched()).isEqualTo(1);
    assertThat(once.lost()).isEqualTo(1);
    assertThat(a.plus(once).matched()).isEqualTo(3);
  }

  @Test
  void noBoxesAgree() {
    assertThat(Agreement.of(List.of(), List.of())).isEqualTo(Agreement.NONE);
    assertThat(Agreement.NONE.iou()).isEqualTo(1);
    assertThat(Agreement.NONE.disagreement()).isZero();
  }
}
