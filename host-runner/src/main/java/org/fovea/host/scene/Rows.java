package org.fovea.host.scene;

import java.util.Arrays;

/** From where to where a convex shape reaches in each row. */
final class Rows {
  private final int top;
  private final int[] first;
  private final int[] last;

  private Rows(int top, int[] first, int[] last) {
    this.top = top;
    this.first = first;
    this.last = last;
  }

  static Rows of(Points corners) {
    Figure.Block around = corners.around(0);
    int count = around.bottom() - around.top();
    int[] first = new int[count];
    int[] last = new int[count];
    Arrays.fill(first, Integer.MAX_VALUE);
    Arrays.fill(last, Integer.MIN_VALUE);
    Rows rows = new Rows(around.top(), first, last);
    for (int i = 0; i < corners.count(); i++) {
      int next = (i + 1) % corners.count();
      rows.edge(corners.x(i), corners.y(i), corners.x(next), corners.y(next));
    }
    return rows;
  }

  boolean cover(int x, int y) {
    int row = y - top;
    return row >= 0 && row < first.length && x >= first[row] && x <= last[row];
  }

  private void edge(int fromX, int fromY, int toX, int toY) {
    if (fromY > toY) {
      edge(toX, toY, fromX, fromY);
      return;
    }
    for (int y = fromY; y <= toY; y++) {
      int x = fromY == toY ? fromX : fromX + (toX - fromX) * (y - fromY) / (toY - fromY);
      first[y - top] = Math.min(first[y - top], x);
      last[y - top] = Math.max(last[y - top], x);
    }
    first[toY - top] = Math.min(first[toY - top], toX);
    last[toY - top] = Math.max(last[toY - top], toX);
  }
}
