package org.fovea.host.image;

/**
 * Anti-aliased rectangles and strokes on a copy of a photo. Coordinates in pixels, 0 = left or top
 * edge.
 */
final class Canvas {
  private final int width;
  private final int height;
  private final byte[] rgb;

  Canvas(Photo photo) {
    width = photo.width();
    height = photo.height();
    rgb = photo.copyOfRgb();
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  Photo photo() {
    return new Photo(width, height, rgb.clone());
  }

  /** Fills a rectangle; an edge inside a pixel covers it in part. */
  void fill(double left, double top, double right, double bottom, int colour, double alpha) {
    for (int y = first(top); y < last(bottom, height); y++) {
      double vertical = Math.min(y + 1, bottom) - Math.max(y, top);
      for (int x = first(left); x < last(right, width); x++) {
        double horizontal = Math.min(x + 1, right) - Math.max(x, left);
        blend(x, y, colour, alpha * vertical * horizontal);
      }
    }
  }

  /** Draws a segment with round ends. */
  void stroke(double x0, double y0, double x1, double y1, double thickness, int colour) {
    double reach = thickness / 2 + 0.5;
    for (int y = first(Math.min(y0, y1) - reach); y < last(Math.max(y0, y1) + reach, height); y++) {
      for (int x = first(Math.min(x0, x1) - reach);
          x < last(Math.max(x0, x1) + reach, width);
          x++) {
        blend(x, y, colour, reach - distance(x + 0.5, y + 0.5, x0, y0, x1, y1));
      }
    }
  }

  private static int first(double edge) {
    return (int) Math.max(0, Math.floor(edge));
  }

  private static int last(double edge, int limit) {
    return (int) Math.min(limit, Math.ceil(edge));
  }

  private static double distance(double x, double y, double x0, double y0, double x1, double y1) {
    double dx = x1 - x0;
    double dy = y1 - y0;
    double square = dx * dx + dy * dy;
    double t = square == 0 ? 0 : ((x - x0) * dx + (y - y0) * dy) / square;
    double clamped = Math.max(0, Math.min(1, t));
    double nearX = x - x0 - clamped * dx;
    double nearY = y - y0 - clamped * dy;
    return Math.sqrt(nearX * nearX + nearY * nearY);
  }

  private void blend(int x, int y, int colour, double alpha) {
    double cover = Math.max(0, Math.min(1, alpha));
    for (int c = 0; c < Photo.CHANNELS; c++) {
      int at = (y * width + x) * Photo.CHANNELS + c;
      int old = rgb[at] & 0xFF;
      int fresh = (colour >> (16 - 8 * c)) & 0xFF;
      rgb[at] = (byte) Math.floor(old + (fresh - old) * cover + 0.5);
    }
  }
}
