package org.fovea.host.scene;

import java.util.ArrayList;
import java.util.List;
import org.fovea.host.image.StrokeFont;

/** Words and numbers as strokes. */
final class Lettering {
  private Lettering() {}

  /**
   * Text that fills a box around a centre.
   *
   * @param stroke half the width of a stroke
   */
  static Figure text(String text, int x, int y, int halfWidth, int halfHeight, int stroke) {
    List<int[]> lines = StrokeFont.strokes(text);
    int widest = 1;
    for (int[] line : lines) {
      for (int i = 0; i < line.length; i += 2) {
        widest = Math.max(widest, line[i]);
      }
    }
    int rightmost = widest;
    int width = 2 * (halfWidth - stroke);
    int height = 2 * (halfHeight - stroke);
    List<Figure> parts = new ArrayList<>();
    for (int[] line : lines) {
      Points points =
          Points.of(line)
              .map(
                  (u, v) -> x - width / 2 + u * width / rightmost,
                  (u, v) -> y - height / 2 + v * height / StrokeFont.BASE_LINE);
      parts.add(Figure.Stroke.of(points, stroke));
    }
    Figure.Block around =
        new Figure.Block(x - halfWidth, y - halfHeight, x + halfWidth + 1, y + halfHeight + 1);
    return new Figure.Group(around, List.copyOf(parts));
  }
}
