package org.fovea.host.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.fovea.host.Deployments;
import org.fovea.host.TestModels;
import org.fovea.host.fault.ImageRejected;
import org.fovea.host.manifest.Input;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageInputTest {
  @TempDir Path folder;

  private static Input input(int width, int height, String fit, String resample) {
    return Deployments.edited(
            root ->
                ((ObjectNode) root.get("input"))
                    .put("width", width)
                    .put("height", height)
                    .put("fit", fit)
                    .put("resample", resample))
        .input();
  }

  private static Photo gradient(int width, int height) {
    byte[] rgb = new byte[width * height * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (i * 7 % 251);
    }
    return new Photo(width, height, rgb);
  }

  private static Photo row(int... values) {
    byte[] rgb = new byte[values.length * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) values[i / 3];
    }
    return new Photo(values.length, 1, rgb);
  }

  private static int[] reds(Photo photo) {
    int[] reds = new int[photo.width()];
    for (int x = 0; x < reds.length; x++) {
      reds[x] = photo.value(x, 0, 0);
    }
    return reds;
  }

  @Test
  void samplesAtHalfPixelCentres() {
    Photo photo = row(0, 100, 200, 40);
    assertThat(reds(Resizer.resize(photo, 2, 1, Input.Resample.BILINEAR))).containsExactly(50, 120);
    assertThat(reds(Resizer.resize(photo, 2, 1, Input.Resample.NEAREST))).containsExactly(100, 40);
    assertThat(reds(Resizer.resize(photo, 8, 1, Input.Resample.BILINEAR)))
        .containsExactly(0, 25, 75, 125, 175, 160, 80, 40);
    // Triangle of half-width 2 at 1: weights 3, 3, 1 of 7, then 1, 3, 3.
    assertThat(reds(Resizer.resize(photo, 2, 1, Input.Resample.BILINEAR_ANTIALIAS)))
        .containsExactly(71, 117);
  }

  @Test
  void letterboxCentresAndPads() {
    ImageInput wide = ImageInput.of("w", row(255, 255), input(4, 4, "letterbox", "nearest"));
    assertThat(wide.placement()).isEqualTo(new Placement(2, 1, 0, 1, 4, 2));
    assertThat(wide.tensor()[0]).isEqualTo((byte) -128);
    assertThat(wide.tensor()[12]).isEqualTo((byte) 127);
    assertThat(wide.tensor()[36]).isEqualTo((byte) -128);
    assertThat(wide.placement().photoX(4)).isEqualTo(2);
    assertThat(wide.placement().photoY(1)).isZero();
  }

  @Test
  void colourOrderReversesTheChannels() {
    Input bgr =
        Deployments.edited(root -> ((ObjectNode) root.get("input")).put("color_order", "BGR"))
            .input();
    Photo photo = gradient(bgr.width(), bgr.height());
    byte[] tensor = ImageInput.of("x", photo, bgr).tensor();
    assertThat(tensor[0]).isEqualTo((byte) (photo.value(0, 0, 2) - 128));
    assertThat(tensor[2]).isEqualTo((byte) (photo.value(0, 0, 0) - 128));
  }

  @Test
  void uint8WithScaleAndOffset() {
    Input input =
        Deployments.edited(
                root -> {
                  ObjectNode in = (ObjectNode) root.get("input");
                  in.put("type", "uint8").put("scale", 0.5).put("zero_point", 10);
                  in.set("pixel_scale", Deployments.json("[0.25,1,-1]"));
                  in.set("pixel_offset", Deployments.json("[0,-127.5,0]"));
                })
            .input();
    PixelTable table = new PixelTable(input);
    assertThat(table.of(0, 3)).isEqualTo((byte) 12);
    assertThat(table.of(1, 0)).isZero();
    assertThat(table.of(1, 255) & 0xFF).isEqualTo(255);
    assertThat(table.of(2, 1)).isEqualTo((byte) 8);
  }

  @ParameterizedTest
  @CsvSource({
    "224, 224_in0_i8.npy, nxp_facedet_crop_a.png",
    "224, 224_in2_i8.npy, surprised.jpg",
    "416, 416_in0_i8.npy, nxp_facedet_test.jpg",
    "416, 416_in2_i8.npy, surprised.jpg"
  })
  void goldenTensorsComeOutToTheByte(int side, String tensor, String image) throws IOException {
    Input input = input(side, side, "letterbox_top_left", "bilinear_antialias");
    byte[] ours = ImageInput.read(TestModels.file("images/" + image), input).tensor();
    assertThat(ours).isEqualTo(TestModels.npy("tiny_face_detector/golden/" + tensor));
  }

  @Test
  void rawTensorsGoThroughAsTheyAre() throws IOException {
    Input input = input(4, 2, "stretch", "bilinear");
    byte[] data = new byte[24];
    new Random(1).nextBytes(data);
    Path good = npy("|i1", "(1, 2, 4, 3)", data);
    assertThat(ImageInput.read(good, input).tensor()).isEqualTo(data);
    assertThat(ImageInput.read(npy("|i1", "(2, 4, 3)", data), input).photo().value(0, 0, 0))
        .isEqualTo(data[0] + 128);
    assertRejected(npy("|u1", "(1, 2, 4, 3)", data), input, "|u1");
    assertRejected(npy("|i1", "(1, 4, 2, 3)", data), input, "shape");
    assertRejected(npy("|i1", "(1, 2, 4, 3)", new byte[23]), input, "23 bytes");
    assertRejected(Files.write(folder.resolve("y.npy"), new byte[11]), input, "no .npy");
  }

  @Test
  void filesThatAreNoPicturesAreRejected() throws IOException {
    Input input = input(4, 4, "stretch", "bilinear");
    assertRejected(folder.resolve("none.jpg"), input, "missing");
    assertRejected(folder, input, "no file");
    assertRejected(Files.writeString(folder.resolve("a.jpg"), "hello"), input, "no JPEG");
    assertRejected(Files.write(folder.resolve("b.png"), new byte[0]), input, "no JPEG");
    byte[] bomb = PhotoWriter.png(gradient(8, 8));
    // IHDR's width and height, 60000 each.
    bomb[18] = (byte) 0xEA;
    bomb[22] = (byte) 0xEA;
    assertRejected(Files.write(folder.resolve("c.png"), bomb), input, "more than 50 million");
  }

  @Test
  void damagedPicturesAreReadOrRejected() throws IOException {
    Input input = input(4, 4, "stretch", "bilinear");
    Random random = new Random(4);
    byte[][] files = {PhotoWriter.png(gradient(40, 30)), PhotoWriter.jpeg(gradient(40, 30))};
    for (int i = 0; i < 600; i++) {
      byte[] bad = files[i % 2].clone();
      for (int k = 0; k < 4; k++) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      }
      Path file = Files.write(folder.resolve("damaged"), bad);
      try {
        ImageInput.read(file, input);
      } catch (ImageRejected e) {
        assertThat(e.findings()).isNotEmpty();
      }
    }
  }

  @Test
  void exifOrientationStandsThePictureUp() throws IOException {
    byte[] plain = PhotoWriter.jpeg(gradient(16, 8));
    Photo stored = read(plain);
    for (int value = 1; value <= 8; value++) {
      Photo upright = read(withOrientation(plain, value));
      boolean turned = value >= 5;
      assertThat(upright.width()).isEqualTo(turned ? 8 : 16);
      // Where the stored top left pixel has to be, by the EXIF table.
      int x = value == 2 || value == 3 ? 15 : value == 6 || value == 7 ? 7 : 0;
      int y = value == 3 || value == 4 ? 7 : value == 7 || value == 8 ? 15 : 0;
      for (int c = 0; c < 3; c++) {
        assertThat(upright.value(x, y, c))
            .as("orientation %d", value)
            .isEqualTo(stored.value(0, 0, c));
      }
    }
  }

  @Test
  void drawingIsDeterministicAndStaysInside() {
    Photo photo = gradient(120, 90);
    Mark mark = new Mark(-20, -5, 300, 60.5, "face 93% \u00e9 gjpqy", 9);
    Photo drawn = Annotator.draw(photo, List.of(mark));
    assertThat(drawn.copyOfRgb())
        .isEqualTo(Annotator.draw(photo, List.of(mark)).copyOfRgb())
        .isNotEqualTo(photo.copyOfRgb());
    assertThat(PhotoWriter.png(drawn)).isEqualTo(PhotoWriter.png(drawn));
  }

  private Photo read(byte[] file) throws IOException {
    return PhotoReader.read(Files.write(folder.resolve("o.jpg"), file));
  }

  private static byte[] withOrientation(byte[] jpeg, int value) {
    byte[] exif = {
      (byte) 0xFF,
      (byte) 0xE1,
      0,
      34,
      'E',
      'x',
      'i',
      'f',
      0,
      0,
      'M',
      'M',
      0,
      42,
      0,
      0,
      0,
      8,
      0,
      1,
      1,
      0x12,
      0,
      3,
      0,
      0,
      0,
      1,
      0,
      (byte) value,
      0,
      0,
      0,
      0,
      0,
      0
    };
    byte[] file = new byte[jpeg.length + exif.length];
    System.arraycopy(jpeg, 0, file, 0, 2);
    System.arraycopy(exif, 0, file, 2, exif.length);
    System.arraycopy(jpeg, 2, file, 2 + exif.length, jpeg.length - 2);
    return file;
  }

  private Path npy(String type, String shape, byte[] data) throws IOException {
    String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }";
    byte[] text =
        (header + " ".repeat(117 - header.length()) + "\n").getBytes(StandardCharsets.US_ASCII);
    byte[] file = new byte[10 + text.length + data.length];
    byte[] start = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) text.length, 0};
    System.arraycopy(start, 0, file, 0, 10);
    System.arraycopy(text, 0, file, 10, text.length);
    System.arraycopy(data, 0, file, 10 + text.length, data.length);
    return Files.write(folder.resolve("x.npy"), file);
  }

  private static void assertRejected(Path file, Input input, String what) {
    assertThatThrownBy(() -> ImageInput.read(file, input))
        .isInstanceOf(ImageRejected.class)
        .hasMessageContaining(what);
  }
}
