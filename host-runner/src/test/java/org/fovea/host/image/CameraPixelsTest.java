package org.fovea.host.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.fovea.host.Deployments;
import org.fovea.host.fault.ImageRejected;
import org.fovea.host.fault.ManifestRejected;
import org.fovea.host.manifest.Input;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CameraPixelsTest {
  @TempDir Path folder;

  private static Input input(String pixels, int width, int height) {
    return Deployments.edited(
            root ->
                ((ObjectNode) root.get("input"))
                    .put("pixels", pixels)
                    .put("width", width)
                    .put("height", height)
                    .put("pad_pixel", 200)
                    .put("fit", "letterbox"))
        .input();
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  @Test
  void rgb565IsLittleEndianWithRedOnTop() {
    byte[] rgb = bytes(255, 0, 0, 0, 255, 0, 0, 0, 255, 0x87, 0x43, 0x2F);
    byte[] pixels = bytes(0x00, 0xF8, 0xE0, 0x07, 0x1F, 0x00, 0x05, 0x82);
    assertThat(CameraPixels.encode(Input.Pixels.RGB565, rgb)).isEqualTo(pixels);
    assertThat(CameraPixels.decode(Input.Pixels.RGB565, pixels))
        .isEqualTo(bytes(255, 0, 0, 0, 255, 0, 0, 0, 255, 0x84, 0x41, 0x29));
  }

  @Test
  void yuv422IsYuyvOverTheFullRange() {
    byte[] grey = bytes(0, 0, 0, 255, 255, 255, 77, 77, 77, 78, 78, 78);
    assertThat(CameraPixels.encode(Input.Pixels.YUV422, grey))
        .isEqualTo(bytes(0, 128, 255, 128, 77, 128, 78, 128));
    byte[] red = bytes(255, 0, 0, 255, 0, 0);
    byte[] pixels = bytes(76, 85, 76, 255);
    assertThat(CameraPixels.encode(Input.Pixels.YUV422, red)).isEqualTo(pixels);
    assertThat(CameraPixels.decode(Input.Pixels.YUV422, pixels))
        .isEqualTo(bytes(254, 0, 0, 254, 0, 0));
    byte[] both = bytes(255, 0, 0, 0, 0, 255);
    assertThat(CameraPixels.encode(Input.Pixels.YUV422, both))
        .as("chroma is the mean of the two")
        .isEqualTo(bytes(76, 170, 29, 181));
  }

  @Test
  void whatRgb565HoldsComesBackUnchanged() {
    for (int word = 0; word < 65_536; word++) {
      byte[] pixels = bytes(word, word >> 8);
      byte[] rgb = CameraPixels.decode(Input.Pixels.RGB565, pixels);
      assertThat(CameraPixels.encode(Input.Pixels.RGB565, rgb)).isEqualTo(pixels);
    }
  }

  @ParameterizedTest
  @EnumSource(Input.Pixels.class)
  void equalPairsComeBackNearly(Input.Pixels format) {
    int most =
        switch (format) {
          case RGB888 -> 0;
          case RGB565 -> 7;
          case YUV422 -> 2;
        };
    Random random = new Random(5);
    for (int i = 0; i < 20_000; i++) {
      byte[] pair = new byte[6];
      random.nextBytes(pair);
      System.arraycopy(pair, 0, pair, 3, 3);
      byte[] back = CameraPixels.decode(format, CameraPixels.encode(format, pair));
      for (int c = 0; c < pair.length; c++) {
        assertThat(Math.abs((back[c] & 0xFF) - (pair[c] & 0xFF))).isLessThanOrEqualTo(most);
      }
    }
  }

  /**
   * The definition in real numbers: BT.601, the exact sum rounded half up, but for ties of a hair.
   */
  @Test
  void yuvIsBt601() {
    Random random = new Random(6);
    for (int i = 0; i < 50_000; i++) {
      byte[] rgb = new byte[6];
      random.nextBytes(rgb);
      byte[] pixels = CameraPixels.encode(Input.Pixels.YUV422, rgb);
      double[] mean = new double[3];
      for (int c = 0; c < 3; c++) {
        mean[c] = ((rgb[c] & 0xFF) + (rgb[c + 3] & 0xFF)) / 2.0;
      }
      double luma = 0.299 * (rgb[3] & 0xFF) + 0.587 * (rgb[4] & 0xFF) + 0.114 * (rgb[5] & 0xFF);
      double meanLuma = 0.299 * mean[0] + 0.587 * mean[1] + 0.114 * mean[2];
      assertThat(Math.abs((pixels[2] & 0xFF) - luma)).isLessThan(0.51);
      assertThat(Math.abs((pixels[1] & 0xFF) - 128 - (mean[2] - meanLuma) / 1.772))
          .isLessThan(0.51);
      assertThat(Math.abs((pixels[3] & 0xFF) - 128 - (mean[0] - meanLuma) / 1.402))
          .isLessThan(0.51);
    }
  }

  @Test
  void aPhotoIsPaddedInColourThenEncoded() {
    byte[] red = new byte[8 * 4 * 3];
    for (int i = 0; i < red.length; i += 3) {
      red[i] = (byte) 255;
    }
    Input input = input("rgb565", 8, 8);
    ImageInput image = ImageInput.of("red", new Photo(8, 4, red), input);
    assertThat(image.tensor()).hasSize(8 * 8 * 2).hasSize(input.bytes());
    assertThat(Arrays.copyOf(image.tensor(), 2)).isEqualTo(bytes(0x59, 0xCE));
    assertThat(Arrays.copyOfRange(image.tensor(), 32, 34)).isEqualTo(bytes(0x00, 0xF8));
  }

  @Test
  void aCamerasFrameIsTakenAsItIs() throws IOException {
    Input input = input("yuv422", 4, 2);
    byte[] frame = new byte[4 * 2 * 2];
    Arrays.fill(frame, (byte) 128);
    ImageInput image = ImageInput.read(npy("|u1", "(2, 4, 2)", frame), input);
    assertThat(image.tensor()).isEqualTo(frame);
    assertThat(image.photo().value(3, 1, 2)).isEqualTo(128);
    Path tensor = npy("|i1", "(2, 4, 3)", new byte[24]);
    assertThatThrownBy(() -> ImageInput.read(tensor, input)).isInstanceOf(ImageRejected.class);
  }

  private Path npy(String type, String shape, byte[] data) throws IOException {
    String text = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }\n";
    byte[] header = text.getBytes(StandardCharsets.US_ASCII);
    byte[] file = new byte[10 + header.length + data.length];
    byte[] magic = bytes(0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, header.length, 0);
    System.arraycopy(magic, 0, file, 0, magic.length);
    System.arraycopy(header, 0, file, magic.length, header.length);
    System.arraycopy(data, 0, file, magic.length + header.length, data.length);
    return Files.write(folder.resolve("frame.npy"), file);
  }

  @Test
  void aManifestOfAnOddWidthOrOneChannelIsRefused() {
    assertThatThrownBy(() -> input("yuv422", 7, 4))
        .isInstanceOf(ManifestRejected.class)
        .hasMessageContaining("width is odd");
    assertThat(input("rgb565", 7, 4).rowBytes()).isEqualTo(14);
    assertThatThrownBy(() -> input("nv12", 8, 4))
        .isInstanceOf(ManifestRejected.class)
        .hasMessageContaining("[rgb888, rgb565, yuv422]");
  }
}
