package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuantizeTest {
  @TempDir private Path folder;
  private Path cfg;
  private Path weights;
  private Path photos;
  private Path out;

  @BeforeEach
  void files() throws IOException {
    cfg = TinyDarknet.cfg(folder);
    weights = TinyDarknet.randomWeights(folder);
    photos = Files.createDirectory(folder.resolve("photos"));
    out = folder.resolve("out/tiny_int8.tflite");
  }

  private void photos(int count, boolean grey) throws IOException {
    for (int i = 0; i < count; i++) {
      BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
      Random random = new Random(i);
      for (int at = 0; at < 40 * 30; at++) {
        image.setRGB(at % 40, at / 40, grey ? 0x808080 : random.nextInt(1 << 24));
      }
      ImageIO.write(image, "png", photos.resolve("photo" + i + ".png").toFile());
    }
  }

  @Test
  void aDarknetNetworkBecomesAnInt8ModelThatFits() throws IOException {
    photos(4, false);
    Cli cli = Cli.run("quantize", cfg, weights, "--calibrate", photos, "-o", out).succeeds();
    assertThat(cli.out())
        .containsPattern("CONV_2D +1x16x16x4 ")
        .containsPattern("outputs at ([0-9.]+, ){3}[0-9.]+ dB, heads at [0-9.]+ dB")
        .contains("ranges of 4 images, figures of 4");
    assertThat(Cli.names(out.getParent())).containsExactly("tiny_int8.tflite", "tiny_int8.yaml");
    assertThat(Files.readString(out.resolveSibling("tiny_int8.yaml")))
        .startsWith("# Quantised by fovea quantize --method auto --steps split,bias,rounding\n")
        .contains("outputs: {xy: 0, wh: 1, objectness: 2, classes: 3}")
        .contains("anchors: [[1, 2], [3.5, 4]]");
    assertThat(Cli.run("inspect", out).succeeds().out()).contains("card    tiny", "INT8");
    Cli.run("fit", out, "--board", Cli.BOARD).succeeds();
  }

  @Test
  void oneTensorAHeadWhereAskedFor() throws IOException {
    photos(4, false);
    for (String way : List.of("--steps head,bias,rounding", "--method minmax")) {
      Path one = folder.resolve(way.replaceAll("\\W", "") + ".tflite");
      String[] option = way.split(" ", 2);
      Cli.run("quantize", cfg, weights, "--calibrate", photos, "-o", one, option[0], option[1])
          .succeeds();
      assertThat(one.resolveSibling(one.getFileName().toString().replace(".tflite", ".yaml")))
          .content()
          .contains("    output: 0\n");
    }
  }

  @Test
  void aSplitHeadIsFoundOnTheBoardAsOnThePc() throws IOException {
    photos(4, false);
    Cli.run("quantize", cfg, weights, "--calibrate", photos, "-o", out).succeeds();
    Path project = folder.resolve("project");
    Path photo = photos.resolve("photo2.png");
    Cli cli =
        Cli.run("deploy", out, photo, "--board", Cli.BOARD, "-o", project, "--json").succeeds();
    JsonNode image = new ObjectMapper().readTree(cli.out()).get("images").get(0);
    assertThat(image.get("compared_with_pc").asBoolean()).isTrue();
    assertThat(image.get("equals_pc").asBoolean()).isTrue();
    assertThat(Files.readString(project.resolve("deployment.json")).replaceAll("\\s+", " "))
        .contains("\"outputs\" : { \"xy\" : 0, \"wh\" : 1, \"objectness\" : 2, \"classes\" : 3 }");
  }

  @Test
  void theFloatFileOfConvertGivesTheSameModel() throws IOException {
    photos(3, false);
    Path real = folder.resolve("float/tiny.tflite");
    Path other = folder.resolve("other.tflite");
    Cli.run("convert", cfg, weights, "-o", real).succeeds();
    Cli.run("quantize", cfg, weights, "--calibrate", photos, "-o", out).succeeds();
    Cli.run("quantize", real, "--calibrate", photos, "-o", other).succeeds();
    assertThat(other).hasSameBinaryContentAs(out);
  }

  @Test
  void theReportIsJsonWhenAsked() throws IOException {
    photos(2, false);
    Cli cli =
        Cli.run("quantize", cfg, weights, "--calibrate", photos, "-o", out, "--json").succeeds();
    assertThat(cli.out().strip()).startsWith("{").endsWith("}").contains("\"sqnr_db\"");
  }

  @Test
  void nothingIsWrittenWhereSomethingIsWrong() throws IOException {
    assertRefused(9, "holds no image");
    photos(2, true);
    assertRefused(2, "the 2 images are of one colour");
    Files.delete(photos.resolve("photo0.png"));
    photos(2, false);
    Files.write(weights, new byte[100]);
    assertRefused(3, "tiny.weights");
    Files.writeString(photos.resolve("broken.png"), "no picture");
    weights = TinyDarknet.randomWeights(folder);
    assertRefused(9, "broken.png");
  }

  private void assertRefused(int code, String words) {
    Cli cli = Cli.run("quantize", cfg, weights, "--calibrate", photos, "-o", out);
    assertThat(cli.err()).contains(words);
    assertThat(cli.code()).isEqualTo(code);
    assertThat(out.getParent()).doesNotExist();
  }

  @Test
  void anInt8ModelAndATakenPlaceAreRefused() throws IOException {
    photos(2, false);
    Cli twice = Cli.run("quantize", Cli.MODEL, "--calibrate", photos, "-o", out);
    assertThat(twice.err()).contains("is quantised already");
    assertThat(twice.code()).isEqualTo(3);
    Files.createDirectory(out.getParent());
    Files.writeString(out, "mine");
    Cli taken = Cli.run("quantize", cfg, weights, "--calibrate", photos, "-o", out);
    assertThat(taken.code()).isEqualTo(5);
    assertThat(out).hasContent("mine");
  }

  @Test
  void everythingThatIsWrongIsToldAtOnce() throws IOException {
    Files.createDirectory(out.getParent());
    Files.writeString(out, "mine");
    Cli cli = Cli.run("quantize", Cli.MODEL, "--calibrate", photos, "-o", out);
    assertThat(cli.err())
        .contains("is there already")
        .contains("is quantised already")
        .contains("holds no image");
    assertThat(cli.code()).isEqualTo(5);
    assertThat(out).hasContent("mine");
  }

  @Test
  void unknownStepsAreNamed() {
    Cli cli =
        Cli.run("quantize", cfg, weights, "--calibrate", photos, "-o", out, "--steps", "magic");
    assertThat(cli.err()).contains("--steps magic", "split, equalise, head, bias, rounding");
    assertThat(cli.code()).isEqualTo(2);
  }
}
