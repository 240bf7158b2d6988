package org.fovea.host.scene;

import java.util.ArrayList;
import java.util.List;

/** A wall near by: bricks, tiles, boards or bars. */
record Facade() implements Backdrop {
  @Override
  public void paint(Frame frame, Dice dice) {
    int size = frame.size();
    Brush brush = new Brush(frame, dice);
    int grain = dice.between(20, 220);
    int joint = brush.colour();
    int brick = brush.colour();
    int wide = dice.between(Math.max(3, size / 40), size / 4);
    int tall = dice.between(Math.max(2, size / 60), size / 5);
    int gap = dice.between(1, Math.max(1, tall / 4));
    int shift = dice.percent(60) ? wide / 2 : 0;
    brush.block(0, 0, size, size, joint, grain);
    Figure bricks = new Bricks(wide, tall, gap, shift).figure(size);
    brush.fill(bricks, 0, 0, size, size, brick, grain);
    int openings = dice.below(5);
    for (int i = 0; i < openings; i++) {
      int w = dice.between(size / 12, size / 2);
      int h = dice.between(size / 12, size / 2);
      int x = dice.below(size);
      int y = dice.below(size);
      brush.block(x, y, x + w, y + h, brush.colour(), 60);
      brush.block(x + w / 10, y + h / 10, x + w * 9 / 10, y + h * 9 / 10, brush.colour(), 120);
    }
  }

  /** Rows of equal blocks. */
  private record Bricks(int wide, int tall, int gap, int shift) {
    Figure figure(int size) {
      List<Figure> rows = new ArrayList<>();
      for (int y = 0, row = 0; y < size; y += tall + gap, row++) {
        List<Figure> parts = new ArrayList<>();
        for (int x = row % 2 * shift - wide; x < size; x += wide + gap) {
          parts.add(new Figure.Block(x, y, x + wide, y + tall));
        }
        rows.add(new Figure.Group(new Figure.Block(0, y, size, y + tall), parts));
      }
      return new Figure.Group(new Figure.Block(0, 0, size, size), rows);
    }
  }
}
