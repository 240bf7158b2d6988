package org.fovea.generator.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault.ModelRejected;
import org.fovea.generator.ir.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCardsTest {
  private static final Path FOLDER = Path.of("../models");
  private static final String DIGEST = "ab".repeat(32);
  private static final Digests DIGESTS = new Digests(DIGEST, "cd".repeat(20));

  @Test
  void indexListsEveryCardInOrder() throws IOException {
    try (Stream<Path> folders = Files.list(FOLDER)) {
      List<String> ids =
          folders
              .filter(p -> Files.exists(p.resolve("model.yaml")))
              .map(p -> p.getFileName().toString())
              .sorted()
              .toList();
      assertThat(ModelCards.all()).extracting(ModelCard::id).isEqualTo(ids);
    }
  }

  @Test
  void factsOfTheFaceDetector() {
    ModelCard card = ModelCards.find("tiny_face_detector").orElseThrow();
    assertThat(card.labels()).containsExactly("face");
    assertThat(card.weights()).isEqualTo(ModelCard.Weights.TRAINED);
    assertThat(card.input().fit()).isEqualTo(InputSpec.Fit.LETTERBOX_TOP_LEFT);
    assertThat(card.input().pixelScale()).containsOnly(1.0 / 255);
    Head.Grid head = (Head.Grid) card.heads().get(0);
    assertThat(head.anchors()).hasSize(5).contains(new Head.Anchor(1.603231, 2.094468));
    assertThat(head.valuesPerAnchor()).isEqualTo(5);
    assertThat(card.checkAgainst(Shape.nhwc(416, 416, 3), List.of(Shape.of(1, 13, 13, 25))))
        .isEmpty();
  }

  @Test
  void eachSeedCardFitsItsPublishedShapes() {
    check("st_tiny_yolo_v2", Shape.nhwc(224, 224, 3), Shape.of(1, 49, 30));
    check("yolo-v2-tiny-ava-sparse-60-0001", Shape.nhwc(416, 416, 3), Shape.of(1, 21125));
    check(
        "yolo_v3_tiny_pruned_backbone",
        Shape.nhwc(416, 416, 3),
        Shape.of(1, 13, 13, 3, 85),
        Shape.of(1, 26, 26, 3, 85));
    check(
        "nxp_yolov4_tiny",
        Shape.nhwc(416, 416, 3),
        Shape.of(1, 26, 26, 255),
        Shape.of(1, 13, 13, 255));
    check("faster-rcnn-resnet101-coco-sparse-60-0001", Shape.nhwc(800, 1280, 3), Shape.of(300, 7));
  }

  private static void check(String id, Shape input, Shape... outputs) {
    ModelCard card = ModelCards.find(id).orElseThrow();
    assertThat(card.checkAgainst(input, List.of(outputs))).isEmpty();
  }

  @Test
  void aWrongHeadIsAFindingForEachOutput() {
    ModelCard card = ModelCards.find("nxp_yolov4_tiny").orElseThrow();
    Shape input = Shape.nhwc(416, 416, 3);
    assertThat(
            card.checkAgainst(input, List.of(Shape.of(1, 13, 13, 255), Shape.of(1, 26, 26, 255))))
        .hasSize(2)
        .allSatisfy(f -> assertThat(f.what()).startsWith("its shape is 1x"));
    assertThat(card.checkAgainst(input, List.of(Shape.of(1, 26, 26, 255)))).hasSize(1);
    assertThat(card.checkAgainst(input, List.of())).hasSize(2);
    assertThat(card.checkAgainst(Shape.of(1, 10), List.of())).hasSize(1);
    assertThat(
            card.checkAgainst(input, List.of(Shape.of(1, 255, 26, 26), Shape.of(1, 13, 13, 255))))
        .hasSize(1);
  }

  private static final String SPLIT = "    outputs: {xy: 0, wh: 1, objectness: 2, classes: 3}\n";

  @Test
  void eachPartOfASplitHeadIsHeldAgainstItsOutput(@TempDir Path dir) throws IOException {
    ModelCard card = card(dir, SPLIT);
    Shape input = Shape.nhwc(192, 192, 3);
    Shape pair = Shape.nhwc(12, 12, 10);
    Shape one = Shape.nhwc(12, 12, 5);
    Shape classes = Shape.nhwc(12, 12, 30);
    assertThat(card.checkAgainst(input, List.of(pair, pair, one, classes))).isEmpty();
    assertThat(card.checkAgainst(input, List.of(pair, one, one, classes)))
        .singleElement()
        .satisfies(f -> assertThat(f.where()).isEqualTo("output 1 (wh)"))
        .satisfies(f -> assertThat(f.toString()).contains("5 anchors of 2 values"));
    assertThat(card.checkAgainst(input, List.of(pair, one, one)))
        .extracting(Finding::where)
        .containsExactly("output 1 (wh)", "model card roadsigns");
  }

  @Test
  void wrongPlacesOfASplitHeadAreToldWithTheirLine(@TempDir Path dir) throws IOException {
    refuses(dir, SPLIT.replace(", classes: 3", ""), "classes");
    refuses(dir, SPLIT.replace("wh: 1", "wh: 0"), "an output with two fields");
    refuses(dir, SPLIT.replace("wh: 1", "wh: 65"), "wh");
    refuses(dir, SPLIT.replace("wh: 1", "hw: 1"), "hw");
    refuses(dir, "    output: 0\n" + SPLIT, "output");
    refuses(dir, SPLIT + "    layout: anchor-value-cell\n", "a head in several outputs");
  }

  private static void refuses(Path dir, String outputs, String words) {
    assertThatThrownBy(() -> card(dir, outputs))
        .isInstanceOf(ModelRejected.class)
        .hasMessageContaining(words)
        .hasMessageMatching("(?s).*m\\.yaml:1[67]: .*");
  }

  /** The road signs' card, with another line for the outputs. */
  private static ModelCard card(Path dir, String outputs) throws IOException {
    String text =
        Files.readString(FOLDER.resolve("roadsigns/model.yaml"))
            .replace("    output: 0\n", outputs)
            .replaceFirst("(?s)^.*?\nid:", "id:")
            .replaceFirst("(?s)files:.*?input:", "files: []\ninput:");
    String layout = "    layout: cell-anchor-value\n";
    Files.writeString(
        dir.resolve("m.yaml"), outputs.contains("layout") ? text.replace(layout, "") : text);
    return ModelCards.find(dir.resolve("m.tflite"), DIGESTS).orElseThrow();
  }

  @Test
  void unknownModelHasNoCard(@TempDir Path dir) {
    assertThat(ModelCards.find(dir.resolve("m.tflite"), DIGESTS)).isEmpty();
  }

  @Test
  void cardsBesideTheModelComeFirst(@TempDir Path dir) throws IOException {
    ModelCard bundled = ModelCards.find("tiny_face_detector").orElseThrow();
    Path model = dir.resolve("m.tflite");
    Digests digest = new Digests(bundled.files().get(0).sha256().orElseThrow(), "");
    assertThat(ModelCards.find(model, digest)).contains(bundled);

    Files.writeString(dir.resolve("model.yaml"), card("shared", "files: []"));
    assertThat(ModelCards.find(model, digest)).map(ModelCard::id).contains("shared");

    Files.writeString(dir.resolve("m.yaml"), card("own", "files: []"));
    assertThat(ModelCards.find(model, digest)).map(ModelCard::id).contains("own");
  }

  @Test
  void aCardOfOtherFilesIsPassedOver(@TempDir Path dir) throws IOException {
    Files.writeString(
        dir.resolve("model.yaml"),
        card("shared", "files: [{file: other.tflite, sha256: " + DIGEST + "}]"));
    assertThat(ModelCards.find(dir.resolve("m.tflite"), new Digests("cd".repeat(32), "")))
        .isEmpty();
    assertThat(ModelCards.find(dir.resolve("m.tflite"), DIGESTS)).isPresent();
  }

  @Test
  void aChangedFileIsRefused(@TempDir Path dir) throws IOException {
    Files.writeString(
        dir.resolve("model.yaml"),
        card("shared", "files: [{file: m.tflite, sha256: " + DIGEST + "}]"));
    assertThatThrownBy(
            () -> ModelCards.find(dir.resolve("m.tflite"), new Digests("cd".repeat(32), "")))
        .isInstanceOf(ModelRejected.class)
        .hasMessageContaining("lists m.tflite with another hash");
  }

  private static String card(String id, String files) throws IOException {
    return Files.readString(FOLDER.resolve("st_tiny_yolo_v2/model.yaml"))
        .replace("id: st_tiny_yolo_v2", "id: " + id)
        .replace("files: []", files);
  }

  /** Digests and output shapes of the cards against the local test models. */
  @Test
  void cardsDescribeTheTestModels() throws IOException {
    String models = System.getenv("FOVEA_TEST_MODELS");
    assumeTrue(models != null, "FOVEA_TEST_MODELS is not set: test models not compared");
    int checked = 0;
    for (ModelCard card : ModelCards.all()) {
      for (Path folder : folders(Path.of(models), card)) {
        for (JsonNode model :
            new ObjectMapper().readTree(folder.resolve("meta.json").toFile()).get("models")) {
          Path file = folder.resolve(model.get("file").asText());
          if (Files.exists(file)) {
            assertThat(ModelCards.find(file, Digests.of(Files.readAllBytes(file))))
                .as("%s", file)
                .contains(card);
            checked++;
          }
          assertThat(card.checkAgainst(shapes(model, "inputs").get(0), shapes(model, "outputs")))
              .as("%s", file)
              .isEmpty();
        }
      }
    }
    assertThat(checked).isEqualTo(14);
  }

  private static List<Path> folders(Path models, ModelCard card) throws IOException {
    try (Stream<Path> folders = Files.list(models)) {
      return folders
          .filter(p -> p.getFileName().toString().matches(card.id() + "(_[0-9]+)?"))
          .sorted()
          .toList();
    }
  }

  private static List<Shape> shapes(JsonNode model, String key) {
    List<Shape> shapes = new ArrayList<>();
    for (JsonNode tensor : model.get(key)) {
      List<Integer> dims = new ArrayList<>();
      tensor.get("shape").forEach(d -> dims.add(d.asInt()));
      shapes.add(new Shape(dims));
    }
    return shapes;
  }
}
