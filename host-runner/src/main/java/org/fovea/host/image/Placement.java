package org.fovea.host.image;

import org.fovea.host.manifest.Input;

/**
 * Where a photo lies on the network's input: scaled to {@code width x height} pixels, its top left
 * corner at {@code (left, top)}. The sizes are whole, so the two scales may differ by a hair.
 */
public record Placement(int photoWidth, int photoHeight, int left, int top, int width, int height) {

  /** The placement that the manifest's fit asks for. */
  static Placement of(int photoWidth, int photoHeight, Input input) {
    if (input.fit() == Input.Fit.STRETCH) {
      return new Placement(photoWidth, photoHeight, 0, 0, input.width(), input.height());
    }
    double scale =
        Math.min((double) input.width() / photoWidth, (double) input.height() / photoHeight);
    int width = scaled(photoWidth, scale, input.width());
    int height = scaled(photoHeight, scale, input.height());
    boolean centred = input.fit() == Input.Fit.LETTERBOX;
    int left = centred ? (input.width() - width) / 2 : 0;
    int top = centred ? (input.height() - height) / 2 : 0;
    return new Placement(photoWidth, photoHeight, left, top, width, height);
  }

  /** For a tensor that no photo was placed on: input pixels are photo pixels. */
  public static Placement identity(int width, int height) {
    return new Placement(width, height, 0, 0, width, height);
  }

  /** The photo's x of an x on the input, both in pixels from the left edge. */
  public double photoX(double inputX) {
    return (inputX - left) * photoWidth / width;
  }

  /** The photo's y of a y on the input, both in pixels from the top edge. */
  public double photoY(double inputY) {
    return (inputY - top) * photoHeight / height;
  }

  private static int scaled(int side, double scale, int most) {
    return Math.max(1, Math.min(most, (int) Math.floor(side * scale + 0.5)));
  }
}
