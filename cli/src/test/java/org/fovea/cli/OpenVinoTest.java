package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From OpenVINO's two files to firmware, and what is said of networks that go no further. */
class OpenVinoTest {
  private static final String CARD =
      """
      id: tiny
      name: Tiny
      source: here
      licence: none
      weights: unknown
      files: []
      input:
        fit: stretch
        resample: bilinear
        color_order: rgb
        pixel_scale: [1, 1, 1]
        pixel_offset: [0, 0, 0]
        pad_pixel: [0, 0, 0]
      heads:
        - family: region
          output: 0
          layout: anchor-value-cell
          stride: 2
          anchors: [[1, 2], [3.5, 4]]
          anchor_unit: cells
          classes: 2
          class_activation: none
      thresholds: {score: 0.5, iou: 0.5, max_detections: 10}
      labels: [cat, dog]
      """;

  @TempDir private Path folder;
  private Path xml;
  private Path photos;

  @BeforeEach
  void files() throws IOException {
    xml = TinyIr.files(folder, TinyIr.xml());
    photos = Files.createDirectory(folder.resolve("photos"));
    for (int i = 0; i < 3; i++) {
      BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
      Random random = new Random(i);
      for (int at = 0; at < 40 * 30; at++) {
        image.setRGB(at % 40, at / 40, random.nextInt(1 << 24));
      }
      ImageIO.write(image, "png", photos.resolve("photo" + i + ".png").toFile());
    }
  }

  @Test
  void inspectCountsAndSaysWhatItBecomes() throws IOException {
    Cli cli = Cli.run("inspect", xml).succeeds();
    assertThat(cli.out())
        .contains("OpenVINO IR 10", "1x3x32x32", "1x3584", "RegionYolo", "CONV_2D 3x3")
        .contains("fovea quantize makes the int8 model")
        .doesNotContain("not carried over");
    JsonNode report = new ObjectMapper().readTree(Cli.run("inspect", xml, "--json").out());
    assertThat(report.get("macs").longValue()).isEqualTo(32 * 32 * 4 * 27 + 16 * 16 * 14 * 4);
    assertThat(report.get("weights").longValue()).isEqualTo(108 + 56);
    assertThat(report.get("parameters").longValue()).isEqualTo(108 + 4 + 1 + 56 + 14);
    assertThat(report.get("constants").get("int8").longValue()).isEqualTo(164 + 4 * 19);
    assertThat(report.get("peak").get("int8").longValue()).isEqualTo(32 * 32 * (3 + 4));
    assertThat(report.get("zero_weights").longValue()).isZero();
  }

  @Test
  void quantizeMakesTheSameOfTheXmlAndOfTheConvertedFile() throws IOException {
    Path real = folder.resolve("out/tiny.tflite");
    Cli convert = Cli.run("convert", xml, "-o", real).succeeds();
    assertThat(convert.out()).contains("as 4 operators", "check licence, colour order");
    String card = Files.readString(real.resolveSibling("model.yaml"));
    assertThat(card)
        .contains("family: yolov2", "class_activation: softmax", "layout: cell-anchor-value")
        .contains("color_order: bgr", "anchors: [[1, 2], [3.5, 4]]", "stride: 2");
    Path one = folder.resolve("one/int8.tflite");
    Path two = folder.resolve("two/int8.tflite");
    Cli own = Cli.run("quantize", xml, "--images", photos, "-o", one).succeeds();
    assertThat(own.out()).contains("note: no model card: the picture is taken for BGR");
    Cli.run("quantize", real, "--calibrate", photos, "-o", two).succeeds();
    assertThat(Files.readAllBytes(one)).isEqualTo(Files.readAllBytes(two));
    Cli.run("generate", one, "--board", Cli.BOARD, "-o", folder.resolve("project")).succeeds();
    Cli.run("convert", xml, "-o", real).refuses(ExitCode.OUTPUT, "is there already");
  }

  @Test
  void aCardOfTheFileIsCarriedOver() throws IOException {
    Files.writeString(folder.resolve("tiny.yaml"), CARD);
    Path real = folder.resolve("out/tiny.tflite");
    Cli.run("convert", xml, "-o", real).succeeds();
    assertThat(Files.readString(real.resolveSibling("model.yaml")))
        .contains("family: yolov2", "layout: cell-anchor-value", "class_activation: softmax")
        .contains("color_order: rgb", "\"cat\"");
    Path names = Files.writeString(folder.resolve("names"), "cat\ndog\n");
    Cli.run("convert", xml, "--names", names, "-o", folder.resolve("n/n.tflite"))
        .refuses(ExitCode.USAGE, "--names", "has its labels");
    String wrong = CARD.replace("[3.5, 4]", "[3.5, 5]").replace("stride: 2", "stride: 4");
    Files.writeString(folder.resolve("tiny.yaml"), wrong);
    Cli.run("quantize", xml, "--images", photos, "-o", folder.resolve("x.tflite"))
        .refuses(ExitCode.MODEL, "the file's RegionYolo says", "stride 4", "anchors");
  }

  @Test
  void everyOutputNeedsItsHead() throws IOException {
    String two =
        TinyIr.xml()
            .replace(
                "</layers>",
                """
                <layer id="90" name="second" type="Result" version="opset1">
                <input><port id="0"><dim>1</dim><dim>4</dim><dim>16</dim><dim>16</dim></port></input>
                </layer></layers>""")
            .replace(
                "</edges>",
                "<edge from-layer=\"7\" from-port=\"9\" to-layer=\"90\" to-port=\"0\"/></edges>");
    TinyIr.files(folder, two);
    Files.writeString(folder.resolve("tiny.yaml"), CARD);
    Cli.run("quantize", xml, "--images", photos, "-o", folder.resolve("x.tflite"))
        .refuses(ExitCode.MODEL, "has no head for output 1 'second'", "the model has 2 outputs");
  }

  @Test
  void fitPlansTheInt8ModelItWillBecome() {
    Cli fit = Cli.run("fit", xml, "--board", "nucleo-h743zi2").succeeds();
    assertThat(fit.out()).contains("nucleo-h743zi2       fits");
    assertThat(fit.err()).contains("planned as the int8 model");
  }

  @Test
  void aNetworkThatFoveaCannotRunIsCountedAndRefused() throws IOException {
    String wide =
        TinyIr.xml()
            .replace("type=\"MaxPool\"", "type=\"Proposal\"")
            .replaceAll("<dim>32</dim>", "<dim>2048</dim>")
            .replaceAll("<dim>16</dim>", "<dim>1024</dim>")
            .replaceAll("<dim>3584</dim>", "<dim>14680064</dim>");
    TinyIr.files(folder, wide);
    Cli inspect = Cli.run("inspect", xml);
    assertThat(inspect.code()).isEqualTo(ExitCode.MODEL.code());
    assertThat(inspect.out())
        .contains("layer 'pool' (Proposal)", "'Proposal opset1', 1 layer", "not carried over");
    Cli fit = Cli.run("fit", xml, "--board", "nucleo-h743zi2", "--board", "stm32mp257f-dk");
    assertThat(fit.code()).isEqualTo(ExitCode.DIFFERENT.code());
    // An image of 12 MiB and four channels of it, 28 MiB, in 512 KiB.
    assertThat(fit.out())
        .contains("activations  axi_sram too small by 27.5 MiB", "does not fit")
        .contains("stm32mp257f-dk       memory enough", "estimated", "cost model")
        .contains("Memory for it: stm32mp257f-dk");
    Path out = folder.resolve("x.tflite");
    Cli.run("quantize", xml, "--images", photos, "-o", out).refuses(ExitCode.MODEL, "Proposal");
    Cli.run("generate", xml, "--board", Cli.BOARD, "-o", folder.resolve("p"))
        .refuses(ExitCode.MODEL, "Proposal");
    assertThat(out).doesNotExist();
  }

  @Test
  void theWholeWayFromTheFile() throws IOException {
    Path card = Files.writeString(folder.resolve("card.yaml"), CARD);
    for (List<Object> image :
        List.of(List.of(), List.<Object>of("--image", photos.resolve("photo1.png")))) {
      List<Object> command = new ArrayList<>(List.of("models", "check", card, xml));
      command.addAll(List.of("--board", Cli.BOARD, "--json"));
      command.addAll(image);
      assertThat(states(Cli.run(command.toArray()).succeeds()))
          .containsExactly(
              "file SKIPPED",
              "shapes OK",
              "operators OK",
              "int8 OK",
              "fit OK",
              "generate OK",
              "c = java OK");
    }
    Files.writeString(card, CARD.replace("[3.5, 4]", "[3.5, 5]"));
    Cli wrong = Cli.run("models", "check", card, xml, "--board", Cli.BOARD);
    assertThat(wrong.code()).isEqualTo(ExitCode.MODEL.code());
    assertThat(wrong.out()).contains("the file's RegionYolo says", "carried over first");
  }

  @Test
  void ofANetworkThatNoBoardRunsMemoryIsCounted() throws IOException {
    TinyIr.files(folder, TinyIr.xml().replace("type=\"MaxPool\"", "type=\"Proposal\""));
    String rcnn = "faster-rcnn-resnet101-coco-sparse-60-0001";
    Cli cli = Cli.run("models", "check", rcnn, xml, "--json").succeeds();
    assertThat(states(cli))
        .containsExactly(
            "file SKIPPED", "count OK", "fit OK", "generate SKIPPED", "c = java SKIPPED");
    assertThat(cli.err()).contains("memory for it: ", "does not run Proposal", "fovea decode");
  }

  private static List<String> states(Cli cli) throws IOException {
    List<String> states = new ArrayList<>();
    for (JsonNode step : new ObjectMapper().readTree(cli.out()).get("steps")) {
      states.add(step.get("name").asText() + " " + step.get("state").asText());
    }
    return states;
  }

  @Test
  void generateWantsInt8() {
    Cli.run("generate", xml, "--board", Cli.BOARD, "-o", folder.resolve("p"))
        .refuses(ExitCode.MODEL, "int8");
  }

  @Test
  void wrongCommandLines() throws IOException {
    Path out = folder.resolve("x.tflite");
    Cli.run("convert", xml, folder.resolve("tiny.bin"), "-o", out)
        .refuses(ExitCode.USAGE, "its .bin is found beside it");
    Cli.run("convert", xml, "--size", "32x32", "-o", out).refuses(ExitCode.USAGE, "--size");
    Cli.run("convert", folder.resolve("net.cfg"), "-o", out).refuses(ExitCode.USAGE, "two files");
    Files.delete(folder.resolve("tiny.bin"));
    Cli.run("inspect", xml).refuses(ExitCode.MODEL, "tiny.bin", "no such file");
  }
}
