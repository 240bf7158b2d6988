package org.fovea.host.scene;

/**
 * How light and age change a drawing's colours: gains of 256 = 1, a gradient across the plane, a
 * share of grey, dirt, and a shadow beside a line.
 */
record Light(
    int red,
    int green,
    int blue,
    int slopeX,
    int slopeY,
    int faded,
    int dirt,
    Grain grain,
    Shadow shadow) {
  /** The side of a line on the plane where {@code a x + b y > c} is darker. */
  record Shadow(int a, int b, int c, int gain) {}

  static Light of(Dice dice) {
    int gain = (int) (256 * dice.between(0.6, 1.2));
    int tint = (int) dice.around(30);
    int slope = dice.percent(60) ? 90 : 25;
    Shadow shadow =
        dice.percent(20)
            ? new Shadow(
                dice.between(-8, 8),
                dice.between(-8, 8),
                dice.between(-4000, 4000),
                dice.between(110, 200))
            : new Shadow(0, 0, 0, 256);
    return new Light(
        gain + tint,
        gain + (int) dice.around(12),
        gain - tint,
        (int) dice.around(slope),
        (int) dice.around(slope),
        dice.percent(30) ? dice.between(0, 110) : dice.between(0, 25),
        dice.percent(40) ? dice.between(0, 600) : 0,
        Grain.of(dice),
        shadow);
  }

  /** One channel of a colour (0 .. 255) at a point of the plane, as 0 .. 4095 or beyond. */
  int apply(int value, int gain, int grey, int x, int y) {
    int faded = value + (grey - value) * this.faded / 256;
    int lit = faded * Math.max(40, gain + (slopeX * x + slopeY * y) / 1000) / 16;
    if (shadow.a() * x + shadow.b() * y > shadow.c()) {
      lit = lit * shadow.gain() / 256;
    }
    return lit;
  }
}
