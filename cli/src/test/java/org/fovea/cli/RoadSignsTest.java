package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.pipeline.Compiled;
import org.fovea.generator.pipeline.DetectorManifest;
import org.fovea.generator.pipeline.HostNetwork;
import org.fovea.generator.pipeline.ModelFile;
import org.fovea.generator.reference.PreparedModel;
import org.fovea.generator.tflite.TfliteInterpreter;
import org.fovea.host.image.ImageInput;
import org.fovea.host.image.Photo;
import org.fovea.host.image.PhotoReader;
import org.fovea.host.manifest.Input;
import org.fovea.host.manifest.ManifestReader;
import org.fovea.host.scene.Scenes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bundled detector: its files, its arithmetic, its figures. */
class RoadSignsTest {
  private static final Path FOLDER = Cli.ROOT.resolve("models/roadsigns");
  private static final int SAMPLES = 12;
  private static final long MOST_BYTES = 6_000_000;

  @TempDir private Path dir;

  @Test
  void theSamplesAreTheFirstHeldOutScenes() {
    Scenes heldOut = new Scenes(3, 192, List.of());
    for (int i = 0; i < SAMPLES; i++) {
      assertThat(pixels(PhotoReader.read(sample(i)))).isEqualTo(pixels(heldOut.scene(i).photo()));
    }
  }

  @Test
  void everythingIsSmall() throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      long bytes = files.filter(f -> !f.toString().contains("train/")).mapToLong(this::size).sum();
      assertThat(bytes).isLessThan(MOST_BYTES);
    }
  }

  /** The goldens are TFLite's own reference kernels'; -Dgolden.update=true writes them anew. */
  @ParameterizedTest
  @ValueSource(ints = {192, 224})
  void javaAndTheGeneratedCEqualTflitesReference(int size) throws IOException {
    ModelFile file = ModelFile.read(FOLDER.resolve("roadsigns_" + size + "_int8.tflite"));
    Compiled compiled = Compiled.of(file);
    Path golden = FOLDER.resolve("golden/roadsigns_" + size + "_int8.bin");
    ByteArrayOutputStream tflite = new ByteArrayOutputStream();
    ByteArrayOutputStream java = new ByteArrayOutputStream();
    ByteArrayOutputStream c = new ByteArrayOutputStream();
    TensorId in = file.graph().inputs().get(0);
    TensorId out = file.graph().outputs().get(0);
    PreparedModel model = PreparedModel.of(file.graph());
    try (TfliteInterpreter interpreter =
            TfliteInterpreter.open(file.content(), TfliteInterpreter.Kernels.REFERENCE, 1);
        HostNetwork network = HostNetwork.build(compiled);
        HostNetwork.Running running = network.start()) {
      for (int i = 0; i < SAMPLES; i++) {
        byte[] image = ImageInput.read(sample(i), input(compiled)).tensor();
        tflite.writeBytes(interpreter.run(List.of(image)).get(0));
        java.writeBytes(model.run(Map.of(in, image)).bytes(out));
        c.writeBytes(running.run(image).get(0));
      }
    }
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(golden.getParent());
      Files.write(golden, tflite.toByteArray());
    }
    byte[] expected = Files.readAllBytes(golden);
    assertThat(tflite.toByteArray()).isEqualTo(expected);
    assertThat(java.toByteArray()).isEqualTo(expected);
    assertThat(c.toByteArray()).isEqualTo(expected);
  }

  @Test
  void theGeneratedCFindsTheSignsOfTwentyHeldOutScenes() throws IOException {
    Path scenes = dir.resolve("heldout");
    Cli.run("scenes", "--seed", 3, "--count", 20, "--size", 192, "-o", scenes).succeeds();
    JsonNode c = evaluate(scenes, "c");
    System.out.println("roadsigns_192 AP@0.5 of 20 held-out scenes, generated C: " + c.get("ap50"));
    assertThat(c.get("ap50").doubleValue()).isGreaterThan(0.95);
    assertThat(evaluate(scenes, "java").get("stats")).isEqualTo(c.get("stats"));
  }

  @ParameterizedTest
  @ValueSource(ints = {192, 224})
  void itFitsIntoABoardWithoutExternalMemory(int size) {
    Path model = FOLDER.resolve("roadsigns_" + size + "_int8.tflite");
    Cli.run("fit", model, "--board", "nucleo-h743zi2").succeeds();
  }

  @Test
  void anEngineForInt8RefusesAFloatModel() {
    Path model = FOLDER.resolve("roadsigns_192_float.tflite");
    Cli.run("evaluate", model, "--dataset", FOLDER.resolve("samples"), "--engine", "c", "-o", dir)
        .refuses(ExitCode.USAGE, "--engine c", "float model", "leave --engine out");
  }

  @Test
  void theFloatModelFindsTheSamplesSigns() throws IOException {
    Path model = FOLDER.resolve("roadsigns_192_float.tflite");
    Cli ran =
        Cli.run("evaluate", model, "--dataset", FOLDER.resolve("samples"), "-o", dir, "--json")
            .succeeds();
    assertThat(new ObjectMapper().readTree(ran.out()).get("ap50").doubleValue()).isGreaterThan(0.9);
  }

  private JsonNode evaluate(Path scenes, String engine) throws IOException {
    Cli ran =
        Cli.run(
                "evaluate",
                FOLDER.resolve("roadsigns_192_int8.tflite"),
                "--dataset",
                scenes,
                "--engine",
                engine,
                "--min-side",
                0.12,
                "-o",
                dir.resolve(engine),
                "--json")
            .succeeds();
    return new ObjectMapper().readTree(ran.out());
  }

  private static Input input(Compiled compiled) {
    var thresholds = DetectorManifest.card(compiled.model()).thresholds();
    return ManifestReader.detector(DetectorManifest.of(compiled, thresholds), "model").input();
  }

  private static Path sample(int index) {
    return FOLDER.resolve("samples/images/%05d.png".formatted(index));
  }

  private static byte[] pixels(Photo photo) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int y = 0; y < photo.height(); y++) {
      for (int x = 0; x < photo.width(); x++) {
        for (int c = 0; c < 3; c++) {
          bytes.write(photo.value(x, y, c));
        }
      }
    }
    return bytes.toByteArray();
  }

  private long size(Path file) {
    return Files.isRegularFile(file) ? file.toFile().length() : 0;
  }
}
