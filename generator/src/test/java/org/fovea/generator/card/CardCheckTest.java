package org.fovea.generator.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault.ModelRejected;
import org.fovea.generator.ir.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cards whose heads read well and mean something else. */
class CardCheckTest {
  private static final Path FOLDER = Path.of("../models");
  private static final Shape IMAGE = Shape.nhwc(416, 416, 3);
  private static final Shape COARSE = Shape.of(1, 13, 13, 255);
  private static final Shape FINE = Shape.of(1, 26, 26, 255);

  @TempDir private Path dir;

  private ModelCard card(String id, String... edits) throws Exception {
    String text = Files.readString(FOLDER.resolve(id + "/model.yaml"));
    for (int i = 0; i < edits.length; i += 2) {
      assertThat(text).contains(edits[i]);
      text = text.replace(edits[i], edits[i + 1]);
    }
    return ModelCards.named(Files.writeString(dir.resolve("card.yaml"), text).toString());
  }

  @Test
  void pixelsGivenAsCells() throws Exception {
    ModelCard card = card("nxp_yolov4_tiny", "anchor_unit: pixels", "anchor_unit: cells");
    assertThat(card.checkAgainst(IMAGE, List.of(FINE, COARSE)))
        .hasSize(2)
        .allSatisfy(
            f ->
                assertThat(f.toString())
                    .contains("look like pixels of the input", "write 'anchor_unit: pixels'"));
  }

  @ParameterizedTest
  @CsvSource({
    "st_tiny_yolo_v2, 224, 32, 30, pixels, cells of the grid, cells",
    "st_tiny_yolo_v2, 224, 32, 30, image, cells of the grid, cells",
    "tiny_face_detector, 416, 32, 25, pixels, cells of the grid, cells",
    "roadsigns, 192, 16, 55, pixels, cells of the grid, cells",
    "roadsigns, 192, 16, 55, image, cells of the grid, cells",
  })
  void cellsGivenAsSomethingElse(
      String id, int side, int stride, int values, String unit, String like, String right)
      throws Exception {
    Shape image = Shape.nhwc(side, side, 3);
    List<Shape> outputs = List.of(Shape.nhwc(side / stride, side / stride, values));
    assertThat(card(id).checkAgainst(image, outputs)).isEmpty();
    assertThat(card(id, "anchor_unit: cells", "anchor_unit: " + unit).checkAgainst(image, outputs))
        .singleElement()
        .satisfies(
            f ->
                assertThat(f.toString())
                    .contains("look like " + like, "'anchor_unit: " + right + "'"));
  }

  /** ST's default list, whose numbers are parts of the picture. */
  @Test
  void partsOfThePictureGivenAsCellsOrPixels() throws Exception {
    String cells =
        "[[0.9883, 3.3606], [2.1194, 5.3759], [3.052, 9.1336], [5.5517, 9.3066], [9.726, 11.1422]]";
    String parts =
        "[[0.076023, 0.258508], [0.163031, 0.413531], [0.234769, 0.702585], [0.427054, 0.715892],"
            + " [0.748154, 0.857092]]";
    Shape image = Shape.nhwc(224, 224, 3);
    List<Shape> outputs = List.of(Shape.of(1, 49, 30));
    assertThat(card("st_tiny_yolo_v2", cells, parts).checkAgainst(image, outputs))
        .singleElement()
        .satisfies(f -> assertThat(f.toString()).contains("'anchor_unit: image'"));
    assertThat(
            card("st_tiny_yolo_v2", cells, parts, "unit: cells", "unit: pixels")
                .checkAgainst(image, outputs))
        .singleElement()
        .satisfies(f -> assertThat(f.toString()).contains("'anchor_unit: image'"));
    assertThat(
            card("st_tiny_yolo_v2", cells, parts, "unit: cells", "unit: image")
                .checkAgainst(image, outputs))
        .isEmpty();
  }

  @Test
  void aSecondGridThatNoHeadReads() throws Exception {
    String text = Files.readString(FOLDER.resolve("nxp_yolov4_tiny/model.yaml"));
    int second = text.indexOf("  - family: yolov4", text.indexOf("  - family: yolov4") + 1);
    ModelCard one =
        card("nxp_yolov4_tiny", text.substring(second, text.indexOf("thresholds:")), "");
    assertThat(one.heads()).hasSize(1);
    assertThat(one.checkAgainst(IMAGE, List.of(FINE))).isEmpty();
    assertThat(one.checkAgainst(IMAGE, List.of(FINE, Shape.of(1, 128)))).isEmpty();
    assertThat(one.checkAgainst(IMAGE, List.of(FINE, COARSE)))
        .extracting(Finding::what)
        .containsExactly("output 1 of the model, 1x13x13x255, is in no head");
    assertThat(one.checkAgainst(IMAGE, List.of(FINE, Shape.of(1, 13, 13, 3, 85)))).hasSize(1);
  }

  @Test
  void aSizeThatIsNotTheCards() throws Exception {
    ModelCard card = card("nxp_yolov4_tiny");
    assertThat(card.input().size()).contains(new InputSpec.Size(416, 416));
    assertThat(
            card.checkAgainst(
                Shape.nhwc(320, 320, 3),
                List.of(Shape.of(1, 20, 20, 255), Shape.of(1, 10, 10, 255))))
        .extracting(Finding::why)
        .containsExactly("the card declares 416 x 416 pixels");
  }

  @Test
  void filesAreKnownByWhatTheirSourceSays() throws Exception {
    byte[] bytes = "a model".getBytes(StandardCharsets.UTF_8);
    Digests digests = Digests.of(bytes);
    ModelCard card =
        card(
            "yolo_v3_tiny_pruned_backbone",
            "ec4c5ad5c92fe6bb7eb750011b0b1e322a15ba19",
            "c1c3c2f7b1e3b1a5e7ac60eab0ce8c0f5ee5a1a0");
    assertThat(card.files().get(0).bytes()).contains(8_963_352L);
    assertThat(card.describes(digests)).isFalse();
    ModelCard right =
        card(
            "yolo_v3_tiny_pruned_backbone",
            "ec4c5ad5c92fe6bb7eb750011b0b1e322a15ba19",
            digests.sha1());
    assertThat(right.describes(digests)).isTrue();
    assertThat(digests.sha1()).isEqualTo("ca7b06fe230e929f0976d9e11d684b7292ef4363");
  }

  @Test
  void whatIsNoCardIsRefusedWithThoseThatThereAre() {
    assertThatThrownBy(() -> ModelCards.named("yolo9"))
        .isInstanceOf(ModelRejected.class)
        .hasMessageContaining("nxp_yolov4_tiny, roadsigns");
  }
}
