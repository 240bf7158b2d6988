package org.fovea.generator.darknet;

/** Pixels of the network's input. */
public record ImageSize(int width, int height) {
  static final int MAX = 8192;

  public ImageSize {
    if (width < 1 || height < 1 || width > MAX || height > MAX) {
      throw new IllegalArgumentException(width + "x" + height + ": each side is 1 to " + MAX);
    }
  }
}
