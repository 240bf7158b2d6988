package org.fovea.host.scene;

/** The pixels whose centres a drawing covers, within the frame. */
final class Mask {
  private final int left;
  private final int top;
  private final int width;
  private final int height;
  private final boolean[] covered;

  private Mask(int left, int top, int right, int bottom) {
    this.left = left;
    this.top = top;
    this.width = Math.max(0, right - left);
    this.height = Math.max(0, bottom - top);
    this.covered = new boolean[width * height];
  }

  static Mask of(Art art, View view, int frameSize) {
    Bounds box = view.bounds(art.outline()).within(frameSize, frameSize);
    Mask mask =
        new Mask(
            (int) StrictMath.floor(box.left()),
            (int) StrictMath.floor(box.top()),
            (int) StrictMath.ceil(box.right()),
            (int) StrictMath.ceil(box.bottom()));
    for (int y = 0, at = 0; y < mask.height; y++) {
      int fy = (mask.top + y) * View.STEPS + View.STEPS / 2;
      for (int x = 0; x < mask.width; x++, at++) {
        int fx = (mask.left + x) * View.STEPS + View.STEPS / 2;
        mask.covered[at] = art.covers(view.planeX(fx, fy), view.planeY(fx, fy));
      }
    }
    return mask;
  }

  int count() {
    int count = 0;
    for (boolean pixel : covered) {
      count += pixel ? 1 : 0;
    }
    return count;
  }

  /** How many pixels both cover. */
  int common(Mask other) {
    int common = 0;
    for (int y = Math.max(top, other.top); y < Math.min(bottom(), other.bottom()); y++) {
      for (int x = Math.max(left, other.left); x < Math.min(right(), other.right()); x++) {
        common += covered[at(x, y)] && other.covered[other.at(x, y)] ? 1 : 0;
      }
    }
    return common;
  }

  /** Takes away what the other covers. */
  void remove(Mask other) {
    for (int y = Math.max(top, other.top); y < Math.min(bottom(), other.bottom()); y++) {
      for (int x = Math.max(left, other.left); x < Math.min(right(), other.right()); x++) {
        covered[at(x, y)] &= !other.covered[other.at(x, y)];
      }
    }
  }

  private int at(int x, int y) {
    return (y - top) * width + x - left;
  }

  private int right() {
    return left + width;
  }

  private int bottom() {
    return top + height;
  }
}
