package org.fovea.host.scene;

/** A box by its edges, in pixels. */
record Bounds(double left, double top, double right, double bottom) {
  double width() {
    return right - left;
  }

  double height() {
    return bottom - top;
  }

  Bounds within(int width, int height) {
    return new Bounds(
        Math.max(0, left), Math.max(0, top), Math.min(width, right), Math.min(height, bottom));
  }
}
