package org.fovea.generator.card;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.fovea.generator.yaml.YamlFile;
import org.junit.jupiter.api.Test;

class CardWriterTest {
  private static final ModelCard CARD =
      new ModelCard(
          "some-model_1",
          "A \"quoted\" name: with \\ # and ünïcode",
          "somewhere",
          "unknown",
          ModelCard.Weights.PSEUDO_RANDOM,
          List.of(new ModelCard.ModelFile("a.tflite", "0".repeat(64))),
          new InputSpec(
              InputSpec.Fit.LETTERBOX_TOP_LEFT,
              InputSpec.Resample.BILINEAR_ANTIALIAS,
              InputSpec.ColorOrder.BGR,
              List.of(1 / 255., 1 / 127.5, 2.),
              List.of(-0.1, 1e-7, 0.),
              List.of(127.5, 0., 255.)),
          List.of(
              new Head.Grid(
                  Head.Family.YOLOV4,
                  List.of(1),
                  Head.Layout.ANCHOR_VALUE_CELL,
                  16,
                  List.of(new Head.Anchor(0.57273, 1. / 3), new Head.Anchor(10, 999_999.5)),
                  Head.AnchorUnit.IMAGE,
                  2,
                  Head.ClassActivation.SIGMOID,
                  1.05),
              new Head.Grid(
                  Head.Family.YOLOV3,
                  List.of(3, 5, 4, 6),
                  Head.Layout.CELL_ANCHOR_VALUE,
                  16,
                  List.of(new Head.Anchor(1, 2)),
                  Head.AnchorUnit.PIXELS,
                  2,
                  Head.ClassActivation.SOFTMAX,
                  1),
              new Head.Rows(2, 2, 1)),
          new ModelCard.Thresholds(0.25, 0.45, 100),
          List.of("yes", "- 1: 'x'"),
          List.of(new ModelCard.Accuracy("a.tflite", "10 photos", 0.75, 0.5, "fovea evaluate a")));

  @Test
  void readsBackAsTheSameCard() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr-TR"));
      String text = CardWriter.write(CARD, "two\nlines");
      assertThat(text)
          .startsWith("# two lines\nid:")
          .contains("pixel_scale: [1/255, ")
          .contains("    outputs: {xy: 3, wh: 5, objectness: 4, classes: 6}\n");
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      assertThat(ModelCards.parse(new YamlFile("card", bytes))).isEqualTo(CARD);
    } finally {
      Locale.setDefault(before);
    }
  }
}
