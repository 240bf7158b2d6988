package org.fovea.host.scene;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A flat drawing in a plane of -1000 .. 1000.
 *
 * @param outline all of it lies within; its corners give the bounding box
 * @param layers topmost first; together they cover the outline
 */
record Art(Figure.Convex outline, List<Layer> layers) {
  /** One colour, 0xRRGGBB. */
  record Layer(Figure figure, int colour) {}

  /** Painted from the ground upwards. */
  static Builder on(Figure.Convex outline, int colour) {
    return new Builder(outline, colour);
  }

  /** Painted on glass: nothing where no layer is. */
  static Builder within(Figure.Convex outline) {
    return new Builder(outline);
  }

  boolean covers(int x, int y) {
    if (!outline.covers(x, y)) {
      return false;
    }
    Figure ground = layers.get(layers.size() - 1).figure();
    return ground == outline || colour(x, y) >= 0;
  }

  /** The colour at a point, or -1 outside. */
  int colour(int x, int y) {
    if (!outline.covers(x, y)) {
      return -1;
    }
    for (int i = 0; i < layers.size(); i++) {
      if (layers.get(i).figure().covers(x, y)) {
        return layers.get(i).colour();
      }
    }
    return -1;
  }

  /** Collects layers in the order of painting. */
  static final class Builder {
    private final Figure.Convex outline;
    private final List<Layer> layers = new ArrayList<>();

    private Builder(Figure.Convex outline) {
      this.outline = outline;
    }

    private Builder(Figure.Convex outline, int colour) {
      this(outline);
      layers.add(new Layer(outline, colour));
    }

    Builder paint(Figure figure, int colour) {
      layers.add(new Layer(figure, colour));
      return this;
    }

    /** A thick line from point to point: x, y, x, y, … */
    Builder line(int radius, int colour, int... points) {
      return paint(Figure.Stroke.of(Points.of(points), radius), colour);
    }

    /** The inside of a closed line of points: x, y, x, y, … */
    Builder area(int colour, int... points) {
      return paint(new Figure.Polygon(Points.of(points)), colour);
    }

    Builder disc(int x, int y, int radius, int colour) {
      return paint(new Figure.Disc(x, y, radius), colour);
    }

    Builder block(int left, int top, int right, int bottom, int colour) {
      return paint(new Figure.Block(left, top, right, bottom), colour);
    }

    Art build() {
      List<Layer> topFirst = new ArrayList<>(layers);
      Collections.reverse(topFirst);
      return new Art(outline, List.copyOf(topFirst));
    }
  }
}
