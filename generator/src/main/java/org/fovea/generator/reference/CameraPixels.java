package org.fovea.generator.reference;

import org.fovea.generator.ir.PixelFormat;

/**
 * A camera's pixels as 8-bit red, green, blue: what {@code fv_rgb565_s8} and {@code fv_yuv422_s8}
 * compute before their tables. docs/PIXELS.md has the formulas.
 */
public final class CameraPixels {
  private static final int HALF = 1 << 15;

  private CameraPixels() {}

  /**
   * Expands pixels.
   *
   * @param pixels whole rows of {@code format}
   * @return three bytes a pixel, red first
   */
  public static byte[] rgb(PixelFormat format, byte[] pixels) {
    return switch (format) {
      case RGB888 -> pixels.clone();
      case RGB565 -> rgb565(pixels);
      case YUV422 -> yuv422(pixels);
    };
  }

  /** The top bits of a value fill its low ones, so that 0 stays 0 and all ones become 255. */
  private static byte[] rgb565(byte[] pixels) {
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

  /** BT.601, full range, in 16 fractional bits: libjpeg's constants and rounding. */
  private static byte[] yuv422(byte[] pixels) {
    byte[] rgb = new byte[pixels.length / 2 * 3];
    for (int i = 0; i < pixels.length / 2; i++) {
      int luma = pixels[2 * i] & 0xFF;
      int u = (pixels[i / 2 * 4 + 1] & 0xFF) - 128;
      int v = (pixels[i / 2 * 4 + 3] & 0xFF) - 128;
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
