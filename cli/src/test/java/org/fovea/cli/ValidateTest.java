package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidateTest {
  private static final Path SIGNS = Cli.ROOT.resolve("models/roadsigns");
  private static final Path INT8 = SIGNS.resolve("roadsigns_192_int8.tflite");
  private static final Path REAL = SIGNS.resolve("roadsigns_192_float.tflite");
  private static final Path GOLDEN = Cli.ROOT.resolve("cli/src/test/resources/validate/tiny.json");

  @TempDir private Path folder;

  private Path pictures(int count) throws IOException {
    Path pictures = Files.createDirectories(folder.resolve("pictures"));
    for (int i = 0; i < count; i++) {
      Files.copy(SIGNS.resolve("samples/images/0000" + i + ".png"), pictures.resolve(i + ".png"));
    }
    return pictures;
  }

  @Test
  void labelledPicturesGiveEverything() throws IOException {
    Path out = folder.resolve("out");
    Cli cli =
        Cli.run(
            "validate",
            INT8,
            "--against",
            REAL,
            "--images",
            SIGNS.resolve("samples"),
            "--labels",
            "--min-sqnr",
            60,
            "--max-drop",
            50,
            "-o",
            out);
    assertThat(cli.code()).as(cli.err()).isEqualTo(1);
    assertThat(cli.out())
        .contains("roadsigns_192_float.tflite, 12 images")
        .contains(
            "same      Java = TFLite's reference kernels: every byte of 17 tensors, 12 images")
        .contains("same      generated C = Java: every byte of every output, 12 images")
        .containsPattern("boxes +float \\d+, int8 \\d+ at score 0.40: \\d+ the same")
        .containsPattern("AP@0.5 +float \\d+\\.\\d\\d, int8 \\d+")
        .containsPattern("verdict +NOT GOOD: output 0 has \\d\\.\\d dB, not 60.0\n");
    assertThat(Cli.names(out))
        .containsExactly("float", "int8", "validation.html", "validation.json");
    JsonNode json = new ObjectMapper().readTree(out.resolve("validation.json").toFile());
    assertThat(json.at("/layers")).hasSize(18);
    assertThat(json.at("/unmatched")).isEmpty();
    assertThat(json.at("/boxes/iou").asDouble()).isBetween(0.8, 1.0);
    assertThat(json.at("/accuracy/int8_ap50").asDouble()).isBetween(0.5, 1.0);
    assertThat(json.at("/verdict/good").asBoolean(true)).isFalse();
    assertThat(Files.readString(out.resolve("validation.html")))
        .contains("Along the network", "Worst layers", "Pictures", "data:image/jpeg")
        .doesNotContain("http://", "https://");
  }

  @Test
  void boardAndPcAreComparedLayerByLayer() throws IOException {
    Path int8 = tiny("split,bias,rounding");
    Path pictures = folder.resolve("pictures");
    Path real = folder.resolve("float/tiny.tflite");
    Path project = folder.resolve("project");
    Cli.run("generate", int8, "--board", Cli.BOARD, "--rtos", "bare", "-o", project).succeeds();
    Path network = project.resolve("generated/fv_network.c");
    String code = Files.readString(network);
    TamperedProject.shiftSecondLayer(project);
    Cli.run("build", project).succeeds();
    Path out = folder.resolve("out");
    Cli cli =
        Cli.run(
            "validate",
            int8,
            "--against",
            real,
            "--images",
            pictures,
            "--project",
            project,
            "-o",
            out);
    assertThat(cli.code()).as(cli.err()).isEqualTo(1);
    assertThat(cli.out())
        .contains("same      Java = TFLite's reference kernels")
        .containsPattern("DIFFERENT .*\\(emulated\\) = Java: layer 1 '\\S+' \\(CONV_2D\\) differs")
        .containsPattern("kernel fv_conv2d\\S+ \\(armv7em\\), weights in \\S+\\. Look at this")
        .contains("first on 0.png", "verdict   NOT GOOD: bits differ");
    Files.writeString(network, code);
    Cli.run("build", project).succeeds();
    assertThat(
            Cli.run(
                    "validate",
                    int8,
                    "--against",
                    real,
                    "--images",
                    pictures,
                    "--project",
                    project,
                    "-o",
                    out)
                .succeeds()
                .out())
        .containsPattern("same +.*\\(emulated\\) = Java: CRCs of all 5 layers, 3 images");
    Cli.run(
            "validate",
            INT8,
            "--against",
            REAL,
            "--images",
            pictures,
            "--project",
            project,
            "-o",
            out)
        .refuses(ExitCode.USAGE, "was made of another file than roadsigns_192_int8.tflite");
  }

  @Test
  void theJsonIsTheGoldenOne() throws IOException {
    Path int8 = tiny("split,bias,rounding");
    Cli cli =
        Cli.run(
                "validate",
                int8,
                "--against",
                folder.resolve("float/tiny.tflite"),
                "--images",
                folder.resolve("pictures"),
                "-o",
                folder.resolve("out"),
                "--json")
            .succeeds();
    assertThat(cli.out()).isEqualTo(Files.readString(folder.resolve("out/validation.json")));
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(GOLDEN.getParent());
      Files.writeString(GOLDEN, cli.out());
    }
    ObjectMapper mapper = new ObjectMapper();
    assertAlike("", mapper.readTree(GOLDEN.toFile()), mapper.readTree(cli.out()));
  }

  /** The float kernels of another processor may differ in the last digits. */
  private static void assertAlike(String at, JsonNode expected, JsonNode found) {
    assertThat(found.getNodeType()).as(at).isEqualTo(expected.getNodeType());
    if (expected.getNodeType() == JsonNodeType.NUMBER) {
      double few = expected.isIntegralNumber() ? 3 : 1e-5;
      Offset<Double> near = Offset.offset(Math.abs(expected.asDouble()) / 100 + few);
      assertThat(found.asDouble()).as(at).isCloseTo(expected.asDouble(), near);
    } else if (expected.isContainerNode()) {
      assertThat(names(found)).as(at).isEqualTo(names(expected));
      assertThat(found.size()).as(at).isEqualTo(expected.size());
      expected
          .properties()
          .forEach(e -> assertAlike(at + "/" + e.getKey(), e.getValue(), found.get(e.getKey())));
      for (int i = 0; expected.isArray() && i < expected.size(); i++) {
        assertAlike(at + "/" + i, expected.get(i), found.get(i));
      }
    } else if (!at.endsWith("/sha256")) {
      assertThat(found).as(at).isEqualTo(expected);
    }
  }

  private static Set<String> names(JsonNode node) {
    Set<String> names = new TreeSet<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void wrongInputIsToldAtOnceAndLeavesNothing() throws IOException {
    Path pictures = pictures(1);
    Path out = folder.resolve("out");
    Cli.run("validate", REAL, "--against", INT8, "--images", pictures, "-o", out)
        .refuses(ExitCode.MODEL, "computes in float", "is quantised", "swap them");
    Cli.run("validate", INT8, "--against", INT8, "--images", pictures, "-o", out)
        .refuses(ExitCode.MODEL, "is quantised", "give the int8 model first");
    Path other = SIGNS.resolve("roadsigns_224_float.tflite");
    Cli.run("validate", INT8, "--against", other, "--images", pictures, "-o", out)
        .refuses(ExitCode.MODEL, "has the inputs 1x192x192x3", "has the outputs 7920 values");
    Files.writeString(pictures.resolve("broken.png"), "no picture");
    Files.writeString(pictures.resolve("worse.jpg"), "none either");
    Files.writeString(pictures.resolve("raw.npy"), "a tensor");
    Cli.run("validate", INT8, "--against", REAL, "--images", pictures, "-o", out)
        .refuses(ExitCode.IMAGE, "broken.png", "worse.jpg", "raw.npy");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Cli.run("validate", INT8, "--against", REAL, "--images", empty, "-o", out)
        .refuses(ExitCode.IMAGE, "holds no image");
    List<Object> limits = List.of("--max-drop", 1);
    Cli.run(
            "validate",
            INT8,
            "--against",
            REAL,
            "--images",
            pictures,
            "-o",
            out,
            limits.get(0),
            limits.get(1))
        .refuses(ExitCode.USAGE, "--max-drop", "add --labels");
    Cli.run("validate", INT8, "--against", REAL, "--images", pictures, "-o", out, "--port", "x")
        .refuses(ExitCode.USAGE, "--port", "name the built project");
    assertThat(out).doesNotExist();
  }

  @Test
  void withoutACardThereAreNoBoxes() throws IOException {
    Path int8 = tiny("head,bias,rounding");
    Path bare = Files.copy(int8, Files.createDirectory(folder.resolve("bare")).resolve("a.tflite"));
    Path real = Files.copy(folder.resolve("float/tiny.tflite"), bare.resolveSibling("b.tflite"));
    Cli cli =
        Cli.run(
                "validate",
                bare,
                "--against",
                real,
                "--images",
                folder.resolve("pictures"),
                "-o",
                folder.resolve("out"))
            .succeeds();
    assertThat(cli.out()).contains("no model card: pixels are taken as 0 to 1", "verdict   good");
    assertThat(cli.out()).doesNotContain("boxes     ");
  }

  @Test
  void aConvertersModelIsMatchedWhole() throws IOException {
    Path int8 = Cli.largeModel("tiny_face_detector/tiny_face_416_int8.tflite");
    Path real = Cli.largeModel("tiny_face_detector/tiny_face_416_f32.tflite");
    Path pictures = Files.createDirectory(folder.resolve("faces"));
    Files.copy(Cli.largeModel("images/angry.jpg"), pictures.resolve("angry.jpg"));
    Cli cli =
        Cli.run(
                "validate",
                int8,
                "--against",
                real,
                "--images",
                pictures,
                "-o",
                folder.resolve("o"))
            .succeeds();
    assertThat(cli.out())
        .contains("every byte of 24 tensors, 1 images", "verdict   good")
        .doesNotContain("not matched");
  }

  @Test
  void everythingThatIsWrongIsToldAtOnce() throws IOException {
    Path junk = Files.writeString(folder.resolve("junk.tflite"), "no model");
    Cli.run(
            "validate",
            junk,
            "--against",
            folder.resolve("none.tflite"),
            "--images",
            folder.resolve("nowhere"),
            "-o",
            folder.resolve("out"))
        .refuses(ExitCode.MODEL, "junk.tflite", "none.tflite", "nowhere");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  /** A Darknet network of two convolutions, quantised on the pictures that it is validated on. */
  private Path tiny(String steps) throws IOException {
    Path cfg = TinyDarknet.cfg(folder);
    Path weights = TinyDarknet.randomWeights(folder);
    Path real = folder.resolve("float/tiny.tflite");
    Path int8 = folder.resolve("int8/tiny_int8.tflite");
    Cli.run("convert", cfg, weights, "-o", real).succeeds();
    Cli.run("quantize", real, "--calibrate", pictures(3), "-o", int8, "--steps", steps).succeeds();
    return int8;
  }
}
