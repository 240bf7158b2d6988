package org.fovea.host.scene;

/** What lens, sensor and coding do to the picture: haze, exposure, blur, noise, compression. */
final class Camera {
  private final Dice dice;

  Camera(Dice dice) {
    this.dice = dice;
  }

  /** Rows of red, green, blue bytes. */
  byte[] expose(Frame frame) {
    haze(frame);
    tone(frame);
    blur(frame);
    byte[] rgb = sense(frame);
    return dice.percent(50) ? BlockCoding.damaged(rgb, frame.size(), dice.between(20, 95)) : rgb;
  }

  private void haze(Frame frame) {
    if (!dice.percent(15)) {
      return;
    }
    int[] values = frame.values();
    int share = dice.between(20, 110);
    int[] air = {dice.between(2400, 3800), dice.between(2400, 3800), dice.between(2600, 3900)};
    for (int i = 0; i < values.length; i++) {
      values[i] += (air[i % 3] - values[i]) * share / 256;
    }
  }

  /** Gain and white balance per channel, then a contrast curve, then vignetting. */
  private void tone(Frame frame) {
    boolean night = dice.percent(10);
    double exposure = night ? dice.between(0.4, 0.65) : dice.between(0.65, 1.3);
    int curve = (int) dice.around(200);
    int[][] tables = new int[3][Frame.MOST + 1];
    for (int c = 0; c < 3; c++) {
      int gain = (int) (1024 * exposure * (1 + dice.around(0.14)));
      for (int v = 0; v <= Frame.MOST; v++) {
        int lit = Frame.clamp((v * gain) >> 10);
        int bow = lit * (Frame.MOST - lit) / Frame.MOST * curve / 256;
        tables[c][v] = Frame.clamp(lit + bow);
      }
    }
    int[] values = frame.values();
    for (int i = 0; i < values.length; i++) {
      values[i] = tables[i % 3][Frame.clamp(values[i])];
    }
    if (dice.percent(20)) {
      vignette(frame, dice.between(40, 160));
    }
  }

  private static void vignette(Frame frame, int depth) {
    int size = frame.size();
    int[] values = frame.values();
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        int dx = 2 * x - size;
        int dy = 2 * y - size;
        int gain = 256 - depth * (dx * dx + dy * dy) / (2 * size * size);
        for (int c = 0; c < 3; c++) {
          int at = (y * size + x) * 3 + c;
          values[at] = (values[at] * gain) >> 8;
        }
      }
    }
  }

  private void blur(Frame frame) {
    int side = dice.between(0, 85);
    int passes = dice.percent(25) ? 3 : dice.percent(40) ? 1 : 2;
    int row = frame.size() * 3;
    for (int i = 0; i < passes && side > 8; i++) {
      smooth(frame.values(), 3, row, side);
      smooth(frame.values(), row, frame.values().length, side);
    }
    if (dice.percent(15)) {
      int length = dice.between(2, Math.max(2, frame.size() / 32));
      boolean along = dice.percent(70);
      smear(frame.values(), along ? 3 : row, along ? row : frame.values().length, length);
    }
  }

  /** A pass of side, 256 - 2 side, side over values {@code step} apart within runs. */
  private static void smooth(int[] values, int step, int run, int side) {
    for (int start = 0; start < values.length; start += run) {
      for (int lane = start; lane < start + step; lane++) {
        int before = values[lane];
        for (int at = lane; at < start + run; at += step) {
          int here = values[at];
          int after = at + step < start + run ? values[at + step] : here;
          values[at] = (before * side + here * (256 - 2 * side) + after * side) >> 8;
          before = here;
        }
      }
    }
  }

  /** Motion: each value becomes the mean of {@code length} values from it on. */
  private static void smear(int[] values, int step, int run, int length) {
    for (int start = 0; start < values.length; start += run) {
      for (int lane = start; lane < start + step; lane++) {
        for (int at = lane; at < start + run; at += step) {
          int sum = 0;
          for (int i = 0; i < length; i++) {
            sum += values[Math.min(at + i * step, start + run - step + lane - start)];
          }
          values[at] = sum / length;
        }
      }
    }
  }

  /** To bytes, with noise that grows with the light. */
  private byte[] sense(Frame frame) {
    int[] values = frame.values();
    byte[] rgb = new byte[values.length];
    int read = dice.percent(70) ? dice.between(0, 40) : dice.between(40, 200);
    int shot = dice.between(0, 40);
    long bits = 0;
    for (int i = 0; i < values.length; i++) {
      bits = i % 2 == 0 ? dice.bits() : bits >>> 32;
      int bell =
          (int) ((bits & 0xFF) + (bits >>> 8 & 0xFF) + (bits >>> 16 & 0xFF) + (bits >>> 24 & 0xFF))
              - 510;
      int noise = bell * (read + shot * values[i] / Frame.MOST) / 148;
      rgb[i] = (byte) (Frame.clamp(values[i] + noise) >> 4);
    }
    return rgb;
  }
}
