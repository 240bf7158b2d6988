package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.fovea.host.image.Photo;
import org.fovea.host.image.PhotoReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tensors that somebody saved, with a card or the like. */
class DecodeTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int SIGNS = 12 * 12 * 55;

  @TempDir private Path dir;

  private static JsonNode json(Object... arguments) throws Exception {
    return MAPPER.readTree(Cli.run(arguments).succeeds().out());
  }

  private Path photo(int width, int height) throws Exception {
    Path file = dir.resolve("photo.png");
    ImageIO.write(
        new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
    return file;
  }

  /**
   * The road signs' 192 x 192 outputs: one box, a stop sign in the middle of cell (row, column).
   */
  private static float[] sign(int row, int column) {
    float[] values = new float[SIGNS];
    for (int at = 4; at < values.length; at += 11) {
      values[at] = -20;
    }
    int at = (row * 12 + column) * 55 + 2 * 11;
    values[at + 4] = 20;
    values[at + 5] = 20;
    return values;
  }

  private Path raw(String name, float[] values) throws Exception {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return Files.write(dir.resolve(name), bytes.array());
  }

  private Path npy(String name, String type, String shape, byte[] data) throws Exception {
    String header = "{'descr': '%s', 'fortran_order': False, 'shape': %s, }".formatted(type, shape);
    String padded = header + " ".repeat(117 - header.length()) + "\n";
    ByteBuffer bytes = ByteBuffer.allocate(128 + data.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII)).put((byte) 1);
    bytes.put((byte) 0).putShort((short) 118);
    bytes.put(padded.getBytes(StandardCharsets.US_ASCII)).put(data);
    return Files.write(dir.resolve(name), bytes.array());
  }

  @Test
  void drawsTheBoxOnThePhoto() throws Exception {
    Path out = dir.resolve("out");
    Path tensor = raw("out.bin", sign(5, 6));
    Cli cli =
        Cli.run("decode", "--card", "roadsigns", tensor, "--image", photo(400, 200), "-o", out);
    assertThat(cli.succeeds().out()).contains("1 detections, in pixels of photo.png, 400 x 200");
    JsonNode box = MAPPER.readTree(out.resolve("boxes.json").toFile()).at("/detections/0");
    assertThat(box.get("label").asText()).isEqualTo("stop");
    assertThat(box.at("/box/0").asDouble()).isCloseTo((6.5 - 3.197 / 2) / 12 * 400, within(0.01));
    assertThat(box.at("/box/1").asDouble())
        .isCloseTo(((5.5 - 3.317 / 2) / 12 - 0.25) * 400, within(0.01));
    Photo drawn = PhotoReader.read(out.resolve("boxes.png"));
    assertThat(drawn.width()).isEqualTo(400);
    int left = (int) Math.round(box.at("/box/0").asDouble());
    int middle = (int) (box.at("/box/1").asDouble() + box.at("/box/3").asDouble()) / 2;
    assertThat(drawn.value(left, middle, 2)).isGreaterThan(100);
    assertThat(drawn.value(left / 2, middle, 2)).isZero();
  }

  @Test
  void aFileIsReadByItsHeaderNotByItsName() throws Exception {
    float[] values = sign(3, 6);
    Path raw = raw("out.npy", values);
    String wanted = Cli.run("decode", "--card", "roadsigns", raw).succeeds().out();
    ByteBuffer doubles = ByteBuffer.allocate(SIGNS * 8).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      doubles.putDouble(value);
    }
    Path npy = npy("out.bin", "<f8", "(1, 144, 55)", doubles.array());
    assertThat(Cli.run("decode", "--card", "roadsigns", npy).succeeds().out()).isEqualTo(wanted);
  }

  @Test
  void integersNeedTheModelThatSaysWhatTheyAre() throws Exception {
    byte[] values = new byte[SIGNS];
    Arrays.fill(values, (byte) -128);
    Path model = Cli.ROOT.resolve("models/roadsigns/roadsigns_192_int8.tflite");
    Path tensor = npy("out.npy", "|i1", "(1, 12, 12, 55)", values);
    Cli.run("decode", "--card", "roadsigns", tensor)
        .refuses(ExitCode.IMAGE, "holds int8", "give the model file: --model");
    assertThat(Cli.run("decode", "--model", model, tensor).succeeds().out())
        .startsWith("0 detections");
    Path unsigned = npy("out.npy", "|u1", "(1, 12, 12, 55)", values);
    Cli.run("decode", "--model", model, unsigned)
        .refuses(ExitCode.IMAGE, "holds uint8", "the model's output is int8");
    Cli.run("decode", "--model", model, tensor, tensor)
        .refuses(ExitCode.IMAGE, "has 1 outputs, and there are 2 tensors");
  }

  @Test
  void whatIsNoNumberIsTold() throws Exception {
    float[] values = sign(3, 6);
    values[4] = Float.NaN;
    values[100] = Float.NEGATIVE_INFINITY;
    Cli.run("decode", "--card", "roadsigns", raw("out.bin", values))
        .refuses(
            ExitCode.IMAGE, "2 of its 7920 values are NaN or infinite, the first (NaN) at index 4");
  }

  @Test
  void tensorsThatAreNotTheCards() throws Exception {
    Path short1 = raw("out.bin", new float[55 * 143]);
    Cli.run("decode", "--card", "roadsigns", short1)
        .refuses(
            ExitCode.IMAGE, "from that the card cannot tell the size", "write width and height");
    Path wide = npy("out.npy", "<f4", "(1, 2, 2, 50)", new byte[800]);
    Cli.run("decode", "--card", "roadsigns", wide)
        .refuses(ExitCode.MODEL, "its shape is 1x2x2x50", "declares a grid of 2x2 cells");
    Path flipped = npy("out.npy", "<f4", "(1, 55, 2, 2)", new byte[880]);
    Cli.run("decode", "--card", "roadsigns", flipped).refuses(ExitCode.MODEL, "its shape is");
    Cli.run("decode", "--card", "nxp_yolov4_tiny", raw("one.bin", new float[26 * 26 * 255]))
        .refuses(ExitCode.MODEL, "the model has 1 outputs");
  }

  @Test
  void filesThatAreNoTensors() throws Exception {
    String[] wrong = {"<i4", "<f2", ">f4"};
    for (String type : wrong) {
      Path npy = npy("out.npy", type, "(1, 2)", new byte[8]);
      Cli.run("decode", "--card", "roadsigns", npy).refuses(ExitCode.IMAGE, "holds " + type);
    }
    for (String shape :
        new String[] {"(3, 3)", "(0,)", "(999999999, 999999999)", "(9999999999,)"}) {
      Path npy = npy("out.npy", "|i1", shape, new byte[8]);
      Cli.run("decode", "--card", "roadsigns", npy).refuses(ExitCode.IMAGE, "out.npy");
    }
    Cli.run("decode", "--card", "roadsigns", Files.write(dir.resolve("e"), new byte[0]))
        .refuses(ExitCode.IMAGE, "holds 0 numbers");
    Cli.run("decode", "--card", "roadsigns", dir.resolve("none")).refuses(ExitCode.IMAGE, "none");
  }

  @Test
  void commandLinesThatSayTooLittleOrTooMuch() throws Exception {
    Path tensor = raw("out.bin", sign(3, 6));
    Cli.run("decode", tensor).refuses(ExitCode.USAGE, "wants --card, --model or --head");
    Cli.run("decode", "--head", "detection-output", tensor)
        .refuses(ExitCode.USAGE, "needs --image");
    Cli.run("decode", "--head", "yolo", tensor).refuses(ExitCode.USAGE, "need a card");
    Cli.run("decode", "--card", "yolo9", tensor).refuses(ExitCode.MODEL, "yolo9: is no model card");
    Cli.run("decode", "--card", "roadsigns", "--score", 2, tensor)
        .refuses(ExitCode.USAGE, "scores are from 0 to 1");
    Cli.run("decode", "--card", "roadsigns", tensor, "-o", tensor).refuses(ExitCode.OUTPUT);
  }

  @Test
  void finishedRowsWithoutACard() throws Exception {
    float[] rows = {
      0, 7, 0.9f, 0.1f, 0.2f, 0.3f, 0.4f, //
      0, 7, 0.8f, 0.1f, 0.2f, 0.3f, 0.4f, //
      1, 7, 0.9f, 0, 0, 1, 1, //
      -1, 0, 0, 0, 0, 0, 0, //
      0, 7, 0.9f, 0, 0, 1, 1
    };
    Path photo = photo(200, 100);
    JsonNode found =
        json("decode", "--json", "--head", "detection-output", raw("r", rows), "--image", photo);
    assertThat(found.get("detections")).hasSize(2);
    assertThat(found.at("/detections/0/label").asText()).isEqualTo("class 7");
    assertThat(found.at("/detections/1/box").toString()).isEqualTo("[20.0,20.0,60.0,40.0]");
  }

  /** Two pictures with a stop sign each; the second one's is labelled elsewhere. */
  private Path dataset() throws Exception {
    Path data = dir.resolve("data");
    Path labels = Files.createDirectories(data.resolve("labels"));
    Path images = Files.createDirectories(data.resolve("images"));
    for (String name : new String[] {"a", "b"}) {
      Files.copy(photo(192, 192), images.resolve(name + ".png"));
    }
    String box = "0 %s %s 0.2664 0.2764\n";
    Files.writeString(labels.resolve("a.txt"), box.formatted(6.5 / 12, 5.5 / 12));
    Files.writeString(labels.resolve("b.txt"), box.formatted(2.5 / 12, 2.5 / 12));
    return data;
  }

  @Test
  void savedOutputsOfADatasetAreScored() throws Exception {
    Path tensors = Files.createDirectories(dir.resolve("tensors"));
    Path out = dir.resolve("out");
    Path data = dataset();
    raw("tensors/a.out0.npy", sign(5, 6));
    Object[] line = {
      "decode", "--card", "roadsigns", "--dataset", data, tensors, "-o", out, "--json"
    };
    Cli.run(line).refuses(ExitCode.IMAGE, "b.out0.npy: is missing");
    raw("tensors/b.out0.npy", sign(5, 6));
    JsonNode half = json(line);
    assertThat(half.at("/classes/0/ap50").asDouble()).isCloseTo(0.5, within(0.01));
    assertThat(Files.readString(out.resolve("evaluation.html"))).contains("saved tensors");
    raw("tensors/b.out0.npy", sign(2, 2));
    Cli.run(line).refuses(ExitCode.IMAGE, "another tensors");
    line[7] = dir.resolve("again");
    assertThat(json(line).at("/classes/0/ap50").asDouble()).isCloseTo(1, within(1e-6));
    Cli.run("decode", "--card", "roadsigns", "--dataset", data, tensors)
        .refuses(ExitCode.USAGE, "-o and one folder of tensors");
  }
}
