package org.fovea.host.image;

/** Placements as the golden files state them. */
public final class GoldenPlacement {
  private GoldenPlacement() {}

  public static Placement topLeft(int width, int height, double scaleX, double scaleY) {
    int placedWidth = (int) Math.round(width * scaleX);
    int placedHeight = (int) Math.round(height * scaleY);
    return new Placement(width, height, 0, 0, placedWidth, placedHeight);
  }

  /** A square photo stretched over a square input. */
  public static Placement square(int input, int photo) {
    return new Placement(photo, photo, 0, 0, input, input);
  }
}
