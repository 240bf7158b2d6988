package org.fovea.cli;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** A picture drawn from integers. */
enum TestScene {
  SUN(60, 50, 34, 0xf2c14e, 0x2f6690),
  HILL(110, 110, 48, 0x4f772d, 0x90a8c3);

  private static final int WIDTH = 160;
  private static final int HEIGHT = 120;

  private final int x;
  private final int y;
  private final int radius;
  private final int front;
  private final int back;

  TestScene(int x, int y, int radius, int front, int back) {
    this.x = x;
    this.y = y;
    this.radius = radius;
    this.front = front;
    this.back = back;
  }

  /** Writes the picture as PNG. */
  Path write(Path directory) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    for (int row = 0; row < HEIGHT; row++) {
      for (int column = 0; column < WIDTH; column++) {
        image.setRGB(column, row, colour(column, row));
      }
    }
    Path file = directory.resolve(Sizes.lower(this) + ".png");
    ResultFolder.in(directory, () -> ImageIO.write(image, "png", file.toFile()));
    return file;
  }

  private int colour(int column, int row) {
    int dx = column - x;
    int dy = row - y;
    int base = dx * dx + dy * dy < radius * radius ? front : back;
    int shade = row * 60 / HEIGHT;
    return shaded(base, 16, shade) | shaded(base, 8, shade) | shaded(base, 0, shade);
  }

  private static int shaded(int rgb, int shift, int shade) {
    return Math.max(0, ((rgb >> shift) & 0xff) - shade) << shift;
  }
}
