package org.fovea.host.image;

import org.fovea.host.manifest.Input;

/**
 * Pictures in a camera's formats, from and to 8-bit red, green, blue. docs/PIXELS.md has the
 * formulas; rows have a whole number of pixel pairs where two share their colour.
 */
public final class CameraPixels {
  private static final int HALF = 1 << 15;
  private static final int CENTRE = 128;

  private CameraPixels() {}

  /**
   * What a camera would have written.
   *
   * @param rgb three bytes a pixel, red first
   */
  static byte[] encode(Input.Pixels format, byte[] rgb) {
    return switch (format) {
      case RGB888 -> rgb.clone();
      case RGB565 -> rgb565(rgb);
      case YUV422 -> yuv422(rgb);
    };
  }

  /**
   * What the device makes of it.
   *
   * @return three bytes a pixel, red first
   */
  public static byte[] decode(Input.Pixels format, byte[] pixels) {
    return switch (format) {
      case RGB888 -> pixels.clone();
      case RGB565 -> rgbOf565(pixels);
      case YUV422 -> rgbOfYuv422(pixels);
    };
  }

  /** Low bits are cut off, as sensors and DMA2D do: with repeated top bits on the way back. */
  private static byte[] rgb565(byte[] rgb) {
    byte[] pixels = new byte[rgb.length / 3 * 2];
    for (int i = 0; i < pixels.length / 2; i++) {
      int red = rgb[3 * i] & 0xF8;
      int green = rgb[3 * i + 1] & 0xFC;
      int blue = rgb[3 * i + 2] & 0xF8;
      int word = red << 8 | green << 3 | blue >> 3;
      pixels[2 * i] = (byte) word;
      pixels[2 * i + 1] = (byte) (word >> 8);
    }
    return pixels;
  }

  private static byte[] rgbOf565(byte[] pixels) {
    byte[] rgb = new byte[pixels.length / 2 * 3];
    for (int i = 0; i < pixels.length / 2; i++) {
      int word = (pixels[2 * i] & 0xFF) | (pixels[2 * i + 1] & 0xFF) << 8;
      int red = word >> 11;
      int green = word >> 5 & 0x3F;
      int blue = word & 0x1F;
      rgb[3 * i] = (byte) (red << 3 | red >> 2);
      rgb[3 * i + 1] = (byte) (green << 2 | green >> 4);
      rgb[3 * i + 2] = (byte) (blue << 3 | blue >> 2);
    }
    return rgb;
  }

  /** Luma of each pixel, chroma of the sum of two, each rounded once. */
  private static byte[] yuv422(byte[] rgb) {
    byte[] pixels = new byte[rgb.length / 3 * 2];
    for (int i = 0; i < pixels.length; i += 4) {
      int at = i / 2 * 3;
      int red = (rgb[at] & 0xFF) + (rgb[at + 3] & 0xFF);
      int green = (rgb[at + 1] & 0xFF) + (rgb[at + 4] & 0xFF);
      int blue = (rgb[at + 2] & 0xFF) + (rgb[at + 5] & 0xFF);
      int offset = (CENTRE << 17) + (1 << 16) - 1;
      pixels[i] = luma(rgb, at);
      pixels[i + 1] = (byte) ((-11059 * red - 21709 * green + 32768 * blue + offset) >> 17);
      pixels[i + 2] = luma(rgb, at + 3);
      pixels[i + 3] = (byte) ((32768 * red - 27439 * green - 5329 * blue + offset) >> 17);
    }
    return pixels;
  }

  private static byte luma(byte[] rgb, int at) {
    int sum = 19595 * (rgb[at] & 0xFF) + 38470 * (rgb[at + 1] & 0xFF) + 7471 * (rgb[at + 2] & 0xFF);
    return (byte) ((sum + HALF) >> 16);
  }

  private static byte[] rgbOfYuv422(byte[] pixels) {
    byte[] rgb = new byte[pixels.length / 2 * 3];
    for (int i = 0; i < pixels.length / 2; i++) {
      int luma = pixels[2 * i] & 0xFF;
      int u = (pixels[i / 2 * 4 + 1] & 0xFF) - CENTRE;
      int v = (pixels[i / 2 * 4 + 3] & 0xFF) - CENTRE;
      rgb[3 * i] = clamp(luma + ((91881 * v + HALF) >> 16));
      rgb[3 * i + 1] = clamp(luma + ((-22554 * u - 46802 * v + HALF) >> 16));
      rgb[3 * i + 2] = clamp(luma + ((116130 * u + HALF) >> 16));
    }
    return rgb;
  }

  private static byte clamp(int value) {
    return (byte) Math.max(0, Math.min(255, value));
  }
}
