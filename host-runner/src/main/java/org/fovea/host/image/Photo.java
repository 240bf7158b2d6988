package org.fovea.host.image;

/**
 * A picture of 8-bit red, green, blue values. Immutable once it left its maker; row by row, top
 * left first, three bytes a pixel.
 */
public final class Photo {
  static final int CHANNELS = 3;

  private final int width;
  private final int height;
  private final byte[] rgb;

  /** Takes the array over: the caller keeps no reference. */
  Photo(int width, int height, byte[] rgb) {
    if (rgb.length != (long) width * height * CHANNELS) {
      throw new IllegalStateException(rgb.length + " bytes for " + width + "x" + height);
    }
    this.width = width;
    this.height = height;
    this.rgb = rgb;
  }

  /** Of width x height x 3 bytes, row by row from the top, red first. */
  public static Photo ofRgb(int width, int height, byte[] rgb) {
    return new Photo(width, height, rgb.clone());
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  /** 0..255; channel 0 is red, 1 green, 2 blue. */
  public int value(int x, int y, int channel) {
    return rgb[(y * width + x) * CHANNELS + channel] & 0xFF;
  }

  byte[] copyOfRgb() {
    return rgb.clone();
  }
}
