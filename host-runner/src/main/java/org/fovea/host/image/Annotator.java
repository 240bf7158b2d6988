package org.fovea.host.image;

import java.util.List;

/** Draws marks on a photo: the same pixels on every machine, with or without fonts. */
public final class Annotator {
  /**
   * Well apart from each other, also for colour-blind eyes (after Okabe and Ito), dark enough for
   * white text.
   */
  private static final int[] PALETTE = {
    0x0072B2, 0xB8421F, 0x00795B, 0x9C4678, 0x8A6500, 0x1B6E9C, 0x6A3D9A, 0x444444
  };

  private static final int WHITE = 0xFFFFFF;
  private static final int HALO = 0x000000;

  private Annotator() {}

  /** The colour of a mark as 0xRRGGBB, for legends. */
  public static int colour(int index) {
    return PALETTE[Math.floorMod(index, PALETTE.length)];
  }

  /** A copy of the photo with the marks, the last one on top. */
  public static Photo draw(Photo photo, List<Mark> marks) {
    Canvas canvas = new Canvas(photo);
    double unit = Math.max(1, Math.min(photo.width(), photo.height()) / 240.0);
    for (Mark mark : marks) {
      frame(canvas, mark, unit);
    }
    for (Mark mark : marks) {
      label(canvas, mark, unit);
    }
    return canvas.photo();
  }

  private static void frame(Canvas canvas, Mark mark, double unit) {
    outline(canvas, mark, 2.6 * unit, HALO, 0.35);
    outline(canvas, mark, 1.6 * unit, colour(mark.colour()), 1);
  }

  private static void outline(Canvas canvas, Mark mark, double width, int colour, double alpha) {
    double half = width / 2;
    double left = mark.left();
    double right = mark.right();
    double top = mark.top();
    double bottom = mark.bottom();
    canvas.fill(left - half, top - half, right + half, top + half, colour, alpha);
    canvas.fill(left - half, bottom - half, right + half, bottom + half, colour, alpha);
    canvas.fill(left - half, top + half, left + half, bottom - half, colour, alpha);
    canvas.fill(right - half, top + half, right + half, bottom - half, colour, alpha);
  }

  private static void label(Canvas canvas, Mark mark, double unit) {
    double pen = Math.max(1.4, 1.15 * unit);
    double pad = 2.2 * pen;
    double width = StrokeFont.width(mark.text()) * pen + 2 * pad;
    double height = StrokeFont.HEIGHT * pen + 2 * pad;
    double left = Math.max(0, Math.min(mark.left() - unit * 0.8, canvas.width() - width));
    double above = mark.top() - height;
    double top = above >= 0 ? above : Math.max(0, Math.min(mark.top(), canvas.height() - height));
    canvas.fill(left, top, left + width, top + height, colour(mark.colour()), 0.92);
    StrokeFont.draw(mark.text(), left + pad, top + pad, pen, canvas, WHITE);
  }
}
