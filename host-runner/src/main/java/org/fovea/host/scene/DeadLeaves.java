package org.fovea.host.scene;

/**
 * Shapes of all sizes one over the other, as many of each size as photographs have edges: the dead
 * leaves model (Lee, Mumford and Huang, "Occlusion models for natural images", 2001).
 */
record DeadLeaves() implements Backdrop {
  @Override
  public void paint(Frame frame, Dice dice) {
    int size = frame.size();
    Brush brush = new Brush(frame, dice);
    int grain = dice.between(20, 255);
    brush.block(0, 0, size, size, brush.colour(), grain);
    int count = dice.between(20, 220);
    double smallest = dice.between(0.008, 0.03) * size;
    double largest = dice.between(0.15, 0.6) * size;
    boolean few = dice.percent(35);
    int[] colours = {brush.colour(), brush.colour(), brush.colour(), brush.colour()};
    for (int i = 0; i < count; i++) {
      double share = dice.unit();
      double inverse = 1 / smallest + share * (1 / largest - 1 / smallest);
      int radius = (int) StrictMath.round(1 / inverse);
      int colour = few ? colours[dice.below(colours.length)] : brush.colour();
      leaf(brush, dice, size, Math.max(1, radius), colour, grain);
    }
  }

  private static void leaf(Brush brush, Dice dice, int size, int radius, int colour, int grain) {
    int x = dice.below(size);
    int y = dice.below(size);
    switch (dice.below(4)) {
      case 0 -> brush.disc(x, y, radius, colour, grain);
      case 1 -> {
        int long2 = radius * dice.between(1, 4);
        brush.block(x - radius, y - long2, x + radius, y + long2, colour, grain);
      }
      case 2 -> {
        int longer = radius * dice.between(1, 4);
        brush.block(x - longer, y - radius, x + longer, y + radius, colour, grain);
      }
      default -> {
        int[] points = new int[2 * dice.between(3, 6)];
        for (int i = 0; i < points.length; i += 2) {
          points[i] = x + dice.between(-2 * radius, 2 * radius);
          points[i + 1] = y + dice.between(-2 * radius, 2 * radius);
        }
        brush.polygon(colour, grain, points);
      }
    }
  }
}
