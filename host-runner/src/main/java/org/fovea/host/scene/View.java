package org.fovea.host.scene;

/**
 * How a camera sees the plane of a drawing: a projective map from the plane's -1000 .. 1000 to
 * pixels, and back in integers.
 */
final class View {
  /** Coordinates of pixels in the way back are in units of 1/12 pixel: halves, thirds, quarters. */
  static final int STEPS = 12;

  private static final double PLANE = 1000;

  private final double[] forth;
  private final long[] back;

  private View(double[] forth) {
    this.forth = forth;
    this.back = fixed(inverse(forth));
  }

  /**
   * Turned about three axes and seen from a distance, before it is placed.
   *
   * @param yaw about the vertical axis, in radians
   * @param pitch about the horizontal axis
   * @param roll in the picture's plane
   * @param distance of the camera, in half widths of the drawing
   */
  static View turned(double yaw, double pitch, double roll, double distance) {
    double cy = StrictMath.cos(yaw);
    double sy = StrictMath.sin(yaw);
    double cp = StrictMath.cos(pitch);
    double sp = StrictMath.sin(pitch);
    double cr = StrictMath.cos(roll);
    double sr = StrictMath.sin(roll);
    double[] x = {cy, 0};
    double[] y = {sp * sy, cp};
    double[] z = {-cp * sy, sp};
    return new View(
        new double[] {
          (cr * x[0] - sr * y[0]) / PLANE,
          (cr * x[1] - sr * y[1]) / PLANE,
          0,
          (sr * x[0] + cr * y[0]) / PLANE,
          (sr * x[1] + cr * y[1]) / PLANE,
          0,
          z[0] / PLANE / distance,
          z[1] / PLANE / distance,
          1
        });
  }

  /** Seen straight on. */
  static View flat() {
    return turned(0, 0, 0, 4);
  }

  /** Scaled and moved so that the outline's box has this longer side and this centre, in pixels. */
  View placed(Figure.Convex outline, double side, double centreX, double centreY) {
    Bounds seen = bounds(outline);
    double scale = side / Math.max(seen.width(), seen.height());
    double moveX = centreX - scale * (seen.left() + seen.right()) / 2;
    double moveY = centreY - scale * (seen.top() + seen.bottom()) / 2;
    double[] h = forth;
    double[] placed = new double[9];
    for (int i = 0; i < 3; i++) {
      placed[i] = scale * h[i] + moveX * h[6 + i];
      placed[3 + i] = scale * h[3 + i] + moveY * h[6 + i];
      placed[6 + i] = h[6 + i];
    }
    return new View(placed);
  }

  /** The box around the outline, in pixels. */
  Bounds bounds(Figure.Convex outline) {
    double left = Double.POSITIVE_INFINITY;
    double top = Double.POSITIVE_INFINITY;
    double right = Double.NEGATIVE_INFINITY;
    double bottom = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < outline.corners().count(); i++) {
      double x = x(outline, i);
      double y = y(outline, i);
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
    return new Bounds(left, top, right, bottom);
  }

  /** The area of the outline in square pixels. */
  double area(Figure.Convex outline) {
    double twice = 0;
    int count = outline.corners().count();
    for (int i = 0; i < count; i++) {
      int next = (i + 1) % count;
      twice += x(outline, i) * y(outline, next) - x(outline, next) * y(outline, i);
    }
    return Math.abs(twice) / 2;
  }

  /** Where on the plane a point of the picture lies; coordinates in 1/{@link #STEPS} pixel. */
  int planeX(int x, int y) {
    return (int) ((back[0] * x + back[1] * y + back[2]) / depth(x, y));
  }

  int planeY(int x, int y) {
    return (int) ((back[3] * x + back[4] * y + back[5]) / depth(x, y));
  }

  private long depth(int x, int y) {
    return Math.max(1, back[6] * x + back[7] * y + back[8]);
  }

  private double x(Figure.Convex outline, int i) {
    double u = outline.corners().x(i);
    double v = outline.corners().y(i);
    return (forth[0] * u + forth[1] * v + forth[2]) / (forth[6] * u + forth[7] * v + forth[8]);
  }

  private double y(Figure.Convex outline, int i) {
    double u = outline.corners().x(i);
    double v = outline.corners().y(i);
    return (forth[3] * u + forth[4] * v + forth[5]) / (forth[6] * u + forth[7] * v + forth[8]);
  }

  /** The adjugate, which is the inverse but for a factor that the division removes. */
  private static double[] inverse(double[] h) {
    return new double[] {
      h[4] * h[8] - h[5] * h[7],
      h[2] * h[7] - h[1] * h[8],
      h[1] * h[5] - h[2] * h[4],
      h[5] * h[6] - h[3] * h[8],
      h[0] * h[8] - h[2] * h[6],
      h[2] * h[3] - h[0] * h[5],
      h[3] * h[7] - h[4] * h[6],
      h[1] * h[6] - h[0] * h[7],
      h[0] * h[4] - h[1] * h[3]
    };
  }

  /** In whole numbers, scaled so that products with coordinates below 2^14 stay within a long. */
  private static long[] fixed(double[] inverse) {
    double largest = 0;
    for (int i = 0; i < 9; i++) {
      double value = i % 3 == 2 ? inverse[i] * STEPS : inverse[i];
      largest = Math.max(largest, Math.abs(value));
    }
    double scale = 0x1p46 / largest;
    if (inverse[8] < 0) {
      scale = -scale;
    }
    long[] fixed = new long[9];
    for (int i = 0; i < 9; i++) {
      fixed[i] = StrictMath.round(scale * (i % 3 == 2 ? inverse[i] * STEPS : inverse[i]));
    }
    return fixed;
  }
}
