package org.fovea.host.scene;

/** A road below a sky, with trees, houses and cars beside it. */
record Countryside() implements Backdrop {
  private static final int[] SKIES = {0x8FB4D8, 0xBFD3E6, 0xD8DCE0, 0x6C7480, 0xE8C9A0, 0x2A3040};
  private static final int[] GROUNDS = {0x5B7032, 0x7C8F4A, 0x8A7A55, 0xB4A98A, 0x4B5540, 0xD8DCDC};
  private static final int[] LEAVES = {0x2F4A1C, 0x46602A, 0x5E7A35, 0x7A6A2A, 0x8A4A20, 0x39503A};

  @Override
  public void paint(Frame frame, Dice dice) {
    int size = frame.size();
    Brush brush = new Brush(frame, dice);
    int horizon = size * dice.between(30, 68) / 100;
    brush.block(0, 0, size, horizon, SKIES[dice.below(SKIES.length)], dice.between(20, 160));
    brush.block(0, horizon, size, size, GROUNDS[dice.below(GROUNDS.length)], dice.between(60, 255));
    if (dice.percent(50)) {
      hills(brush, dice, size, horizon);
    }
    int things = dice.between(3, 14);
    for (int i = 0; i < things; i++) {
      int kind = dice.below(10);
      if (kind < 4) {
        tree(brush, dice, size, horizon);
      } else if (kind < 8) {
        house(brush, dice, size, horizon);
      } else {
        pole(brush, dice, size, horizon);
      }
    }
    if (dice.percent(80)) {
      road(brush, dice, size, horizon);
    }
    int cars = dice.below(4);
    for (int i = 0; i < cars; i++) {
      car(brush, dice, size, horizon);
    }
  }

  private static void hills(Brush brush, Dice dice, int size, int horizon) {
    int count = dice.between(1, 4);
    for (int i = 0; i < count; i++) {
      int x = dice.below(size);
      int half = dice.between(size / 4, size);
      int top = horizon - dice.between(size / 30, size / 4);
      brush.polygon(brush.colour(), 80, x - half, horizon + 1, x, top, x + half, horizon + 1);
    }
  }

  private static void road(Brush brush, Dice dice, int size, int horizon) {
    int x = dice.between(size / 4, size * 3 / 4);
    int left = dice.between(-size, size / 3);
    int right = dice.between(size * 2 / 3, size * 2);
    int grey = dice.between(0x40, 0x98) * 0x010101;
    int grain = dice.between(40, 200);
    brush.polygon(grey, grain, x - 2, horizon, x + 2, horizon, right, size, left, size);
    int dashes = dice.between(0, 6);
    for (int i = 0; i < dashes; i++) {
      int far = horizon + (size - horizon) * i * i / 36 + 2;
      int near = far + 2 + (size - horizon) * (2 * i + 1) / 90;
      int middle = (left + right) / 2;
      int xf = x + (middle - x) * (far - horizon) / Math.max(1, size - horizon);
      int xn = x + (middle - x) * (near - horizon) / Math.max(1, size - horizon);
      int wide = 1 + i * size / 400;
      brush.polygon(0xE8E8E0, 40, xf - wide, far, xf + wide, far, xn + wide, near, xn - wide, near);
    }
  }

  private static void tree(Brush brush, Dice dice, int size, int horizon) {
    int x = dice.below(size);
    int tall = dice.between(size / 16, size / 2);
    int foot = horizon + dice.between(0, size / 8);
    int trunk = Math.max(1, tall / 14);
    brush.block(x - trunk, foot - tall, x + trunk, foot, 0x4A3728, 160);
    int colour = LEAVES[dice.below(LEAVES.length)];
    int crowns = dice.between(3, 9);
    for (int i = 0; i < crowns; i++) {
      int dx = (int) dice.around(tall / 2.0);
      int dy = (int) dice.around(tall / 3.0);
      brush.disc(x + dx, foot - tall + dy, Math.max(2, tall / dice.between(3, 7)), colour, 255);
    }
  }

  private static void house(Brush brush, Dice dice, int size, int horizon) {
    int x = dice.between(-size / 6, size);
    int wide = dice.between(size / 12, size / 2);
    int tall = dice.between(size / 12, size * 3 / 5);
    int foot = horizon + dice.between(0, size / 10);
    brush.block(x, foot - tall, x + wide, foot, brush.colour(), dice.between(20, 160));
    if (dice.percent(50)) {
      int roof = foot - tall;
      brush.polygon(
          brush.colour(), 100, x - 3, roof, x + wide / 2, roof - wide / 3, x + wide + 3, roof);
    }
    int step = Math.max(5, dice.between(size / 30, size / 10));
    int glass = brush.colour();
    for (int wy = foot - tall + step / 2; wy + step / 2 < foot; wy += step) {
      for (int wx = x + step / 2; wx + step / 2 < x + wide; wx += step) {
        brush.block(wx, wy, wx + step / 2, wy + step * 6 / 10, glass, 60);
      }
    }
  }

  private static void pole(Brush brush, Dice dice, int size, int horizon) {
    int x = dice.below(size);
    int wide = Math.max(1, dice.between(size / 120, size / 30));
    brush.block(x, dice.below(horizon), x + wide, size - dice.below(size / 3), brush.colour(), 60);
  }

  private static void car(Brush brush, Dice dice, int size, int horizon) {
    int wide = dice.between(size / 14, size / 3);
    int x = dice.below(size);
    int foot = Math.min(size + wide / 6, horizon + wide / 2 + dice.below(size / 8));
    int colour = brush.colour();
    int tall = wide * 2 / 5;
    brush.block(x, foot - tall, x + wide, foot, colour, 60);
    int roof = foot - tall - tall / 2;
    int shoulder = foot - tall + 1;
    brush.polygon(
        colour,
        60,
        x + wide / 8,
        shoulder,
        x + wide / 4,
        roof,
        x + wide * 3 / 4,
        roof,
        x + wide * 7 / 8,
        shoulder);
    brush.block(x + wide / 4, roof + 2, x + wide * 3 / 4, shoulder - 1, 0x30363C, 60);
    int wheel = Math.max(1, wide / 9);
    brush.disc(x + wide / 5, foot, wheel, 0x18181A, 30);
    brush.disc(x + wide * 4 / 5, foot, wheel, 0x18181A, 30);
    int lamp = Math.max(1, wide / 16);
    brush.disc(x + lamp + 1, foot - tall / 2, lamp, 0xC01018, 20);
    brush.disc(x + wide - lamp - 1, foot - tall / 2, lamp, 0xC01018, 20);
  }
}
