package org.fovea.generator.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault.ModelRejected;
import org.fovea.generator.yaml.YamlFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CardSchemaTest {
  private static final String CARD = read("tiny_face_detector");

  private static String read(String id) {
    try {
      return Files.readString(Path.of("../models/" + id + "/model.yaml"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Fails on any exception but ModelRejected, and on a finding that does not name a line. */
  private static List<Finding> findings(byte[] bytes) {
    ModelRejected fault =
        catchThrowableOfType(
            ModelRejected.class, () -> ModelCards.parse(new YamlFile("my.yaml", bytes)));
    List<Finding> findings = fault == null ? List.of() : fault.findings();
    assertThat(findings).allSatisfy(f -> assertThat(f.where()).matches("my.yaml:[0-9]+"));
    return findings;
  }

  private static List<Finding> findings(String yaml) {
    return findings(yaml.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "fit: letterbox-top-left | fit: crop | 'fit' is 'crop'",
        "[1/255, 1/255, 1/255] | [1/255, 1/255] | 'pixel_scale' has a row of 2 numbers",
        "[1/255, 1/255, 1/255] | [1/255, 1/0, 1] | 'pixel_scale' is '1/0'",
        "[1/255, 1/255, 1/255] | [1/255, NaN, 1] | 'pixel_scale' is 'NaN'",
        "[1.603231, 2.094468] | [1.603231] | 'anchors' has a row of 1 numbers",
        "anchor_unit: cells | anchor_unit: grid | 'anchor_unit' is 'grid'",
        "labels: [face] | labels: [face, hand] | 2 labels for 1 classes",
        "score: 0.45 | score: 45 | 'score' is '45'",
        "weights: trained | weigths: trained | unknown key 'weigths'",
        "sha256: 7eba9 | sha256: 7EBA9 | 'sha256' is '7EBA9",
        "file: tiny_face_224_f32.tflite | file: ../x | 'file' is '../x'",
        "stride: 32 | stride: 0 | 'stride' is '0'",
      })
  void namesWhatIsWrong(String before, String after, String what) {
    assertThat(CARD).contains(before);
    assertThat(findings(CARD.replace(before, after)))
        .isNotEmpty()
        .anySatisfy(f -> assertThat(f.what()).contains(what));
  }

  @Test
  void headsShareTheirClasses() {
    String card = read("yolo_fastest_body").replaceFirst("classes: 1", "classes: 2");
    assertThat(findings(card))
        .extracting(Finding::what)
        .contains("heads with different numbers of classes");
  }

  @Test
  void mutatedFilesGiveNothingButFindings() {
    String[] junk = {
      "", "''", "-1", "99999999999999999999", "[]", "{}", "[x, {y: z}]", "~", "a: b"
    };
    for (ModelCard card : ModelCards.all()) {
      List<String> lines = read(card.id()).lines().toList();
      for (int i = 0; i < lines.size(); i++) {
        List<String> copy = new ArrayList<>(lines);
        copy.remove(i);
        findings(String.join("\n", copy));
        for (String value : junk) {
          copy = new ArrayList<>(lines);
          copy.set(i, lines.get(i).replaceAll("(: )[^:,{}]+", "$1" + value));
          findings(String.join("\n", copy));
        }
      }
    }
  }

  @Test
  void flippedBytesGiveNothingButFindings() {
    Random random = new Random(8);
    for (int n = 0; n < 5000; n++) {
      byte[] bytes = CARD.getBytes(StandardCharsets.UTF_8);
      for (int flips = random.nextInt(4); flips >= 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      findings(bytes);
    }
  }
}
