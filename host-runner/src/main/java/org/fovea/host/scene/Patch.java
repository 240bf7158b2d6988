package org.fovea.host.scene;

/**
 * A drawing as the camera sees it: the pixels that it touches within the frame, with their share of
 * cover.
 */
final class Patch {
  private final int left;
  private final int top;
  private final int width;
  private final int height;
  private final int[] colours;
  private final int[] alpha;

  private Patch(int left, int top, int width, int height) {
    this.left = left;
    this.top = top;
    this.width = Math.max(0, width);
    this.height = Math.max(0, height);
    this.colours = new int[this.width * this.height * 3];
    this.alpha = new int[this.width * this.height];
  }

  static Patch of(Art art, View view, Light light, int frameSize) {
    Bounds box = view.bounds(art.outline());
    int left = (int) Math.max(0, StrictMath.floor(box.left()));
    int top = (int) Math.max(0, StrictMath.floor(box.top()));
    int right = (int) Math.min(frameSize, StrictMath.ceil(box.right()));
    int bottom = (int) Math.min(frameSize, StrictMath.ceil(box.bottom()));
    Patch patch = new Patch(left, top, right - left, bottom - top);
    double side = Math.max(box.width(), box.height());
    int samples = side < 32 ? 4 : side < 72 ? 3 : 2;
    for (int y = 0; y < patch.height; y++) {
      for (int x = 0; x < patch.width; x++) {
        patch.pixel(art, view, light, x, y, samples);
      }
    }
    return patch;
  }

  void drawOn(Frame frame) {
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int at = y * width + x;
        if (alpha[at] > 0) {
          int c = at * 3;
          frame.mix(left + x, top + y, colours[c], colours[c + 1], colours[c + 2], alpha[at]);
        }
      }
    }
  }

  private void pixel(Art art, View view, Light light, int x, int y, int samples) {
    int step = View.STEPS / samples;
    int red = 0;
    int green = 0;
    int blue = 0;
    int hits = 0;
    for (int sy = 0; sy < samples; sy++) {
      int fy = (top + y) * View.STEPS + sy * step + step / 2;
      for (int sx = 0; sx < samples; sx++) {
        int fx = (left + x) * View.STEPS + sx * step + step / 2;
        int planeX = view.planeX(fx, fy);
        int planeY = view.planeY(fx, fy);
        int colour = art.colour(planeX, planeY);
        if (colour >= 0) {
          int r = colour >> 16;
          int g = colour >> 8 & 0xFF;
          int b = colour & 0xFF;
          int grey = (r + g + b) / 6 + 70;
          red += light.apply(r, light.red(), grey, planeX, planeY);
          green += light.apply(g, light.green(), grey, planeX, planeY);
          blue += light.apply(b, light.blue(), grey, planeX, planeY);
          hits++;
        }
      }
    }
    if (hits > 0) {
      int at = y * width + x;
      int dirt = light.dirt() == 0 ? 0 : light.grain().at(x, y) * light.dirt() / 128;
      alpha[at] = 255 * hits / (samples * samples);
      colours[at * 3] = red / hits + dirt;
      colours[at * 3 + 1] = green / hits + dirt;
      colours[at * 3 + 2] = blue / hits + dirt;
    }
  }
}
