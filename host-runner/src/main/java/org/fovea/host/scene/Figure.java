package org.fovea.host.scene;

import java.util.List;

/** A shape on a plane of integer coordinates; y grows downwards. */
sealed interface Figure {
  /** Whether the point lies in it. */
  boolean covers(int x, int y);

  /** A circle and its inside. */
  record Disc(int x, int y, int radius) implements Figure {
    @Override
    public boolean covers(int px, int py) {
      long dx = (long) px - x;
      long dy = (long) py - y;
      return dx * dx + dy * dy <= (long) radius * radius;
    }
  }

  /** A rectangle along the axes; right and bottom are outside. */
  record Block(int left, int top, int right, int bottom) implements Figure {
    @Override
    public boolean covers(int x, int y) {
      return x >= left && x < right && y >= top && y < bottom;
    }
  }

  /** The inside of a closed line of points, by the even-odd rule. */
  record Polygon(Points corners) implements Figure {
    @Override
    public boolean covers(int x, int y) {
      boolean inside = false;
      for (int i = 0, j = corners.count() - 1; i < corners.count(); j = i++) {
        int yi = corners.y(i);
        int yj = corners.y(j);
        if (yi > y != yj > y) {
          long across = ((long) corners.x(j) - corners.x(i)) * (y - yi);
          long along = ((long) x - corners.x(i)) * (yj - yi);
          inside ^= yj > yi ? along < across : along > across;
        }
      }
      return inside;
    }
  }

  /**
   * The inside of a convex line of points, found by a table of rows.
   *
   * @param corners in order around it
   */
  record Convex(Points corners, Rows rows) implements Figure {
    static Convex of(Points corners) {
      return new Convex(corners, Rows.of(corners));
    }

    @Override
    public boolean covers(int x, int y) {
      return rows.cover(x, y);
    }
  }

  /** Everything within {@code radius} of a line from point to point: round ends and joints. */
  record Stroke(Points line, int radius, Block around) implements Figure {
    static Stroke of(Points line, int radius) {
      return new Stroke(line, radius, line.around(radius));
    }

    @Override
    public boolean covers(int x, int y) {
      if (!around.covers(x, y)) {
        return false;
      }
      for (int i = 0; i + 1 < line.count(); i++) {
        if (near(x, y, i)) {
          return true;
        }
      }
      return false;
    }

    private boolean near(int x, int y, int i) {
      long dx = (long) line.x(i + 1) - line.x(i);
      long dy = (long) line.y(i + 1) - line.y(i);
      long px = (long) x - line.x(i);
      long py = (long) y - line.y(i);
      long within = (long) radius * radius;
      long length = dx * dx + dy * dy;
      long along = px * dx + py * dy;
      if (along <= 0) {
        return px * px + py * py <= within;
      }
      if (along >= length) {
        long qx = px - dx;
        long qy = py - dy;
        return qx * qx + qy * qy <= within;
      }
      long across = px * dy - py * dx;
      return across * across <= within * length;
    }
  }

  /** What any of its parts covers, looked at only within a block around them. */
  record Group(Block around, List<Figure> parts) implements Figure {
    @Override
    public boolean covers(int x, int y) {
      if (!around.covers(x, y)) {
        return false;
      }
      for (Figure part : parts) {
        if (part.covers(x, y)) {
          return true;
        }
      }
      return false;
    }
  }
}
