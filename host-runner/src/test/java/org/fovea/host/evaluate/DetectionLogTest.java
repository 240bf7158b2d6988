package org.fovea.host.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.fovea.host.fault.DatasetRejected;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetectionLogTest {
  private static final Map<String, String> HEADER = Map.of("model", "abc");
  private static final List<List<DetectedBox>> FOUND =
      List.of(
          List.of(new DetectedBox(1, 0.25, new Bbox(1.5, 2, 3, 4.125))),
          List.of(),
          List.of(
              new DetectedBox(0, 0.001, new Bbox(0, 0, 1, 1)),
              new DetectedBox(0, 0.000123457, new Bbox(0, 0, 1, 2))));

  @TempDir Path folder;

  private static Dataset dataset() {
    List<LabelledImage> images =
        List.of("ä.png", "b.png", "c.png").stream()
            .map(name -> new LabelledImage(1, name, Path.of(name), 8, 8, List.of()))
            .toList();
    List<Dataset.Category> classes =
        List.of(new Dataset.Category(1, "x"), new Dataset.Category(2, "y"));
    return new Dataset("d", Dataset.Format.YOLO, images, classes, "f");
  }

  /** Goes on with a file, and returns how many images were done. */
  private static int goOn(Path file) throws IOException {
    try (DetectionLog log = DetectionLog.open(file, HEADER, dataset())) {
      int done = log.done().size();
      assertThat(log.done()).isEqualTo(FOUND.subList(0, done));
      for (List<DetectedBox> next : FOUND.subList(done, FOUND.size())) {
        log.add(next);
      }
      return done;
    }
  }

  @Test
  void cutAtAnyByteItGoesOnToTheSameFile() throws IOException {
    Path file = folder.resolve("detections.jsonl");
    assertThat(goOn(file)).isZero();
    byte[] whole = Files.readAllBytes(file);
    for (int cut = 0; cut <= whole.length; cut++) {
      byte[] rest = Arrays.copyOf(whole, cut);
      Files.write(file, rest);
      long lines = new String(rest, StandardCharsets.ISO_8859_1).lines().count();
      int done = goOn(file);
      assertThat(done).isBetween((int) lines - 2, (int) Math.max(0, lines - 1));
      assertThat(Files.readAllBytes(file)).as("cut at %d", cut).isEqualTo(whole);
    }
    assertThat(goOn(file)).isEqualTo(3);
  }

  @Test
  void anotherRunIsNamed() throws IOException {
    Path file = folder.resolve("detections.jsonl");
    goOn(file);
    assertThatThrownBy(() -> DetectionLog.open(file, Map.of("model", "xyz"), dataset()))
        .isInstanceOf(DatasetRejected.class)
        .hasMessageContaining("is of a run with another model (abc then, xyz now)")
        .hasMessageContaining("-o");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "b.png   | c.png    | line 3 is not of the image that comes next",
        "[[1,    | [[2,     | line 2 holds no detection",
        "0.25    | \"x\"    | line 2 holds no detection",
        "0.25,   | ''       | line 2 holds no detection",
        "[[1,    | [1,      | line 2 is no valid JSON",
        "fovea_  | another_ | is no log of detections of this version",
      })
  void aDamagedLogIsRefused(String from, String to, String what) throws IOException {
    Path file = folder.resolve("detections.jsonl");
    goOn(file);
    Files.writeString(file, Files.readString(file).replace(from, to.replace("''", "")));
    assertThatThrownBy(() -> goOn(file))
        .isInstanceOf(DatasetRejected.class)
        .hasMessageContaining(what);
  }

  @Test
  void aFileOfSomebodyElseIsLeftAlone() throws IOException {
    Path file = folder.resolve("detections.jsonl");
    Files.writeString(file, "my diary");
    assertThatThrownBy(() -> goOn(file)).isInstanceOf(DatasetRejected.class);
    assertThat(Files.readString(file)).isEqualTo("my diary");
  }
}
