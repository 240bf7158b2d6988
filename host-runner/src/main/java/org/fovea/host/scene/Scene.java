package org.fovea.host.scene;

import java.util.List;
import org.fovea.host.image.Photo;

/** A picture and what is on it. */
public record Scene(Photo photo, List<Sign> signs) {
  public Scene {
    signs = List.copyOf(signs);
  }

  /**
   * A sign on the picture.
   *
   * @param left edges of the box around the whole sign, cut at the picture's border, in pixels
   * @param visible share of the sign's area that is in the picture and not hidden, 0.6 .. 1
   */
  public record Sign(
      SignClass kind, double left, double top, double right, double bottom, double visible) {
    public double width() {
      return right - left;
    }

    public double height() {
      return bottom - top;
    }
  }
}
