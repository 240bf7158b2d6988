package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.fovea.generator.pipeline.Compiled;
import org.fovea.generator.pipeline.ModelFile;
import org.fovea.generator.plan.InputMode;
import org.fovea.generator.plan.Objective;
import org.fovea.generator.plan.PlanGoal;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Plans that take the image row by row, on an emulated Cortex-M7: every layer's CRC equals the
 * PC's, and instructions are counted.
 */
class PushedRowsTest {
  private static final String DEMO = "../models/tinyyolov2_96/tinyyolov2_96_int8.tflite";
  private static final String SIGNS = "../models/roadsigns/roadsigns_192_int8.tflite";

  @TempDir Path dir;

  @ParameterizedTest
  @CsvSource({DEMO, SIGNS})
  void theLeastMemoryTakesAtMostTwiceTheInstructions(String model) throws Exception {
    ratio(ModelFile.read(Path.of(model)), 60);
  }

  @Tag("long")
  @ParameterizedTest
  @CsvSource({
    "tiny_yolo_v2_224/tiny_yolo_v2_224_u8_f32",
    "tiny_yolo_v2_416/tiny_yolo_v2_416_u8_f32",
    "st_yolo_lc_v1_192/st_yolo_lc_v1_192_u8_f32",
  })
  void alsoOfLargeModels(String model) throws Exception {
    ratio(ModelFile.read(TestData.path(model + ".tflite")), 900);
  }

  @ParameterizedTest
  @CsvSource(DEMO)
  void overlappedImagesComeAsFastAsTheirRowsOrTheirWork(String model) throws Exception {
    paces(ModelFile.read(Path.of(model)), 60);
  }

  @Tag("long")
  @ParameterizedTest
  @CsvSource(SIGNS)
  void alsoThoseOfALargerModel(String model) throws Exception {
    paces(ModelFile.read(Path.of(model)), 300);
  }

  @Tag("long")
  @ParameterizedTest
  @CsvSource("tiny_yolo_v2_224/tiny_yolo_v2_224_u8_f32")
  void alsoThoseOfALargeModel(String model) throws Exception {
    paces(ModelFile.read(TestData.path(model + ".tflite")), 900);
  }

  @Tag("long")
  @ParameterizedTest
  @CsvSource("tiny_yolo_v2_416/tiny_yolo_v2_416_u8_f32")
  void overlappedImagesOfTheLargestModelEqualThePc(String model) throws Exception {
    ModelFile file = ModelFile.read(TestData.path(model + ".tflite"));
    Compiled compiled = Compiled.of(file, PlanGoal.of(Objective.THROUGHPUT, InputMode.ROWS));
    assertThat(run(compiled, images(file, 2), 1, 900)).hasSize(2);
  }

  private void ratio(ModelFile model, int seconds) throws Exception {
    byte[] image = images(model, 1).get(0);
    long time = instructions(model, Objective.TIME, image, seconds);
    long ram = instructions(model, Objective.RAM, image, seconds);
    System.out.printf("%s: time %d, ram %d instructions%n", model.name(), time, ram);
    assertThat(ram).isLessThanOrEqualTo(2 * time);
  }

  private long instructions(ModelFile model, Objective objective, byte[] image, int seconds)
      throws Exception {
    Compiled compiled = Compiled.of(model, PlanGoal.of(objective, InputMode.ROWS));
    return run(compiled, List.of(image), 1, seconds).get(0).instructions();
  }

  /** At the line's pace at which rows take as long as the work, both before and after. */
  private void paces(ModelFile model, int seconds) throws Exception {
    Compiled alone = Compiled.of(model, PlanGoal.of(Objective.TIME, InputMode.ROWS));
    Compiled overlapped = Compiled.of(model, PlanGoal.of(Objective.THROUGHPUT, InputMode.ROWS));
    List<byte[]> images = images(model, 4);
    long work = run(alone, images.subList(0, 1), 1, seconds).get(0).instructions();
    int rowTicks = Math.toIntExact(work / alone.network().input().shape().height());
    long one = interval(run(alone, images, rowTicks, seconds));
    long two = interval(run(overlapped, images, rowTicks, seconds));
    long hurried = interval(run(overlapped, images, 1, seconds));
    System.out.printf(
        "%s: rows and work take %d instructions each; a result every %d one after the other,"
            + " %d overlapped; %d on an endless fast line%n",
        model.name(), work, one, two, hurried);
    // One after the other, 16 rows of the next image wait already: a sixth of the smallest one.
    assertThat(two).isLessThan(work * 115 / 100).isLessThan(one * 90 / 100);
    assertThat(hurried).isLessThan(work * 110 / 100);
  }

  /** Between the results in the middle. */
  private static long interval(List<RowPusher.Result> results) {
    int last = results.size() - 2;
    return (results.get(last).doneAt() - results.get(1).doneAt()) / (last - 1);
  }

  private List<RowPusher.Result> run(
      Compiled compiled, List<byte[]> images, int rowTicks, int seconds) throws Exception {
    Path folder = Files.createTempDirectory(dir, "push");
    List<RowPusher.Result> results =
        RowPusher.build(compiled, folder).run(images, rowTicks, seconds);
    Oracle oracle = new Oracle(compiled);
    for (int i = 0; i < images.size(); i++) {
      assertThat(results.get(i).crcs()).isEqualTo(oracle.layerCrcs(images.get(i)));
    }
    return results;
  }

  private static List<byte[]> images(ModelFile model, int count) {
    Compiled compiled = Compiled.of(model);
    List<byte[]> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] image = new byte[(int) compiled.network().input().shape().elements()];
      new Random(i).nextBytes(image);
      images.add(image);
    }
    return images;
  }

  /** That a wrong byte would be seen. */
  @Test
  void anotherImageHasOtherSums() {
    ModelFile model = ModelFile.read(Path.of(DEMO));
    Oracle oracle = new Oracle(Compiled.of(model));
    List<byte[]> two = images(model, 2);
    assertThat(oracle.layerCrcs(two.get(0))).isNotEqualTo(oracle.layerCrcs(two.get(1)));
  }
}
