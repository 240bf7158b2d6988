package org.fovea.host.scene;

import java.util.List;

/** Fills shapes of a backdrop with a colour that grain and a gradient disturb. */
final class Brush {
  private static final List<Integer> NATURAL =
      List.of(
          0x3B5323, 0x5B7032, 0x7C8F4A, 0x2F3E1F, 0x98A869, 0x6B4F35, 0x8A6B4A, 0xA98E6B, 0x4A3728,
          0x8E8E8A, 0x6C6E70, 0xB4B2AC, 0x45474A, 0x2A2B2E, 0xD9D6CF, 0xF0EFEA, 0x8FB4D8, 0xB9D0E4,
          0x5F87B5, 0x9C4A3A, 0xB5654A, 0x7A3B30, 0xC9B48C, 0xE0D0A8, 0x55606B, 0x72808C);

  private final Frame frame;
  private final Dice dice;

  Brush(Frame frame, Dice dice) {
    this.frame = frame;
    this.dice = dice;
  }

  /** A colour of nature or of buildings; now and then any colour. */
  int colour() {
    if (dice.percent(12)) {
      return dice.below(0x1000000);
    }
    int base = dice.pick(NATURAL);
    int light = (int) dice.around(40);
    return channel((base >> 16) + light) << 16
        | channel((base >> 8 & 0xFF) + light) << 8
        | channel((base & 0xFF) + light);
  }

  /**
   * @param grain 0 none .. 255 strong
   */
  void fill(Figure figure, int left, int top, int right, int bottom, int colour, int grain) {
    Grain texture = Grain.of(dice);
    int slope = (int) dice.around(900);
    int stripes = dice.percent(12) ? dice.between(2, 9) : 0;
    int depth = dice.between(100, 900);
    int size = frame.size();
    for (int y = Math.max(0, top); y < Math.min(size, bottom); y++) {
      for (int x = Math.max(0, left); x < Math.min(size, right); x++) {
        if (figure.covers(x, y)) {
          int light = texture.at(x, y) * grain / 16 + slope * (y - top) / size;
          if (stripes > 0 && (x + y * 3 / 2) / stripes % 2 == 0) {
            light -= depth;
          }
          frame.set(x, y, colour, light);
        }
      }
    }
  }

  void block(int left, int top, int right, int bottom, int colour, int grain) {
    Figure.Block block = new Figure.Block(left, top, right, bottom);
    fill(block, left, top, right, bottom, colour, grain);
  }

  void disc(int x, int y, int radius, int colour, int grain) {
    Figure.Disc disc = new Figure.Disc(x, y, radius);
    fill(disc, x - radius, y - radius, x + radius + 1, y + radius + 1, colour, grain);
  }

  void polygon(int colour, int grain, int... points) {
    Points corners = Points.of(points);
    Figure.Block around = corners.around(0);
    Figure.Polygon polygon = new Figure.Polygon(corners);
    fill(polygon, around.left(), around.top(), around.right(), around.bottom(), colour, grain);
  }

  private static int channel(int value) {
    return Math.max(0, Math.min(255, value));
  }
}
