package org.fovea.host.scene;

/** Closed lines that signs are cut to, in the sign's plane: -1000 .. 1000 on its longer side. */
final class Outline {
  private static final int STEPS_PER_CORNER = 5;

  private Outline() {}

  /** A circle of 48 corners. */
  static Figure.Convex circle(int radius) {
    return regular(48, radius, 0);
  }

  /** An octagon that stands on a side; {@code apothem} from the centre to a side. */
  static Figure.Convex octagon(int apothem) {
    double radius = apothem / StrictMath.cos(StrictMath.PI / 8);
    return regular(8, (int) StrictMath.round(radius), StrictMath.PI / 8);
  }

  /** A regular polygon; {@code turn} radians from a corner on the right. */
  static Figure.Convex regular(int corners, int radius, double turn) {
    int[] points = new int[2 * corners];
    for (int i = 0; i < corners; i++) {
      double angle = turn + 2 * StrictMath.PI * i / corners;
      points[2 * i] = (int) StrictMath.round(radius * StrictMath.cos(angle));
      points[2 * i + 1] = (int) StrictMath.round(radius * StrictMath.sin(angle));
    }
    return Figure.Convex.of(Points.of(points));
  }

  /**
   * An equilateral triangle with rounded corners, its box centred on the origin.
   *
   * @param half half of the width that the sharp triangle would have
   * @param radius of the corners
   * @param up whether it stands on a side, or on a corner
   */
  static Figure.Convex triangle(int half, int radius, boolean up) {
    double height = half * StrictMath.sqrt(3);
    double toSide = height / 3;
    double[] turns = {-StrictMath.PI / 2, StrictMath.PI / 6, StrictMath.PI * 5 / 6};
    int count = turns.length * STEPS_PER_CORNER;
    int[] points = new int[2 * count];
    for (int i = 0; i < count; i++) {
      double corner = turns[i / STEPS_PER_CORNER];
      double share = (double) (i % STEPS_PER_CORNER) / (STEPS_PER_CORNER - 1) - 0.5;
      double angle = corner + share * StrictMath.PI * 2 / 3;
      double reach = 2 * toSide - 2 * radius;
      double x = reach * StrictMath.cos(corner) + radius * StrictMath.cos(angle);
      double y = reach * StrictMath.sin(corner) + radius * StrictMath.sin(angle);
      points[2 * i] = (int) StrictMath.round(x);
      points[2 * i + 1] = (int) StrictMath.round((up ? 1 : -1) * (y + toSide / 2));
    }
    return Figure.Convex.of(Points.of(points));
  }

  /** A rectangle with its corners cut by {@code cut}. */
  static Figure.Convex plate(int halfWidth, int halfHeight, int cut) {
    int w = halfWidth;
    int h = halfHeight;
    int c = w - cut;
    int d = h - cut;
    return Figure.Convex.of(Points.of(-c, -h, c, -h, w, -d, w, d, c, h, -c, h, -w, d, -w, -d));
  }

  /** A square on its corner. */
  static Figure.Convex diamond(int half) {
    return Figure.Convex.of(Points.of(0, -half, half, 0, 0, half, -half, 0));
  }
}
