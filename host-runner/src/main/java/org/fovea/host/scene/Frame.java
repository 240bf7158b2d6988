package org.fovea.host.scene;

/**
 * A picture in the making: rows of red, green, blue, each 0 .. 4095, sixteen steps an 8-bit one.
 */
final class Frame {
  static final int MOST = 4095;

  private final int size;
  private final int[] values;

  Frame(int size) {
    this.size = size;
    this.values = new int[size * size * 3];
  }

  /** Width and height. */
  int size() {
    return size;
  }

  int[] values() {
    return values;
  }

  /** Mixes a colour in. */
  void mix(int x, int y, int red, int green, int blue, int alpha) {
    int at = (y * size + x) * 3;
    values[at] += (clamp(red) - values[at]) * alpha / 255;
    values[at + 1] += (clamp(green) - values[at + 1]) * alpha / 255;
    values[at + 2] += (clamp(blue) - values[at + 2]) * alpha / 255;
  }

  void set(int x, int y, int colour, int light) {
    int at = (y * size + x) * 3;
    values[at] = clamp((colour >> 16) * 16 + light);
    values[at + 1] = clamp((colour >> 8 & 0xFF) * 16 + light);
    values[at + 2] = clamp((colour & 0xFF) * 16 + light);
  }

  static int clamp(int value) {
    return value < 0 ? 0 : Math.min(value, MOST);
  }
}
