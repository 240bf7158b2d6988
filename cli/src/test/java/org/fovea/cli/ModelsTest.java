package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fovea.generator.board.BoardCatalogue;
import org.fovea.generator.card.Digests;
import org.fovea.generator.card.ModelCard;
import org.fovea.generator.card.ModelCards;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelsTest {
  private static final Path SIGNS = Cli.ROOT.resolve("models/roadsigns/roadsigns_192_int8.tflite");
  private static final Path FLOAT = Cli.ROOT.resolve("models/roadsigns/roadsigns_192_float.tflite");

  @TempDir private Path dir;

  @Test
  void everyCardHasALineThatSaysHowToGoOn() throws Exception {
    String table = Cli.run("models").succeeds().out();
    JsonNode rows = new ObjectMapper().readTree(Cli.run("models", "--json").succeeds().out());
    assertThat(rows).hasSameSizeAs(ModelCards.all());
    for (int i = 0; i < rows.size(); i++) {
      ModelCard card = ModelCards.all().get(i);
      assertThat(rows.get(i).get("id").asText()).isEqualTo(card.id());
      assertThat(card.verdict()).as(card.id()).isNotEmpty();
      assertThat(table).contains("\n" + card.id() + " ", card.verdict());
      card.board().ifPresent(BoardCatalogue::find);
      String next = rows.get(i).get("next").asText();
      assertThat(table).contains("-> " + next);
      String verb = next.split(" ", -1)[1];
      Cli.run(verb, "--help").succeeds();
    }
    assertThat(table)
        .contains("416x416    2 x yolov4, 80 classes")
        .contains("1280x800   finished rows, 80 classes")
        .containsPattern("faster-rcnn.*decode only")
        .containsPattern("roadsigns .*device, PC");
    assertThat(rows.at("/10/files/0/sha1").asText())
        .isEqualTo("ec4c5ad5c92fe6bb7eb750011b0b1e322a15ba19");
  }

  /** Name and state of each step. */
  private static List<String> states(Cli cli) throws Exception {
    List<String> states = new ArrayList<>();
    for (JsonNode step : new ObjectMapper().readTree(cli.out()).get("steps")) {
      states.add(step.get("name").asText() + " " + step.get("state").asText());
    }
    return states;
  }

  @Test
  void theWholeWay() throws Exception {
    Cli json = Cli.run("models", "check", "tinyyolov2_96", Cli.MODEL, "--json").succeeds();
    assertThat(states(json))
        .containsExactly(
            "file OK", "shapes OK", "operators OK", "fit OK", "generate OK", "c = java OK");
    assertThat(json.out()).contains("6 x 6 cells of 5 anchors and 2 classes", "\"good\" : true");
    assertThat(json.err()).contains("file ", "fit ", "every byte of 1 outputs, on random numbers");
  }

  @Test
  void anotherFileOfTheSameShapesGoesOnAndTheAnswerIsNo() throws Exception {
    Path card = card("tinyyolov2_96", "files: [{file: m.tflite, sha1: " + "ab".repeat(20) + "}]");
    Cli cli = Cli.run("models", "check", card, Cli.MODEL, "--board", Cli.BOARD, "--json");
    assertThat(states(cli))
        .containsExactly(
            "file FAILED", "shapes OK", "operators OK", "fit OK", "generate OK", "c = java OK");
    assertThat(cli.code()).isEqualTo(ExitCode.DIFFERENT.code());
    String sha1 = Digests.of(Files.readAllBytes(Cli.MODEL)).sha1();
    assertThat(cli.err())
        .contains(
            "SHA-1 " + sha1, "m.tflite has SHA-1 abab", "download it again from made by Fovea");
  }

  @Test
  void theHashOfTheRightFile() throws Exception {
    String sha1 = Digests.of(Files.readAllBytes(FLOAT)).sha1();
    Path card = card("roadsigns", "files: [{file: m.tflite, sha1: " + sha1 + "}]");
    Cli cli = Cli.run("models", "check", card, FLOAT);
    assertThat(cli.out()).contains("SHA-1 as published", "operators", "fovea quantize");
    assertThat(cli.code()).isEqualTo(ExitCode.MODEL.code());
    Path none = card("roadsigns", "files: []");
    assertThat(Cli.run("models", "check", none, FLOAT).out())
        .contains("publishes no hash", Digests.of(Files.readAllBytes(FLOAT)).sha256());
  }

  @Test
  void anotherNetworkStopsAtItsShapes() throws Exception {
    Cli cli = Cli.run("models", "check", "roadsigns", Cli.MODEL, "--json");
    assertThat(states(cli))
        .containsExactly(
            "file FAILED",
            "shapes FAILED",
            "operators OK",
            "fit SKIPPED",
            "generate SKIPPED",
            "c = java SKIPPED");
    assertThat(cli.code()).isEqualTo(ExitCode.MODEL.code());
  }

  @Test
  void whatCannotBeReadIsRefused() throws Exception {
    Cli.run("models", "check", "roadsigns", dir.resolve("none.tflite"))
        .refuses(ExitCode.MODEL, "there is no such file");
    Cli.run("models", "check", "yolo9", SIGNS).refuses(ExitCode.MODEL, "is no model card");
    Cli.run("models", "check", "roadsigns", SIGNS, "--board", "none")
        .refuses(ExitCode.BOARD, "none");
  }

  /** A card with other files. */
  private Path card(String id, String files) throws Exception {
    String text = Files.readString(Cli.ROOT.resolve("models/" + id + "/model.yaml"));
    String edited =
        text.replaceFirst("(?s)\nfiles:.*?\ninput:", "\n" + files + "\ninput:")
            .replaceFirst("(?s)\n# Measured.*?\nboard", "\nboard");
    assertThat(edited).isNotEqualTo(text);
    return Files.writeString(dir.resolve("card.yaml"), edited);
  }

  /** Networks of the shapes of published ones. */
  @ParameterizedTest
  @CsvSource({
    "yolo_v3_tiny_pruned_backbone, yolov3_tiny_416/yolov3_tiny_416_int8, 1",
    "nxp_yolov4_tiny, yolov4_tiny_416/yolov4_tiny_416_int8_f32out, 0",
    "tiny_yolo_v2, tiny_yolo_v2_224/tiny_yolo_v2_224_int8, 0",
    "st_tiny_yolo_v2, tiny_yolo_v2_224/tiny_yolo_v2_224_int8, 0",
    "st_yolo_lc_v1, st_yolo_lc_v1_224/st_yolo_lc_v1_224_int8, 0",
    "yolo_fastest_body, yolo_fastest_body/yolo-fastest-1.1_body_320_int8, 0",
    "tiny_face_detector, tiny_face_detector/tiny_face_224_int8, 0",
  })
  void lookAlikesGoTheWholeWay(String card, String model, int code) throws Exception {
    Cli cli = Cli.run("models", "check", card, TestData.path(model + ".tflite"), "--json");
    assertThat(states(cli).subList(1, 6))
        .containsExactly("shapes OK", "operators OK", "fit OK", "generate OK", "c = java OK");
    assertThat(cli.code()).isEqualTo(code);
  }

  @Test
  void aBoardThatIsTooSmallIsSaidWithWhatIsMissing() throws Exception {
    Path model = TestData.path("tiny_yolo_v2_224/tiny_yolo_v2_224_int8.tflite");
    Cli cli = Cli.run("models", "check", "tiny_yolo_v2", model, "--board", "nucleo-h743zi2");
    assertThat(cli.code()).isEqualTo(ExitCode.DIFFERENT.code());
    assertThat(cli.out()).contains("not on ", "is too small by", "it does not fit");
  }
}
