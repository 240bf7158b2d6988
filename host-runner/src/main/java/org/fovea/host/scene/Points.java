package org.fovea.host.scene;

import java.util.function.IntBinaryOperator;

/** Points of a plane, in order. */
final class Points {
  private final int[] xs;
  private final int[] ys;

  private Points(int[] xs, int[] ys) {
    this.xs = xs;
    this.ys = ys;
  }

  /** x, y, x, y, … */
  static Points of(int... values) {
    int[] xs = new int[values.length / 2];
    int[] ys = new int[values.length / 2];
    for (int i = 0; i < xs.length; i++) {
      xs[i] = values[2 * i];
      ys[i] = values[2 * i + 1];
    }
    return new Points(xs, ys);
  }

  int count() {
    return xs.length;
  }

  int x(int i) {
    return xs[i];
  }

  int y(int i) {
    return ys[i];
  }

  /** Each point moved and changed. */
  Points map(IntBinaryOperator toX, IntBinaryOperator toY) {
    int[] mappedX = new int[count()];
    int[] mappedY = new int[count()];
    for (int i = 0; i < mappedX.length; i++) {
      mappedX[i] = toX.applyAsInt(xs[i], ys[i]);
      mappedY[i] = toY.applyAsInt(xs[i], ys[i]);
    }
    return new Points(mappedX, mappedY);
  }

  /** The block that holds everything within {@code margin} of them. */
  Figure.Block around(int margin) {
    int left = Integer.MAX_VALUE;
    int top = Integer.MAX_VALUE;
    int right = Integer.MIN_VALUE;
    int bottom = Integer.MIN_VALUE;
    for (int i = 0; i < count(); i++) {
      left = Math.min(left, xs[i]);
      right = Math.max(right, xs[i]);
      top = Math.min(top, ys[i]);
      bottom = Math.max(bottom, ys[i]);
    }
    return new Figure.Block(left - margin, top - margin, right + margin + 1, bottom + margin + 1);
  }
}
